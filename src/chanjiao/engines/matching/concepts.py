"""The concepts of many texts at once: every term of the lexicon looked up in array operations.

What `Lexicon.terms_in` finds in one text is found here in thousands, and a test holds the two to each other. Stretches
of text are looked up by a hash that grows one character at a time.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.matching.letters import Ints, LaidOut
from chanjiao.engines.matching.lexicon import Lexicon, lexicon
from chanjiao.engines.matching.postings import Bags

_PRIME = np.uint64(0x100000001B3)
_START = np.uint64(0xCBF29CE484222325)
Spans = tuple[Ints, Ints, Ints]
FEW = 8  # texts that are read sooner one by one


_UNKNOWN, _BEGUN = -2, -1
"""What stands for a stretch that begins no term, and for one that begins a longer term."""


class _Table:
    """Terms and their beginnings by hash: which entry of `spread` each term stands for."""

    def __init__(self, terms: dict[str, tuple[str, ...]], entry: dict[tuple[str, ...], int]) -> None:
        begun = {term[:size]: _BEGUN for term in terms for size in range(1, len(term))}
        entries = begun | {term: entry[concepts] for term, concepts in terms.items()}
        hashes = np.array([_hashed(term) for term in entries], np.uint64)
        order = np.argsort(hashes)
        self.longest = max(map(len, terms), default=0)
        self._hashes = np.append(hashes[order], np.uint64(0xFFFFFFFFFFFFFFFF))
        self._entry = np.append(np.array(list(entries.values()), np.int64)[order], _UNKNOWN)

    @property
    def arrays(self) -> tuple[NDArray[np.uint64], Ints]:
        """Hashes, rising, and the entry of each."""
        return self._hashes, self._entry

    def find(self, hashes: NDArray[np.uint64]) -> Ints:
        """The entry of each hash, or that it begins a term, or that it does not."""
        at = np.searchsorted(self._hashes, hashes)
        return np.where(self._hashes[at] == hashes, self._entry[at], _UNKNOWN)


def _hashed(term: str) -> int:
    found = int(_START)
    for letter in term:
        found = ((found ^ ord(letter)) * int(_PRIME)) & 0xFFFFFFFFFFFFFFFF
    return found


class TermReader:
    """A lexicon laid out for reading many texts at once."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self.numbers = {concept: number for number, concept in enumerate(words.parents)}
        meanings = dict.fromkeys([*words.terms.values(), *words.endings.values(), *words.phrases.values()])
        self._entry = {concepts: number for number, concepts in enumerate(meanings)}
        spreads = [words.spread(concepts) for concepts in meanings]
        self._first = np.cumsum([0, *map(len, spreads)])
        self._concept = np.array([self.numbers[name] for spread in spreads for name in spread], np.int64)
        self._share = np.array([share for spread in spreads for share in spread.values()], np.float32)
        self._begins = np.zeros(max(map(ord, words.longest), default=0) + 2, np.bool_)
        self._begins[list(map(ord, words.longest))] = True

    @cached_property
    def _terms(self) -> _Table:
        return _Table(self._words.terms, self._entry)

    @cached_property
    def _endings(self) -> _Table:
        return _Table(self._words.endings, self._entry)

    def bags(self, laid: LaidOut) -> Bags:
        """The concepts of each text with their weights, the strongest where several terms stand for one."""
        owner, entry = self._one_by_one(laid) if len(laid.texts) <= FEW else self._together(laid)
        first, sizes = self._first[entry], self._first[entry + 1] - self._first[entry]
        owner = np.repeat(owner, sizes)
        place = np.arange(len(owner)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        return _strongest(owner, self._concept[place], self._share[place], len(laid.texts), len(self.numbers))

    @property
    def arrays(self) -> tuple[tuple[object, ...], ...]:
        """Terms, endings and what they stand for, as the compiled reader of one text takes them."""
        terms = (self._begins, self._terms.arrays, self._terms.longest)
        return terms, (self._endings.arrays, self._endings.longest), (self._first, self._concept, self._share)

    def worded(self, plain: str) -> Ints:
        """(start, end, entry) of the English terms of a normalised text that stands behind a space."""
        found = [(start + 1, end + 1, self._entry[concepts]) for start, end, concepts in self._words.worded(plain)]
        return np.array(found, np.int64).reshape(-1, 3)

    def _one_by_one(self, laid: LaidOut) -> tuple[Ints, Ints]:
        terms = [(number, term) for number, text in enumerate(laid.texts) for term in self._words.terms_of(text)]
        owner = np.array([number for number, _ in terms], np.int64)
        return owner, np.array([self._entry[term.concepts] for _, term in terms], np.int64)

    def _together(self, laid: LaidOut) -> tuple[Ints, Ints]:
        """Text and entry of the terms that lie in no longer one, in their order."""
        found = [self._inside(laid), self._at_the_end(laid), self._in_letters(laid)]
        start, end, entry = (np.concatenate(part) for part in zip(*found, strict=True))
        order = np.lexsort((-end, start))
        start, end, entry = start[order], end[order], entry[order]
        reach = np.concatenate([[-1], np.maximum.accumulate(end)[:-1]]) if len(end) else end
        kept = end > reach
        return laid.owner[start[kept]], entry[kept]

    def _inside(self, laid: LaidOut) -> Spans:
        """The longest term that begins at each place."""
        points = laid.points
        begun = np.flatnonzero(self._begins[np.minimum(points, len(self._begins) - 1)])
        hashes, entry, end = np.full(len(begun), _START), np.full(len(begun), -1), begun.copy()
        going = np.arange(len(begun))
        for length in range(1, self._terms.longest + 1):
            going = going[begun[going] + length < len(points)]
            hashes[going] = (hashes[going] ^ points[begun[going] + length - 1]) * _PRIME
            found = self._terms.find(hashes[going])
            good = (found >= 0) & _stands_alone(points, begun[going], begun[going] + length)
            entry[going[good]], end[going[good]] = found[good], begun[going[good]] + length
            going = going[found != _UNKNOWN]
        kept = entry >= 0
        return begun[kept], end[kept], entry[kept]

    def _at_the_end(self, laid: LaidOut) -> Spans:
        found: list[Spans] = [(np.zeros(0, np.int64),) * 3]
        for length in range(1, self._endings.longest + 1):
            end = laid.ends[laid.ends - laid.starts >= length]
            hashes = np.full(len(end), _START)
            for offset in range(length):
                hashes = (hashes ^ laid.points[end - length + offset]) * _PRIME
            entry = self._endings.find(hashes)
            found.append((end[entry >= 0] - length, end[entry >= 0], entry[entry >= 0]))
        start, end, entry = (np.concatenate(part) for part in zip(*found, strict=True))
        return start, end, entry

    def _in_letters(self, laid: LaidOut) -> Spans:
        found = [
            (laid.starts[number] + start, laid.starts[number] + end, self._entry[concepts])
            for number in np.unique(laid.owner[(laid.points >= ord("a")) & (laid.points <= ord("z"))]).tolist()
            for start, end, concepts in self._words.worded(laid.texts[number])
        ]
        start, end, entry = np.array(found, np.int64).reshape(-1, 3).T
        return start, end, entry


def _stands_alone(points: NDArray[np.uint32], start: Ints, end: Ints) -> NDArray[np.bool_]:
    """Whether no letter or digit of a stretch's edge continues in a neighbour; ideographs always stand alone."""
    joins = (points < 128) & (points != 32)
    continued: NDArray[np.bool_] = joins[start] & joins[start - 1] | joins[end - 1] & joins[end]
    return ~continued


def _strongest(owner: Ints, concept: Ints, share: NDArray[np.float32], texts: int, concepts: int) -> Bags:
    key = owner * concepts + concept
    order = np.lexsort((-share, key))
    key, share = key[order], share[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    starts = np.searchsorted(key[first] // concepts, np.arange(texts + 1))
    return Bags(starts.astype(np.int64), key[first] % concepts, share[first])


@lru_cache(maxsize=1)
def term_reader() -> TermReader:
    """The lexicon that ships with the engine, laid out once."""
    return TermReader(lexicon())
