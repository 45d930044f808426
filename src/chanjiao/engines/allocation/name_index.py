"""Names found by the million: which of the students or seats each cell of a column means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chanjiao.engines.allocation.cells import Cells, Words, cells_of, words_of
from chanjiao.engines.allocation.problem import Ints

_LONGEST = 64  # bytes; among longer names each is looked up by itself
_MIX = np.uint64(0x9E3779B97F4A7C15)


class NameIndex:
    """The number of each of some unique names.

    Hashes in order, and where those with the same first bits begin: a name is a few steps from there, compared byte by
    byte in the end. Names that are long or share a hash go through a dictionary instead.
    """

    def __init__(self, names: Sequence[str]) -> None:
        cells = cells_of(names)
        longest = int(cells.lengths.max(initial=0))
        self._width = -(-min(longest, _LONGEST) // 8)
        words = words_of(cells, self._width)
        hashes = _hashes(cells, words)
        order = np.argsort(hashes)
        self._number, self._length = np.append(order, -1), np.append(cells.lengths[order], -1)
        self._words = [np.append(word[order], np.uint64(0)) for word in words]
        self._hash = np.append(hashes[order], np.uint64(2**64 - 1))
        bits = len(names).bit_length() + 1
        self._shift = np.uint64(64 - bits)
        self._first = np.searchsorted(self._hash[:-1] >> self._shift, np.arange(1 << bits, dtype=np.uint64))
        is_hashed = longest <= _LONGEST and bool((self._hash[1:] != self._hash[:-1]).all())
        self._numbers = None if is_hashed else {name: number for number, name in enumerate(names)}

    def find(self, cells: Cells) -> Ints:
        """The number of the name in each cell; -1 where no name is the same."""
        if self._numbers is not None:
            return np.array([self._numbers.get(text, -1) for text in cells.texts()], np.int64)
        words = words_of(cells, self._width)
        at = self._nearest(_hashes(cells, words))
        same = self._length[at] == cells.lengths
        for own, word in zip(self._words, words, strict=True):
            same &= own[at] == word
        return np.where(same, self._number[at], -1)

    def _nearest(self, hashes: Words) -> Ints:
        """Where each hash, or the next larger one, stands."""
        at: Ints = self._first[hashes >> self._shift]
        behind = np.flatnonzero(self._hash[at] < hashes)
        while behind.size:
            at[behind] += 1
            behind = behind[self._hash[at[behind]] < hashes[behind]]
        return at


def _hashes(cells: Cells, words: Sequence[Words]) -> Words:
    """The same number for the same text, and seldom for another."""
    mixed = cells.lengths.astype(np.uint64)
    for word in words:
        mixed = (mixed ^ word) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return mixed * _MIX
