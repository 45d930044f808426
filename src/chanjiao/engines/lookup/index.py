"""An index over the terms of all code systems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.lookup.normal import normal_code, normal_words, span_in
from chanjiao.engines.lookup.readings import Readings
from chanjiao.engines.lookup.shelf import Query, Shelf
from chanjiao.engines.lookup.values import Entry, Hit, Reason

LONGEST_QUERY = 60
# Slips of the hand are looked for only where what was typed, as it stands, led to nothing or to little.
SURE, UNSURE, FEW = 76.0, 55.0, 3
_QUICK = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class Index:
    """Terms that can be found; immutable, shared by threads.

    >>> spoken = {"数": ("shu",), "控": ("kong",), "空": ("kong",), "技": ("ji",), "术": ("shu",)}
    >>> readings = Readings(spoken, {})
    >>> index = Index([Entry("programme", "460103", "数控技术")], readings)
    >>> [(hit.entry.code, hit.reason.value) for hit in index.find("skjs")]
    [('460103', 'initials')]
    >>> [(hit.reason.value, hit.matched[hit.start : hit.end]) for hit in index.find("控技")]
    [('name_part', '控技')]
    >>> [hit.reason.value for hit in index.find("数空技术")]
    ['sound']
    """

    def __init__(self, entries: Iterable[Entry], readings: Readings) -> None:
        parted: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            parted[entry.system].append(entry)
        self.shelves = {system: Shelf(part, readings) for system, part in parted.items()}

    def entry(self, system: str, code: str) -> Entry | None:
        """The entry with exactly this code."""
        shelf = self.shelves.get(system)
        return shelf.by_code.get(code) if shelf else None

    def find(self, text: str, system: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """At most `limit` hits, the best first, each entry once; of one system where it is named.

        Refused with `reference.unknown_system` for a system that no entry is of; otherwise as `find_in`.
        """
        if system is not None and system not in self.shelves:
            raise ChanjiaoError("reference.unknown_system", system=system, known=", ".join(self.shelves))
        return self.find_in(self.shelves if system is None else (system,), text, limit)

    def find_in(self, systems: Iterable[str], text: str, limit: int = 10) -> tuple[Hit, ...]:
        """At most `limit` hits of several systems, the best first, each entry once; systems without entries are empty.

        Deterministic. A query without a letter, digit or character finds nothing; what stands beyond 60 characters is
        not read. Cost: a few milliseconds over 20,000 names.
        """
        query = _query(text)
        if not query.joined or limit < 1:
            return ()
        shelves = [self.shelves[system] for system in systems if system in self.shelves]
        best: dict[tuple[str, str], Hit] = {}
        for shelf in shelves:
            _keep(best, shelf.direct(query, limit))
        if max((hit.score for hit in best.values()), default=0.0) < (SURE if len(best) < FEW else UNSURE):
            for shelf in shelves:
                _keep(best, shelf.near(query, limit))
        ranked = _worth_showing(sorted(best.values(), key=_order))[:limit]
        return tuple(_with_span(hit) for hit in ranked)


def _worth_showing(hits: list[Hit]) -> list[Hit]:
    """Hits without the slips that something else explains much better."""
    if any(hit.reason is Reason.WORDS for hit in hits):
        return [hit for hit in hits if hit.reason is not Reason.TYPO]
    unsure = [hit.score for hit in hits if hit.reason in (Reason.TYPO, Reason.SOUND)]
    return [hit for hit in hits if hit.reason is not Reason.TYPO or hit.score >= unsure[0] - 8.0]


def _query(text: str) -> Query:
    text = text.strip()[:LONGEST_QUERY]
    words = normal_words(text)
    joined = "".join(words)
    return Query(text, joined, words, normal_code(text), is_latin=bool(joined) and set(joined) <= _QUICK)


def _keep(best: dict[tuple[str, str], Hit], hits: Iterable[Hit]) -> None:
    for hit in hits:
        key = (hit.entry.system, hit.entry.code)
        if key not in best or hit.score > best[key].score:
            best[key] = hit


def _order(hit: Hit) -> tuple[float, int, int, str, str]:
    return -hit.score, len(hit.matched), hit.entry.depth, hit.entry.system, hit.entry.code


def _with_span(hit: Hit) -> Hit:
    start, end = span_in(hit.matched, hit.start, hit.end) if hit.end else (0, 0)
    return replace(hit, start=start, end=end)
