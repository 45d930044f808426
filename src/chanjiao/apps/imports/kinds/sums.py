"""Forms of one row a person or a thing, read as sums of a programme in a year."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chanjiao.apps.imports.kinds.base import ReadRow
from chanjiao.apps.imports.layouts import Record, Row
from chanjiao.apps.imports.parsing import list_of
from chanjiao.core.errors import ChanjiaoError

YES = ("是", "对口", "双师型", "1")
NO = ("否", "不对口", "非双师型", "0")
ProgrammeYear = Callable[[Record], Hashable]
"""What tells the programme and the year of a row, however they are written."""


@dataclass(frozen=True, slots=True)
class Sums:
    """How the rows of a form add up: `figures` of a row, by the name of a column of ours.

    `once` names the column that tells rows apart. A row that `is_shared` may name several programmes: it counts for
    the first, and the others know that they have none of it.
    """

    source: str
    figures: Callable[[Record], Mapping[str, int]]
    once: str = ""
    is_shared: bool = False

    def of(self, rows: Iterable[Row], told_of: ProgrammeYear) -> Iterator[Row | ReadRow]:
        """A row of sums for each programme and year, at the place of one that names it, among the rows refused.

        Sums that would lack a row are refused with it, and no cells are kept: a file is mended and sent whole, or its
        sums would be those of a part, and nothing stays of anybody.
        """
        sums: dict[Hashable, _Sum] = {}
        made: dict[int, Row | ReadRow] = {}
        met: set[Hashable] = set()
        for number, record, _cells in rows:
            of = [sums.setdefault(told_of(one), _Sum(one)) for one in self._programmes(record)]
            try:
                self._meet(record, met)
                _add(number, of, self.figures(record))
            except ChanjiaoError as fault:
                made[number] = ReadRow(number, (), None, fault)
                for one in of:
                    one.unread += 1
        for one in sums.values():
            free = next((row for row in one.rows if row not in made), None)
            if free is not None:
                made[free] = one.told(free, self.source)
        return (made[number] for number in sorted(made))

    def _programmes(self, record: Record) -> list[Record]:
        """The row once for each programme that it names."""
        codes = dict.fromkeys(list_of(record.get("code", ""))) if self.is_shared else ()
        return [{**record, "code": code} for code in codes] or [record]

    def _meet(self, record: Record, met: set[Hashable]) -> None:
        if number := record.get(self.once, ""):
            one = record.get("college", ""), record.get("year", ""), number
            if one in met:
                raise ChanjiaoError("import.twice_in_file", field=self.once)
            met.add(one)


@dataclass(slots=True)
class _Sum:
    """A sum under way, and the rows that count for it; `record` is the first of them."""

    record: Record
    figures: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    unread: int = 0
    shared: int = 0

    def told(self, number: int, source: str) -> Row | ReadRow:
        if self.unread:
            return ReadRow(number, (), None, ChanjiaoError("import.rows_unread", count=self.unread))
        if self.shared:
            source += f"（{self.shared}个与其他专业共用，计在首列专业）"
        figures = {name: str(count) for name, count in self.figures.items()}
        return number, {**self.record, **figures, "source": source}, ()


def _add(number: int, of: list[_Sum], figures: Mapping[str, int]) -> None:
    """The figures of a row are added to the first sum; the others know of them."""
    for place, one in enumerate(of):
        one.rows.append(number)
        one.shared += len(of) > 1
        for name, count in figures.items():
            one.figures[name] = one.figures.get(name, 0) + (0 if place else count)


def is_yes(cell: str, column: str) -> bool | None:
    """Whether a cell says yes; None where it is empty.

    >>> is_yes("是", "in_field"), is_yes("不对口", "in_field"), is_yes("", "in_field")
    (True, False, None)
    """
    word = cell.strip()
    if word and word not in (*YES, *NO):
        raise ChanjiaoError("import.bad_choice", field=column, value=cell[:40], expected="是、否")
    return word in YES if word else None
