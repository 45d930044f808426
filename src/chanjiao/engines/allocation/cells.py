"""Cells of a table as pieces of one run of bytes, so that a million need no object each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from chanjiao.engines.allocation.problem import Ints

Words = NDArray[np.uint64]
Reals = NDArray[np.float64]

PADDING = bytes(32)  # behind the last cell, so that reading on beyond a cell's end stays inside
_EXACT_DIGITS = 15  # as many stand exactly in 64 bits of floating point, so dividing them by 10, 100, … rounds once
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_MINUS, _POINT, _ZERO, _TEN = (np.uint8(code) for code in (45, 46, 48, 10))


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells of a column: cell i is `content[start[i]:end[i]]`, in UTF-8; `PADDING` stands at the content's end."""

    content: bytes
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return self.start.size

    @property
    def lengths(self) -> Ints:
        """The bytes of each cell."""
        return self.end - self.start

    def text(self, row: int) -> str:
        """One cell."""
        return self.content[self.start[row] : self.end[row]].decode()

    def texts(self) -> list[str]:
        """All cells."""
        content, bounds = self.content, zip(self.start.tolist(), self.end.tolist(), strict=True)
        return [content[start:end].decode() for start, end in bounds]

    def rows(self, chosen: Ints) -> Cells:
        """Only the chosen cells."""
        return Cells(self.content, self.start[chosen], self.end[chosen])


def cells_of(texts: Sequence[str]) -> Cells:
    """The texts as cells."""
    parts = [text.encode() for text in texts]
    length = np.fromiter(map(len, parts), np.int64, len(parts))
    end = np.cumsum(length)
    return Cells(b"".join(parts) + PADDING, end - length, end)


def trimmed(cells: Cells) -> Cells:
    """The cells without spaces and tabs at both ends."""
    codes = np.frombuffer(cells.content, np.uint8)
    start, end = cells.start.copy(), cells.end.copy()
    while (blank := (start < end) & np.isin(codes[start], (9, 32))).any():
        start += blank
    while (blank := (start < end) & np.isin(codes[end - 1], (9, 32))).any():
        end -= blank
    return Cells(cells.content, start, end)


def words_of(cells: Cells, count: int) -> list[Words]:
    """The first bytes of each cell, eight to a number, as `count` columns from left to right; 0 behind its end."""
    from_each_byte = np.ndarray((len(cells.content) - 7,), np.dtype("<u8"), cells.content, 0, (1,))
    words = []
    for offset in range(0, 8 * count, 8):
        inside = np.clip(cells.lengths - offset, 0, 8)
        words.append(from_each_byte[np.minimum(cells.start + offset, cells.end)] & _MASKS[inside])
    return words


def plain_numbers(cells: Cells, *, whole: bool) -> tuple[Reals, Ints]:
    """(values, rows not read) of cells such as 7, -7 or, unless `whole`, 57.25, of up to 15 digits; others are NaN.

    A value equals what `float` makes of the cell.
    """
    length = cells.lengths
    width = int(min(length.max(initial=0), _EXACT_DIGITS + 2))
    codes = np.frombuffer(cells.content, np.uint8)
    negative = codes[cells.start] == _MINUS
    value, digits = np.zeros(len(cells)), np.zeros(len(cells), np.int8)
    points, behind, plain = np.zeros_like(digits), np.zeros_like(digits), length <= width
    for place, code in enumerate(np.ascontiguousarray(sliding_window_view(codes, width + 1)[cells.start].T[:width])):
        inside = place < length
        is_digit, is_point = inside & (code - _ZERO < _TEN), inside & (code == _POINT)
        value = np.where(is_digit, value * 10 + (code - _ZERO), value)
        digits += is_digit
        points += is_point
        behind += is_digit & (points > 0)
        plain &= ~inside | is_digit | is_point | (negative & (place == 0))
    plain &= (points <= (0 if whole else 1)) & (digits > 0) & (digits <= _EXACT_DIGITS)
    value = np.where(negative, -value, value) / np.power(10.0, behind)
    value[~plain] = np.nan
    return value, np.flatnonzero(~plain)
