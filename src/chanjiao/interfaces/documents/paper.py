"""A paper to be printed, and how its lines are broken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self

_UNBROKEN = re.compile(r"[0-9A-Za-z@#&+\-./:_〔〕()%,]+")
_PIECES = re.compile(rf"{_UNBROKEN.pattern}|.", re.DOTALL)
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
class Piece:
    """A stretch of text; `url` is what it opens, if anything."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces that run on; `indented` begins two letters in, as a report's paragraphs do."""

    pieces: tuple[Piece, ...]
    is_heading: bool = False
    indented: bool = False

    @property
    def text(self) -> str:
        """All that it says."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a caption and a heading row: the first column holds words, the others figures."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A titled text of paragraphs and tables, with signatures and a foot that stands on every page."""

    title: str
    body: tuple[Paragraph | Table, ...]
    signatures: tuple[Signature, ...]
    foot: str

    @classmethod
    def of_lines(
        cls, title: str, lines: Iterable[tuple[str, bool]], signatures: tuple[Signature, ...], foot: str
    ) -> Self:
        """A paper of plain lines, each a heading or not."""
        body = tuple(Paragraph((Piece(text),), is_heading) for text, is_heading in lines)
        return cls(title, body, signatures, foot)

    @property
    def text(self) -> str:
        """Everything that is printed, for whoever looks for letters in it."""
        told = [self.title, self.foot, *(f"{one.party}{one.name}" for one in self.signatures)]
        for part in self.body:
            if isinstance(part, Table):
                told += [part.caption, *part.heads, *(cell.text for row in part.rows for cell in row)]
            else:
                told.append(part.text)
        return "".join(told)


def broken(text: str, width: float, width_of: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `width`; no line begins with a closing mark or ends with an opening one.

    >>> broken("甲方（学校）：青浦川学院", 6, len)
    ['甲方（学', '校）：青浦川', '学院']
    >>> broken("电子商务-51、会计", 7, len)
    ['电子商务', '-51、会计']
    """
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        for part in _cut(piece, width, width_of):
            if line and width_of(line + part) > width:
                kept, carried = _parted(line, part)
                lines.append(kept)
                line = carried
            line = (line + part) if line else part if not lines else part.lstrip()
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
    while place > 1 and _holds(line[place - 1], (line[place:] or following)[0]):
        place -= 1
    return (line[:place], line[place:]) if place > 1 else (line, "")


def _holds(last: str, first: str) -> bool:
    """Whether no line may end between these two: for the sake of a mark, or within a word or a number."""
    return last in _NOT_LAST or first in _NOT_FIRST or bool(_UNBROKEN.fullmatch(last + first))
