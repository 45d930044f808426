"""How what is taught answers to what is asked: the table, what is behind a line, and where openings flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.members.selectors import consortia
from chanjiao.apps.programmes.rules.alignment import Indices
from chanjiao.apps.programmes.selectors import alignment as selectors
from chanjiao.apps.programmes.selectors.alignment import Alignment, Line
from chanjiao.apps.programmes.selectors.supply import YearFilters, year_figures, years_told
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import sorted_as_asked
from chanjiao.engines.alignment import Estimate
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.programmes.demand_views import demand_lines
from chanjiao.interfaces.web.programmes.flow import flow_chart
from chanjiao.interfaces.web.programmes.naming import Names
from chanjiao.interfaces.web.programmes.sections import sections, shown_year

PAGE_SIZE = 25
BY_WORDS = {
    "programme": gettext_lazy("Programme"),
    "college": gettext_lazy("College"),
    "class": gettext_lazy("Class of programmes"),
    "zone": gettext_lazy("Zone"),
    "chain": gettext_lazy("Industry chain"),
    "occupation": gettext_lazy("Occupation"),
    "point": gettext_lazy("Programme point"),
}
SORTS: dict[str, Callable[[ShownLine], str | float]] = {
    "name": lambda one: one.name,
    "gap": lambda one: one.line.totals.gap.value,
    "openings": lambda one: one.line.totals.expected,
    "completions": lambda one: one.line.totals.completions,
    "similarity": lambda one: _value(one.indices.similarity),
    "deviation": lambda one: _value(one.indices.deviation),
    "coordination": lambda one: _value(one.indices.coordination),
    "key_share": lambda one: _value(one.indices.key_share),
}


@dataclass(frozen=True)
class ShownLine:
    """A line of the table with its name, its indices, and the address of what is behind it."""

    line: Line
    name: str
    under: str
    url: str
    found: Alignment

    @cached_property
    def indices(self) -> Indices:
        """The line's indices: drawn from the intervals, so only for lines that are shown, written or sorted by them."""
        return selectors.indices_of(self.found, self.line)

    @property
    def openings(self) -> figures.Shown:
        """Openings a year with their range."""
        sums = self.line.totals
        return figures.people(Estimate(sums.expected, sums.low, sums.high))

    @property
    def completions(self) -> figures.Shown:
        """Completions a year; nothing where none is known of any year."""
        sums = self.line.totals
        has_points = any(cell.point for cell in self.line.cells)
        if has_points and not sums.years:
            return figures.NOTHING
        return figures.Shown(figures.people(Estimate(sums.completions, 0, 0)).value)

    @property
    def gap(self) -> figures.Shown:
        """Openings less completions; nothing where completions are not known."""
        return figures.people(self.line.totals.gap, signed=True) if self.completions.value else figures.NOTHING

    @property
    def similarity(self) -> figures.Shown:
        """H."""
        return figures.index(self.indices.similarity)

    @property
    def deviation(self) -> figures.Shown:
        """Dev."""
        return figures.index(self.indices.deviation)

    @property
    def coordination(self) -> figures.Shown:
        """D."""
        return figures.index(self.indices.coordination)

    @property
    def key_share(self) -> figures.Shown:
        """The share of seats serving key chains."""
        return figures.rate(self.indices.key_share)

    @property
    def grade(self) -> figures.Shown:
        """The shortage grade."""
        return figures.grade(self.indices.grade)


def _value(found: Estimate | None) -> float:
    return -1.0 if found is None else found.value


def alignment(request: HttpRequest) -> HttpResponseBase:
    """The table, by one dimension, for the city or a consortium; or the same as a file."""
    actor = actor_of(request)
    found, by = _asked(request, actor), _dimension(request)
    wanted = request.GET.get("q", "")[:60].strip()
    lines = [one for one in _named(request, actor, found, by) if wanted in one.name or wanted in one.line.key]
    lines = sorted_as_asked(lines, request.GET.get("sort", ""), SORTS)
    file = exported(request, lines, _columns(by), f"alignment-{by}")
    if file is not None:
        return file
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    city = selectors.whole(found)
    context = {
        "tabs": sections("alignment"),
        "by": by,
        "by_word": BY_WORDS[by],
        "dimensions": [(name, word) for name, word in BY_WORDS.items() if name != "point"],
        "page": page,
        "lines": page.object_list,
        "whole": ShownLine(city, "", "", "", found),
        "definitions": figures.DEFINITIONS,
        "unlinked": [Names(actor, found).line("point", str(pk)) for pk in found.unlinked],
        "old": len([year for year in found.demand_years.values() if year != found.year]),
        **_choices(request, actor, found),
    }
    return render(request, "programmes/alignment.html", context)


def behind(request: HttpRequest) -> HttpResponse:
    """What a line is made of: its occupations, the points that bring people, and the rows of demand."""
    actor = actor_of(request)
    found, by = _asked(request, actor), _dimension(request)
    line = selectors.line(found, by, request.GET.get("key", "")[:20])
    if line is None:
        raise ChanjiaoError("record.not_found")
    names = Names(actor, found)
    occupations = {cell.occupation for cell in line.cells if cell.occupation}
    points = {cell.point for cell in line.cells if cell.point}
    rows = [row for point in sorted(points) for row in year_figures(actor, YearFilters(point=point, sort="-year"))]
    context = {
        "by": by,
        "by_word": BY_WORDS[by],
        "shown": _shown(request, names, found, line),
        "occupations": _parts(request, names, found, line, "occupation"),
        "points": _parts(request, names, found, line, "point"),
        "demand": demand_lines(actor, selectors.demand_behind(actor, found, occupations)),
        "years": [row for row in rows if found.year - 3 < row.year <= found.year],
        "names": names,
        "definitions": figures.DEFINITIONS,
        **_choices(request, actor, found),
    }
    return render(request, "programmes/behind.html", context)


def flow(request: HttpRequest) -> HttpResponse:
    """Openings from industry chain to occupation to programme to college, as a picture and as a table."""
    actor = actor_of(request)
    found = _asked(request, actor)
    context = {
        "tabs": sections("alignment"),
        "chart": flow_chart(found, Names(actor, found), _kept(request)),
        **_choices(request, actor, found),
    }
    return render(request, "programmes/flow.html", context)


def _asked(request: HttpRequest, actor: Actor) -> Alignment:
    consortium = whole_number(request.GET.get("consortium", ""))
    return selectors.alignment(actor, year=shown_year(request, actor), consortium_id=consortium)


def _dimension(request: HttpRequest) -> str:
    by = request.GET.get("by", "programme")
    return by if by in BY_WORDS else "programme"


def _choices(request: HttpRequest, actor: Actor, found: Alignment) -> dict[str, object]:
    return {
        "year": found.year,
        "years_told": years_told(actor),
        "consortium": found.consortium_id,
        "consortia": consortia(actor),
        "query": request.GET.get("q", "")[:60],
    }


def _named(request: HttpRequest, actor: Actor, found: Alignment, by: str) -> list[ShownLine]:
    names = Names(actor, found)
    return [_shown(request, names, found, line) for line in selectors.lines(found, by)]


def _kept(request: HttpRequest) -> dict[str, str]:
    """What addresses of rows keep of the page's own: year and consortium."""
    return {name: request.GET[name] for name in ("year", "consortium") if request.GET.get(name)}


def _shown(request: HttpRequest, names: Names, found: Alignment, line: Line) -> ShownLine:
    url = f"{reverse('programmes:behind')}?{urlencode({'by': line.by, 'key': line.key, **_kept(request)})}"
    name, under = names.line(line.by, line.key)
    return ShownLine(line, name, under, url, found)


def _parts(request: HttpRequest, names: Names, found: Alignment, line: Line, by: str) -> list[ShownLine]:
    narrowed = Alignment(found.year, found.consortium_id, found.found, line.cells, found.demand_years, found.unlinked)
    return [_shown(request, names, found, one) for one in selectors.lines(narrowed, by)]


def _columns(by: str) -> list[Column[ShownLine]]:
    return [
        Column(_("Code"), lambda one: one.line.key, 12),
        Column(BY_WORDS[by], lambda one: one.name, 32),
        Column(_("Openings"), lambda one: round(one.line.totals.expected, 1), 10),
        Column(_("At least"), lambda one: round(one.line.totals.low, 1), 10),
        Column(_("At most"), lambda one: round(one.line.totals.high, 1), 10),
        Column(_("Completions"), lambda one: round(one.line.totals.completions, 1), 10),
        Column(_("Years averaged"), lambda one: one.line.totals.years, 10),
        Column(_("Gap"), lambda one: round(one.line.totals.gap.value, 1) if one.gap.value else None, 10),
        Column(_("Similarity H"), lambda one: str(one.similarity), 20),
        Column(_("Deviation"), lambda one: str(one.deviation), 20),
        Column(_("Coupling co-ordination"), lambda one: str(one.coordination), 20),
        Column(_("Share serving key chains"), lambda one: str(one.key_share), 20),
        Column(_("Shortage grade"), lambda one: str(one.grade), 14),
    ]
