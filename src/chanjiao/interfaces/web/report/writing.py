"""What a report is written with: sentences with the address of the rows behind them, in numbered sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode

from chanjiao.apps.programmes.selectors.alignment import Line
from chanjiao.engines.alignment import Estimate
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.report.facts import SHOWN, ReportFacts
from chanjiao.interfaces.web.wording import amount, listed

Row = tuple[tuple[str, ...], str]
"""The cells of a row, and the address behind it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and where its rows are."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading row, with a caption."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def labelled(self) -> Iterator[dict[str, object]]:
        """The rows as a page shows them: each cell with the head of its column."""
        return ({"cells": list(zip(self.heads, cells, strict=True)), "url": url} for cells, url in self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report: one paragraph, or a list of single points, then a table if there is one."""

    title: str
    sentences: tuple[Sentence, ...]
    table: Table | None = None
    is_list: bool = field(default=False, kw_only=True)


class Writer:
    """The means of those who write sections; `names` gives a programme, occupation or chain its name by (by, key)."""

    def __init__(self, facts: ReportFacts, names: dict[tuple[str, str], str]) -> None:
        self.facts, self.names = facts, names
        self.kept = {"year": facts.year} | ({"consortium": facts.consortium_id} if facts.consortium_id else {})

    def sentence(self, text: str, route: str, *places: object, **query: str | int) -> Sentence:
        """A sentence whose rows stand at a route."""
        return Sentence(text, reverse(route, args=places) + (f"?{urlencode(query)}" if query else ""))

    def rows_of(self, one: Line) -> str:
        """The address of the rows behind a line."""
        asked: dict[str, str | int] = {"by": one.by, "key": one.key, **self.kept}
        return f"{reverse('programmes:behind')}?{urlencode(asked)}"

    def name(self, one: Line) -> str:
        """What the line is of."""
        return self.name_of(one.by, one.key)

    def name_of(self, by: str, key: str) -> str:
        """The name of a code; the code where it has none."""
        return self.names.get((by, key), key)

    def gaps(self, found: list[Line]) -> str:
        """The first lines by name with their gaps."""
        told = (f"{self.name(one)} {figures.people(one.totals.gap, signed=True).value}" for one in found[:SHOWN])
        return listed(told)

    def openings(self, found: list[Line]) -> str:
        """The first lines by name with their openings."""
        return listed(f"{self.name(one)} {amount(round(one.totals.expected))}" for one in found[:SHOWN])

    def table(self, caption: str, heads: tuple[str, ...], found: Iterable[Line]) -> Table:
        """Lines with openings, completions and gap."""
        return Table(caption, heads, tuple(self._row(one) for one in found))

    def _row(self, one: Line) -> Row:
        sums = one.totals
        openings = figures.people(Estimate(sums.expected, sums.low, sums.high))
        completions = amount(round(sums.completions)) if sums.years else str(figures.NOTHING)
        gap = figures.people(sums.gap, signed=True) if sums.years else figures.NOTHING
        return (self.name(one), str(openings), completions, str(gap)), self.rows_of(one)
