"""The one error family. Words live in `chanjiao.core.error_words`, so that engines stay free of languages."""

from __future__ import annotations


class ChanjiaoError(Exception):
    """A refusal with a stable code, the field or place it concerns, and parameters for its words.

    >>> error = ChanjiaoError("table.unknown_reference", place="choices.csv:17", value="9")
    >>> error.code, error.place, error.params["value"]
    ('table.unknown_reference', 'choices.csv:17', '9')
    """

    def __init__(self, code: str, *, field: str = "", place: str = "", **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.field = field
        self.place = place
        self.params = params

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.params}" if self.place else f"{self.code} {self.params}"
