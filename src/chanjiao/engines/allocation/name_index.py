"""Names found by the million: which of the students or seats each cell of a column means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.cells import Cells, are_same, cells_of, words_of
from chanjiao.engines.allocation.problem import Ints

_LONGEST = 64  # bytes; among longer names each is looked up by itself
_MIX = np.uint64(0x9E3779B97F4A7C15)


class NameIndex:
    """The number of each of some unique names.

    Hashes in order, and where those with the same first bits begin: a name is a few steps from there, compared byte by
    byte in the end. Names that are long or share a hash go through a dictionary instead.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._cells = cells_of(names)
        hashes = _hashes(self._cells)
        self._order = np.append(np.argsort(hashes, kind="stable"), -1)
        self._hashes = np.append(np.sort(hashes), np.uint64(2**64 - 1))
        bits = len(names).bit_length() + 1
        self._shift = np.uint64(64 - bits)
        self._first = np.searchsorted(self._hashes[:-1] >> self._shift, np.arange(1 << bits, dtype=np.uint64))
        longest = int((self._cells.end - self._cells.start).max(initial=0))
        is_hashed = longest <= _LONGEST and bool((self._hashes[1:] != self._hashes[:-1]).all())
        self._numbers = None if is_hashed else {name: number for number, name in enumerate(names)}

    def find(self, cells: Cells) -> Ints:
        """The number of the name in each cell; -1 where no name is the same."""
        if self._numbers is not None:
            return np.array([self._numbers.get(text, -1) for text in cells.texts()], np.int64)
        found = np.full(len(cells), -1, np.int64)
        rows = np.flatnonzero(cells.end - cells.start <= _LONGEST)
        looked_up = self._candidates(cells.rows(rows))
        known = looked_up >= 0
        rows, looked_up = rows[known], looked_up[known]
        same = are_same(cells.rows(rows), self._cells.rows(looked_up))
        found[rows[same]] = looked_up[same]
        return found

    def _candidates(self, cells: Cells) -> Ints:
        hashes = _hashes(cells)
        at = self._first[hashes >> self._shift]
        behind = np.flatnonzero(self._hashes[at] < hashes)
        while behind.size:
            at[behind] += 1
            behind = behind[self._hashes[at[behind]] < hashes[behind]]
        return np.where(self._hashes[at] == hashes, self._order[at], -1)


def _hashes(cells: Cells) -> NDArray[np.uint64]:
    """The same number for the same text, and seldom for another."""
    mixed = (cells.end - cells.start).astype(np.uint64)
    for rows, word in words_of(cells):
        value = (mixed[rows] ^ word) * _MIX
        mixed[rows] = value ^ (value >> np.uint64(29))
    return mixed * _MIX
