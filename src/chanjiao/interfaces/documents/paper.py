"""A paper to be printed, and how its lines are broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_PIECES = re.compile(r"[0-9A-Za-z@#&+\-./:_〔〕()%,]+|.", re.DOTALL)
"""What is never broken in the middle: a word, a number or a code of Latin letters; else a single character."""
_NOT_FIRST = frozenset("，。、；：？！）》」』】〉”’…—·%℃,.;:?!)]}")
_NOT_LAST = frozenset("（《「『【〈“‘([{￥¥№")


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of the signatures: for which party, who, and when, empty until signed."""

    party: str
    name: str
    signed: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A titled text whose lines are headings or not, with signatures and a foot that stands on every page."""

    title: str
    lines: tuple[tuple[str, bool], ...]
    signatures: tuple[Signature, ...]
    foot: str


def broken(text: str, width: float, width_of: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `width`; no line begins with a closing mark or ends with an opening one.

    >>> broken("甲方（学校）：青浦川学院", 6, len)
    ['甲方（学', '校）：青浦川', '学院']
    """
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        for part in _cut(piece, width, width_of):
            if line and width_of(line + part) > width:
                kept, carried = _parted(line, part)
                lines.append(kept)
                line = carried
            line = (line + part) if line else part.lstrip()
    return [*lines, line] if line or not lines else lines


def _cut(piece: str, width: float, width_of: Callable[[str], float]) -> list[str]:
    """A piece wider than a line, cut where it must be."""
    if len(piece) == 1 or width_of(piece) <= width:
        return [piece]
    parts, part = [], ""
    for char in piece:
        if part and width_of(part + char) > width:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]


def _parted(line: str, following: str) -> tuple[str, str]:
    """The line, and what of its end goes over to the next for the sake of the marks."""
    place = len(line)
    while place > 1 and (line[place - 1] in _NOT_LAST or (line[place:] or following)[0] in _NOT_FIRST):
        place -= 1
    return (line[:place], line[place:]) if place > 1 else (line, "")
