"""What is behind a line of the alignment: every row that its figures are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from chanjiao.apps.programmes.selectors import alignment as selectors
from chanjiao.apps.programmes.selectors.alignment import Alignment, Line
from chanjiao.apps.programmes.selectors.supply import YearFilters, YearRow, year_figures
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.programmes.alignment_lines import (
    BY_WORDS,
    ShownLine,
    asked_alignment,
    choices,
    dimension,
    line_columns,
    shown_line,
)
from chanjiao.interfaces.web.programmes.demand_views import demand_columns, demand_lines
from chanjiao.interfaces.web.programmes.naming import Names
from chanjiao.interfaces.web.programmes.year_views import year_columns, year_lines

Listed = tuple[Sequence[Any], Sequence[Column[Any]]]
"""Rows and their columns in a file."""


def behind(request: HttpRequest) -> HttpResponseBase:
    """What a line is made of: its occupations, the points that bring people, rows of demand, years; each as a file."""
    actor = actor_of(request)
    found, by = asked_alignment(request, actor), dimension(request)
    line = selectors.line(found, by, request.GET.get("key", "")[:20])
    if line is None:
        raise ChanjiaoError("record.not_found")
    names = Names(actor, found)
    lists = _lists(request, actor, names, found, line)
    part = request.GET.get("part", "")
    rows, columns = lists.get(part, lists["demand"])
    file = exported(request, rows, columns, f"alignment-{by}-{part or 'demand'}")
    if file is not None:
        return file
    context = {
        "by": by,
        "by_word": BY_WORDS[by],
        "shown": shown_line(request, names, found, line),
        **{name: rows for name, (rows, _columns) in lists.items()},
        "definitions": figures.DEFINITIONS,
        **choices(request, actor, found),
    }
    return render(request, "programmes/behind.html", context)


def _lists(request: HttpRequest, actor: Actor, names: Names, found: Alignment, line: Line) -> dict[str, Listed]:
    occupations = {cell.occupation for cell in line.cells if cell.occupation}
    points = {cell.point for cell in line.cells if cell.point}
    return {
        "occupations": (_parts(request, names, found, line, "occupation"), line_columns("occupation")),
        "points": (_parts(request, names, found, line, "point"), line_columns("point")),
        "demand": (demand_lines(actor, selectors.demand_behind(actor, found, occupations)), demand_columns()),
        "years": (year_lines(actor, _years(actor, found, points)), year_columns()),
    }


def _years(actor: Actor, found: Alignment, points: Iterable[int]) -> list[YearRow]:
    """The yearly figures that the averages of points are made of."""
    rows = [row for point in sorted(points) for row in year_figures(actor, YearFilters(point=point, sort="-year"))]
    return [row for row in rows if found.year - 3 < row.year <= found.year]


def _parts(request: HttpRequest, names: Names, found: Alignment, line: Line, by: str) -> list[ShownLine]:
    narrowed = Alignment(found.year, found.consortium_id, found.found, line.cells, found.demand_years, found.unlinked)
    return [shown_line(request, names, found, one) for one in selectors.lines(narrowed, by)]
