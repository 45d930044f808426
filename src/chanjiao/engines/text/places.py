"""Regions in a text by their names, full or short, found through their first two characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from chanjiao.engines.text.lexicon import region_names


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A region's name at `[first, last)` of a text."""

    name: str
    first: int

    def start(self) -> int:
        """Where it begins."""
        return self.first

    def end(self) -> int:
        """Where it ends."""
        return self.first + len(self.name)


class PlaceFinder:
    """Finds the longest of its names at, or from, a place."""

    __slots__ = ("_names",)

    def __init__(self, names: Iterable[str]) -> None:
        found: dict[str, list[str]] = {}
        for name in names:
            found.setdefault(name[:2], []).append(name)
        self._names = {start: tuple(sorted(ends, key=len, reverse=True)) for start, ends in found.items()}

    def extended(self, names: Iterable[str]) -> PlaceFinder:
        """A finder that knows further names."""
        more = PlaceFinder(names)
        for start, ends in more._names.items():
            both = {*ends, *self._names.get(start, ())}
            more._names[start] = tuple(sorted(both, key=len, reverse=True))
        more._names = self._names | more._names
        return more

    def match(self, text: str, start: int = 0, end: int | None = None) -> PlaceMatch | None:
        """The name that begins exactly at the start."""
        for name in self._names.get(text[start : start + 2], ()):
            if text.startswith(name, start) and (end is None or start + len(name) <= end):
                return PlaceMatch(name, start)
        return None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[PlaceMatch]:
        """Every name from the start on, none overlapping another."""
        stop = len(text) if end is None else min(end, len(text))
        place, names = start, self._names
        for at in range(start, stop - 1):
            if at < place or text[at : at + 2] not in names:
                continue
            if (match := self.match(text, at, stop)) is not None:
                yield match
                place = match.end()

    def search(self, text: str, start: int = 0, end: int | None = None) -> PlaceMatch | None:
        """The first name from the start on."""
        return next(self.finditer(text, start, end), None)


@cache
def regions() -> PlaceFinder:
    """The regions of the national table."""
    return PlaceFinder(region_names())
