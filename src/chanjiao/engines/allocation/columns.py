"""CSV read by columns: millions of rows a second, with the line of every fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.cells import PADDING, Cells, cells_of, plain_numbers, trimmed
from chanjiao.engines.allocation.name_index import NameIndex
from chanjiao.engines.allocation.problem import Bools, Ints
from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.table_faults import bad_value, cell_too_long
from chanjiao.engines.words import N_

_CHUNK = 512 * 1024  # bytes; arrays of so many rows stay in a near cache
_COMMA, _NEWLINE = 44, 10
_WIDE_BLANKS = ("\u3000".encode(), "\u00a0".encode())

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file: cells by column name, and the line on which each row ends."""

    file: str
    columns: dict[str, Cells]
    lines: Ints

    def place(self, row: int) -> str:
        """`file:line` of a row."""
        return f"{self.file}:{self.lines[row]}"

    def texts(self, column: str) -> list[str]:
        """The cells of a column."""
        return self.columns[column].texts()

    def text(self, column: str, row: int) -> str:
        """One cell; empty where the file has no such column."""
        return self.columns[column].text(row) if column in self.columns else ""

    def __len__(self) -> int:
        return self.lines.size


def read_chunks(path: Path, required: Sequence[str]) -> Iterator[Chunk]:
    """The rows of a CSV file with a header, in order; at least one (perhaps empty) chunk.

    Raises `file.*`, `table.missing_column`, and `table.wrong_width` where a row has more or fewer cells.
    """
    content = _content(path)
    header_end = content.find(b"\n") + 1 or len(content)
    header = [name.strip() for name in next(csv.reader([_text(content[:header_end], path, 1)]), [])]
    _check_header(path.name, header, required)
    if _is_tricky(content):
        yield _careful(content, path, header)
        return
    line, at = 2, header_end
    while at < len(content) or line == 2:
        end = _line_end(content, at + _CHUNK)
        chunk = _fast(content[at:end], path, header, line)
        yield chunk
        line, at = line + max(len(chunk), 1), end


def _is_tricky(content: bytes) -> bool:
    """Whether there are quotes, empty lines or wide blanks."""
    wide = not content.isascii() and any(blank in content for blank in _WIDE_BLANKS)
    return wide or b'"' in content or b"\n\n" in content


def _check_header(file: str, header: list[str], required: Sequence[str]) -> None:
    for name in required:
        if name not in header:
            raise ChanjiaoError("table.missing_column", place=file, column=name, found=", ".join(header) or "-")
    for name in header:
        if name and header.count(name) > 1:
            raise ChanjiaoError("table.duplicate", place=f"{file}:1", value=f"column {name}", first=f"{file}:1")


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ChanjiaoError("file.missing", path=str(path)) from None
    except OSError as error:
        reason = N_("it is a folder") if path.is_dir() else error.strerror or str(error)
        raise ChanjiaoError("file.unreadable", path=str(path), reason=reason) from None
    if not content.strip():
        raise ChanjiaoError("file.empty", path=str(path))
    content = content.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content.rstrip(b"\n") + b"\n"


def _text(content: bytes, path: Path, line: int) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        place = f"{path.name}:{line + content.count(10, 0, error.start)}"
        raise ChanjiaoError("file.not_text", place=place, reason=N_("not UTF-8")) from None


def _line_end(content: bytes, near: int) -> int:
    if near >= len(content):
        return len(content)
    return content.index(b"\n", near) + 1


def _fast(content: bytes, path: Path, header: list[str], line: int) -> Chunk:
    width = len(header)
    codes = np.frombuffer(content, np.uint8)
    stops = np.flatnonzero((codes == _COMMA) | (codes == _NEWLINE))
    if not _even(codes[stops], width):
        raise _wrong_width(codes[stops], path, width, line)
    if not content.isascii():
        _text(content, path, line)
    padded = content + PADDING
    starts = np.concatenate([[0], stops + 1])[:-1].reshape(-1, width).T
    ends = stops.reshape(-1, width).T
    columns = {name: Cells(padded, starts[at], ends[at]) for at, name in enumerate(header)}
    if b" " in content or b"\t" in content:
        columns = {name: trimmed(cells) for name, cells in columns.items()}
    return Chunk(path.name, columns, np.arange(line, line + ends.shape[1]))


def _even(stops: NDArray[np.uint8], width: int) -> bool:
    """True when every line has width - 1 commas."""
    if stops.size % width:
        return False
    rows = stops.reshape(-1, width)
    return bool((rows[:, :-1] == _COMMA).all() and (rows[:, -1] == _NEWLINE).all())


def _wrong_width(stops: NDArray[np.uint8], path: Path, width: int, line: int) -> ChanjiaoError:
    ends = np.flatnonzero(stops == _NEWLINE)
    cells = np.diff(ends, prepend=-1)
    row = int(np.flatnonzero(cells != width)[0])
    return ChanjiaoError("table.wrong_width", place=f"{path.name}:{line + row}", cells=int(cells[row]), expected=width)


def _careful(content: bytes, path: Path, header: list[str]) -> Chunk:
    reader = csv.reader(io.StringIO(_text(content, path, 1), newline=""))
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        next(reader)
        for row in reader:
            if row in ([], [""]):
                continue
            if len(row) != len(header):
                place = f"{path.name}:{reader.line_num}"
                raise ChanjiaoError("table.wrong_width", place=place, cells=len(row), expected=len(header))
            rows.append([cell.strip() for cell in row])
            lines.append(reader.line_num)
    except csv.Error:
        raise cell_too_long(f"{path.name}:{reader.line_num}") from None
    columns = {name: cells_of([row[at] for row in rows]) for at, name in enumerate(header)}
    return Chunk(path.name, columns, np.array(lines, np.int64))


def whole_numbers(chunk: Chunk, column: str, low: int, high: int, *, empty: str = "") -> Ints:
    """The column as whole numbers within low … high; `table.bad_value` at the first that is not.

    An empty cell, or a column that is not there, counts as `empty`.
    """
    if column not in chunk.columns:
        return np.full(len(chunk), int(empty), np.int64)
    values = _values(chunk.columns[column], lambda text: int(text or empty), whole=True)
    bad = ~((values >= low) & (values <= high))
    _refuse(chunk, column, bad, N_("a whole number from {low} to {high}"), low=low, high=high)
    return values.astype(np.int64)


def finite_numbers(chunk: Chunk, column: str, digits: int) -> Reals:
    """The column as numbers below 10^digits, either way from 0; `table.bad_value` at the first that is not."""
    values = _values(chunk.columns[column], float, whole=False)
    expected = N_("a finite number with at most {digits} digits before the point")
    _refuse(chunk, column, ~(np.abs(values) < 10.0**digits), expected, digits=digits)
    return values


def _values(cells: Cells, read: Callable[[str], float], *, whole: bool) -> Reals:
    """The cells as numbers, NaN where `read` finds none."""
    values, rest = plain_numbers(cells, whole=whole)
    values[rest] = [_read(text, read) for text in cells.rows(rest).texts()]
    return values


def _read(text: str, read: Callable[[str], float]) -> float:
    try:
        return np.nan if "_" in text else float(read(text))
    except (ValueError, OverflowError):
        return np.nan


def _refuse(chunk: Chunk, column: str, bad: Bools, expected: str, **bounds: int) -> None:
    for row in np.flatnonzero(bad)[:1].tolist():
        raise bad_value(chunk.place(row), column, chunk.text(column, row), expected, **bounds)


def references(chunk: Chunk, column: str, index: NameIndex, where: str) -> Ints:
    """The number of each name of the column; `table.unknown_reference` at the first that `index` lacks."""
    found = index.find(chunk.columns[column])
    for row in np.flatnonzero(found < 0)[:1].tolist():
        value = chunk.text(column, row)
        raise ChanjiaoError("table.unknown_reference", place=chunk.place(row), what=column, value=value, where=where)
    return found


def unique_names(chunks: Sequence[Chunk], column: str) -> list[str]:
    """Every name of the column; `table.duplicate` or, for an empty one, `table.bad_value` at the first fault."""
    names = [name for chunk in chunks for name in chunk.texts(column)]
    seen = dict.fromkeys(names)
    if len(seen) < len(names) or "" in seen:
        raise _first_fault(chunks, column)
    return names


def _first_fault(chunks: Sequence[Chunk], column: str) -> ChanjiaoError:
    seen: dict[str, str] = {}
    for chunk in chunks:
        for row, name in enumerate(chunk.texts(column)):
            place = chunk.place(row)
            if not name:
                return bad_value(place, column, "", N_("a name"))
            if name in seen:
                return ChanjiaoError("table.duplicate", place=place, value=f"{column} {name}", first=seen[name])
            seen[name] = place
    raise AssertionError("no fault")
