"""Layouts of files: which headings stand for what, and which row of a sheet is the heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.sheets import Cells, NumberedRow, Sheet, unguarded
from chanjiao.core.words import translate

HEADING_WITHIN = 20
"""Forms begin with a title and a note, so the heading is looked for in so many rows."""
NOT_READ = ("行号", "错误", "row", "error")
"""Headings that we put beside rejected rows; mended files bring them back."""

Record = Mapping[str, str]
"""Cells by the name of their column; columns that the file lacks are absent."""


Row = tuple[int, Record, Cells]
"""The number of a row, its record, and its cells as they came."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name by which code knows it, its heading in English (a message id), and other headings.

    `heading` is written in Chinese or English by the reader's language and understood in both; `chinese` tells it
    where it is a word of data and stands in no catalogue.
    """

    name: str
    heading: str
    also: tuple[str, ...] = ()
    required: bool = False
    chinese: str = ""

    def told(self, language: str) -> str:
        """The heading in a language."""
        return self.chinese if self.chinese and language != "en" else translate(self.heading, language)


@dataclass(frozen=True, slots=True)
class Layout:
    """A form of file: our own columns, or those of a form of the national data standard.

    `into` turns its record into that of our own columns; `out_of` does the reverse for export. `is_written` is
    false of a form from which we only read.
    """

    key: str
    label: str
    columns: tuple[Column, ...]
    into: Callable[[Record], Record] = lambda record: record
    out_of: Callable[[Record], Record] = lambda record: record
    is_written: bool = True

    def headings(self, language: str) -> list[str]:
        """The headings in a language, in their order."""
        return [column.told(language) for column in self.columns]

    def places(self, cells: Sequence[str]) -> dict[str, int]:
        """Where each column of the layout stands in a row that may be the heading."""
        names, places = _names_of(self.columns), dict[str, int]()
        for place, cell in enumerate(cells):
            name = names.get(heading_key(cell))
            if name is not None:
                places.setdefault(name, place)
        return places


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose heading was found: rows below it as records, with their cells as they came."""

    layout: Layout
    sheet: str
    heading: tuple[str, ...]
    unread: tuple[str, ...]
    heading_row: int
    places: Mapping[str, int]
    sheet_rows: Callable[[], Iterator[NumberedRow]]

    def rows(self) -> Iterator[Row]:
        """Every row below the heading."""
        for number, cells in self.sheet_rows():
            if number > self.heading_row:
                yield number, self._record(cells), cells

    def _record(self, cells: Cells) -> Record:
        return {name: unguarded(cells[place]) for name, place in self.places.items() if place < len(cells)}


@cache
def _names_of(columns: tuple[Column, ...]) -> dict[str, str]:
    """The name of the column by the key of each heading that stands for it."""
    names: dict[str, str] = {}
    for column in columns:
        for heading in (column.heading, column.told("zh-hans"), column.name, *column.also):
            names.setdefault(heading_key(heading), column.name)
    return names


def heading_key(text: str) -> str:
    """What is compared of a heading: letters and figures, without notes in brackets, stars and blanks.

    >>> heading_key("*需求专业代码（必填）"), heading_key("Pay from (yuan)")
    ('需求专业代码', 'payfrom')
    """
    text = re.sub(r"[(\[【].*?[)\]】]", "", unicodedata.normalize("NFKC", text))
    return "".join(char for char in text.casefold() if char.isalnum())


def table_of(sheets: Sequence[Sheet], layouts: Sequence[Layout], wanted: str = "") -> Table:
    """The sheet and layout in whose heading most columns are known; `wanted` names the only sheet to look at.

    `import.no_heading` where no sheet has a heading with every required column of some layout: it names what the best
    candidate lacks. A file of several sheets is read from the one that fits; others are left alone.
    """
    kept = [sheet for sheet in sheets if not wanted or sheet.name == wanted]
    if not kept:
        raise ChanjiaoError("import.no_sheet", sheet=wanted, sheets="、".join(sheet.name for sheet in sheets))
    found = [one for sheet in kept for one in _candidates(sheet, layouts)]
    if not found:
        raise ChanjiaoError("import.no_heading", expected="、".join(layouts[0].headings("zh-hans")[:8]))
    best = max(found, key=lambda one: (not _missing(one), len(one.places)))
    if missing := _missing(best):
        raise ChanjiaoError("import.missing_columns", columns="、".join(missing), found="、".join(best.heading[:12]))
    return best


def _candidates(sheet: Sheet, layouts: Sequence[Layout]) -> Iterator[Table]:
    head = list(islice(sheet.rows(), HEADING_WITHIN))
    for layout, (number, cells) in product(layouts, head):
        places = layout.places(cells)
        if len(places) < min(2, len(layout.columns)):
            continue
        known = set(places.values())
        unread = tuple(
            cell
            for place, cell in enumerate(cells)
            if cell and place not in known and heading_key(cell) not in map(heading_key, NOT_READ)
        )
        yield Table(layout, sheet.name, cells, unread, number, places, sheet.rows)


def _missing(table: Table) -> list[str]:
    lacking = [column for column in table.layout.columns if column.required and column.name not in table.places]
    return [column.told("zh-hans") for column in lacking]
