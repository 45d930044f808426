"""A source text cut at the places of facts, so that a fact and its words light each other up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands at places of the text; `kind` gives its colour."""

    id: str
    spans: tuple[Span, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source; `facts` are the ids of the marks that stand there, `kind` that of the narrowest."""

    text: str
    facts: str
    kind: str
    anchor: str


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The text cut wherever a mark begins or ends, each piece with the marks that hold it; nothing is lost."""
    listed = list(marks)
    cuts = {0, len(text)}
    for mark in listed:
        for start, end in mark.spans:
            cuts |= {min(start, len(text)), min(end, len(text))}
    places = sorted(cuts)
    seen: set[str] = set()
    found = []
    for start, end in pairwise(places):
        here = sorted((mark for mark in listed if _holds(mark, start, end)), key=lambda mark: _width(mark, start))
        new = [mark.id for mark in here if mark.id not in seen]
        seen.update(new)
        kind = here[0].kind if here else ""
        anchor = f"span-{new[0]}" if new else ""
        found.append(Piece(text[start:end], " ".join(mark.id for mark in here), kind, anchor))
    return found


def _holds(mark: Mark, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in mark.spans)


def _width(mark: Mark, place: int) -> int:
    return min(last - first for first, last in mark.spans if first <= place < last)
