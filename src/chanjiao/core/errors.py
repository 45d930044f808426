"""Errors as every interface shows them: one code, one kind, words in the reader's language."""

from __future__ import annotations

from chanjiao.core.error_words import ERROR_WORDS
from chanjiao.core.error_words.kinds import Kind
from chanjiao.core.words import filled, translate
from chanjiao.engines.errors import ChanjiaoError

__all__ = ["ChanjiaoError", "Kind", "Rejected", "kind_of", "words_of"]


class Rejected(ChanjiaoError):
    """Several refusals at once, such as every wrong field of a form."""

    def __init__(self, errors: list[ChanjiaoError]) -> None:
        super().__init__(errors[0].code, field=errors[0].field, place=errors[0].place, **errors[0].params)
        self.errors = errors


def kind_of(error: ChanjiaoError) -> Kind:
    """The kind of an error's code."""
    return ERROR_WORDS[error.code][0]


def words_of(error: ChanjiaoError, language: str) -> str:
    """The sentence a reader of `language` sees, with the place in front where there is one."""
    params = dict(error.params)
    if isinstance(reason := params.get("reason"), str):
        params["reason"] = translate(reason, language)
    if error.code == "table.bad_value":  # what was expected is a part of a sentence with figures of its own
        params["expected"] = filled(translate(str(params["expected"]), language), params)
    sentence = filled(translate(ERROR_WORDS[error.code][1], language), params)
    return f"{error.place}: {sentence}" if error.place else sentence
