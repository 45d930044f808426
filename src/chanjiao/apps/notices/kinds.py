"""What can be told: every kind of notice with its words, registered by the app whose affair it is.

An app keeps its kinds in a module `notices.py` of its own, which is imported at the start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from chanjiao.core.words import translate


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice: its sentence in English (`str.format` over the parameters) and the word on its button.

    `urgent` kinds wait for somebody: they go to group bots as well, and a notice of a deadline is always one.
    """

    code: str
    words: str
    button: str
    urgent: bool


KINDS: dict[str, NoticeKind] = {}


def notice_kind(code: str, words: str, *, button: str, urgent: bool = False) -> str:
    """`code`, registered; raises `ValueError` where another kind has it already."""
    if code in KINDS and KINDS[code].words != words:
        raise ValueError(code)
    KINDS[code] = NoticeKind(code, words, button, urgent)
    return code


def sentence(kind: str, params: Mapping[str, object], language: str) -> str:
    """The notice in the reader's language; a parameter that an older notice lacks reads as a dash."""
    return translate(KINDS[kind].words, language).format_map(defaultdict(lambda: "–", params))
