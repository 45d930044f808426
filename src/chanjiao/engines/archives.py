"""What a packed workbook would take in memory, told before a reader unpacks it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

_PIECE = 1 << 20
_FILLED = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')


def widest_grid(archive: zipfile.ZipFile) -> int:
    """The cells of the largest grid that a sheet of the workbook spans, the empty ones between filled ones counted.

    Readers of workbooks hold the whole grid: two cells in opposite corners of a file of five kilobytes span
    seventeen thousand million, and end the process.
    """
    sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml"))
    return max((_grid(archive, name) for name in sheets), default=0)


def _grid(archive: zipfile.ZipFile, name: str) -> int:
    rows, columns = set[int](), set[int]()
    for found in _places(archive, name):
        rows.update(int(row) for _, row in found)
        columns.update(_number(letters) for letters in {letters for letters, _ in found})
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def _places(archive: zipfile.ZipFile, name: str) -> Iterator[set[tuple[bytes, bytes]]]:
    """The column and row of each filled cell, piece by piece; the end of a piece is read again with the next."""
    with archive.open(name) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            yield set(_FILLED.findall(tail + piece))
            tail = piece[-256:]


def _number(letters: bytes) -> int:
    """The number of a column.

    >>> _number(b"A"), _number(b"AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
