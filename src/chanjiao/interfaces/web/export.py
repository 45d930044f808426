"""Lists as files: exactly the rows and columns that the page shows, as CSV or XLSX."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from chanjiao.core import sheets
from chanjiao.core.errors import ChanjiaoError

Row = TypeVar("Row")
Cell = str | int | float | Decimal | bool | date | datetime | None

FORMATS = ("csv", "xlsx")
MOST_ROWS = 1_048_575  # rows of a worksheet besides the header
_CSV_TYPE = "text/csv; charset=utf-8"
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)  # without slots: Python 3.11 cannot call Column[Row](…) on a frozen, slotted class
class Column(Generic[Row]):
    """One column: its heading, what it shows of a row, and its width in characters."""

    label: object
    value: Callable[[Row], Any]
    width: int = 16


def exported(
    request: HttpRequest, rows: Iterable[Row], columns: Sequence[Column[Row]], name: str
) -> HttpResponseBase | None:
    """The file that `?format=csv|xlsx` asks for, called `name` and the date; None where a page is wanted.

    Rows are read once and never held together. Refused with `option.unknown` for another format.
    """
    wanted = request.GET.get("format", "")
    if not wanted:
        return None
    if wanted not in FORMATS:
        raise ChanjiaoError("option.unknown", name="format", value=wanted, expected=", ".join(FORMATS))
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{wanted}"
    return (_csv if wanted == "csv" else _xlsx)(rows, columns, filename)


def guarded(cell: Cell) -> Cell:
    """The cell, with a leading apostrophe where a spreadsheet would read its text as a formula.

    >>> guarded("=1+1"), guarded("焊工"), guarded(-3)
    ("'=1+1", '焊工', -3)
    """
    return sheets.guarded(cell) if isinstance(cell, str) else cell


def plain(value: object) -> Cell:
    """The value as a cell can hold it: words translated, times local and without zone."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return str(value)


class _Line:
    """A file whose only line is the one just written."""

    def write(self, line: str) -> str:
        return line


def _csv(rows: Iterable[Row], columns: Sequence[Column[Row]], filename: str) -> HttpResponseBase:
    writer = csv.writer(_Line())
    heading = writer.writerow([guarded(str(column.label)) for column in columns])
    language = get_language()  # the lines are written after the request's language has been put away

    def lines() -> Iterator[str]:
        yield "\ufeff" + heading
        for row in rows:
            with override(language):
                cells = [_written(guarded(plain(column.value(row)))) for column in columns]
            yield writer.writerow(cells)

    return StreamingHttpResponse(
        lines(), content_type=_CSV_TYPE, headers={"Content-Disposition": content_disposition_header(True, filename)}
    )


def _written(cell: Cell) -> object:
    return cell.isoformat(sep=" ", timespec="minutes") if isinstance(cell, datetime) else cell


def _xlsx(rows: Iterable[Row], columns: Sequence[Column[Row]], filename: str) -> HttpResponseBase:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        heading = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, str(guarded(str(column.label))), heading)
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise ChanjiaoError("export.too_long", limit=MOST_ROWS)
            for place, column in enumerate(columns):
                _write(sheet, number, place, guarded(plain(column.value(row))), moment)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename, content_type=_XLSX_TYPE)


def _write(sheet: Worksheet, number: int, place: int, cell: Cell, moment: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(number, place, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(number, place, cell, moment)
    elif isinstance(cell, date):
        sheet.write_datetime(number, place, cell)
    elif cell is not None:
        sheet.write_number(number, place, cell)
