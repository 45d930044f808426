"""Tables as people send them: CSV and xlsx read as numbered rows of text, and rows written as either."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from itertools import islice
from typing import IO, Any

from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.archives import widest_grid
from chanjiao.engines.table_faults import cell_too_long

LIMIT = 64 * 1024 * 1024
UNPACKED_LIMIT = 512 * 1024 * 1024
MOST_SHEETS = 60
MOST_CELLS = 20_000_000
"""So many cells may lie between the outermost filled ones of a sheet: the reader holds them all."""
BLANK_ROWS = 200
"""So many blank rows in a row end a sheet: formatting that runs to its last row is no data."""
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cells = tuple[str, ...]
NumberedRow = tuple[int, Cells]
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file: its name (empty for CSV), and a function that reads its rows from the first on, from 1.

    Blank rows are left out. A merged cell stands in every row and column that it covers.
    """

    name: str
    rows: Callable[[], Iterator[NumberedRow]]


def sheets_of(content: bytes, *, limit: int = LIMIT) -> list[Sheet]:
    """The tables of an xlsx or CSV file (UTF-8, GB18030, UTF-16; comma, semicolon or tab), read as rows are asked for.

    `file.too_large`, `text.not_text` and `text.empty` as for documents; `sheet.broken` for an unreadable workbook.
    Values of formulas are those last calculated. Whole numbers lose their .0, days read 2026-03-05.
    """
    if len(content) > limit:
        raise ChanjiaoError("file.too_large", size=len(content), limit=limit)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _of_workbook(content)
    from chanjiao.engines.text import decode  # compiles its lexicons: only for who reads a sheet

    text = decode(content, limit=limit)
    return [Sheet("", lambda: _of_csv(text))]


def _of_csv(text: str) -> Iterator[NumberedRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, tuple(cell.strip() for cell in cells)
    except csv.Error:
        raise cell_too_long(str(reader.line_num)) from None


def _delimiter(text: str) -> str:
    head = "\n".join(islice(text.splitlines(), 5))
    return max(",\t;", key=head.count)


def _of_workbook(content: bytes) -> list[Sheet]:
    import python_calamine as calamine

    refuse_bombs(content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(book.sheet_names)[:MOST_SHEETS]
    except Exception as fault:
        # The reader raises whatever its parser met; to the sender it is one thing.
        raise ChanjiaoError("sheet.broken", reason=type(fault).__name__) from None
    parsed = lru_cache(maxsize=1)(book.get_sheet_by_name)
    return [Sheet(name, partial(_of_sheet, parsed, name)) for name in names]


def refuse_bombs(content: bytes) -> None:
    """Raise where a workbook would take more memory than is lent to it; `sheet.broken` for a broken archive."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > UNPACKED_LIMIT:
                raise ChanjiaoError("file.too_large", size=size, limit=UNPACKED_LIMIT)
            cells = widest_grid(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise ChanjiaoError("sheet.broken", reason="ZIP") from None
    if cells > MOST_CELLS:
        raise ChanjiaoError("sheet.too_wide", cells=cells, limit=MOST_CELLS)


def _of_sheet(parsed: Callable[[str], Any], name: str) -> Iterator[NumberedRow]:
    try:
        sheet = parsed(name)
        rows = sheet.iter_rows()
        merged = _covered(sheet.merged_cell_ranges or [])
    except Exception as fault:
        raise ChanjiaoError("sheet.broken", reason=type(fault).__name__) from None
    blank, margin = 0, [""] * (sheet.start or (0, 0))[1]
    held: dict[tuple[int, int], str] = {}
    for place, values in enumerate(rows):
        cells = margin + [_shown(value) for value in values]
        if merged:
            _spread(merged, held, place, cells)
        if any(cells):
            blank = 0
            yield place + 1, tuple(cells)
        elif (blank := blank + 1) >= BLANK_ROWS:
            return


def _covered(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> dict[int, list[Range]]:
    """By row: the merged ranges (top, left, bottom, right) that cover it, at most 10,000 rows of each."""
    rows: dict[int, list[Range]] = {}
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom, top + 10_000) + 1):
            rows.setdefault(row, []).append((top, left, bottom, right))
    return rows


def _spread(merged: dict[int, list[Range]], held: dict[tuple[int, int], str], row: int, cells: list[str]) -> None:
    for top, left, _bottom, right in merged.get(row, ()):
        if row == top and left < len(cells):
            held[top, left] = cells[left]
        for column in range(left, min(right + 1, len(cells))):
            cells[column] = held.get((top, left), cells[column])


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value).strip()


def guarded(cell: str) -> str:
    """The cell, with a leading apostrophe where a spreadsheet would read its text as a formula.

    >>> guarded("=1+1"), guarded("焊工")
    ("'=1+1", '焊工')
    """
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`, so that a file of ours reads back as it was written.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_STARTS_FORMULA) else cell


def write_xlsx(target: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """How many rows of text were written below the heading; memory does not grow with them."""
    import xlsxwriter

    count = 0
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(heading) - 1), 18)
        for place, cell in enumerate(heading):
            sheet.write_string(0, place, guarded(cell), bold)
        for count, cells in enumerate(rows, start=1):
            for place, cell in enumerate(cells):
                if cell:
                    sheet.write_string(count, place, guarded(cell))
    return count


def write_csv(target: IO[str], heading: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """The same as CSV; the stream should begin with a byte order mark where a spreadsheet will open it."""
    writer = csv.writer(target)
    writer.writerow([guarded(cell) for cell in heading])
    count = 0
    for cells in rows:
        writer.writerow([guarded(cell) for cell in cells])
        count += 1
    return count
