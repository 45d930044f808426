"""What occupations will ask for: the list, and one occupation with its methods and picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.programmes.selectors import demand as selectors
from chanjiao.apps.programmes.selectors.demand import DemandFilters, OccupationOutlook
from chanjiao.core import clock
from chanjiao.core.rows import sorted_as_asked
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.line_chart import LineChart, Point
from chanjiao.interfaces.web.programmes.demand_views import demand_lines
from chanjiao.interfaces.web.programmes.sections import occupation_names, sections
from chanjiao.interfaces.web.wording import listed

PAGE_SIZE = 50
AHEAD, MOST_AHEAD = 3, 8
METHOD_WORDS = {
    "naive": gettext_lazy("Naive: as last year"),
    "drift": gettext_lazy("Drift: the line from the first to the last year"),
    "damped trend": gettext_lazy("Damped trend"),
    "theta": gettext_lazy("Theta"),
    "grey model": gettext_lazy("Grey model GM(1,1)"),
}
SORTS: dict[str, Callable[[OutlookLine], str | float]] = {
    "name": lambda one: one.name,
    "last": lambda one: one.last,
    "expected": lambda one: one.expected,
    "change": lambda one: one.change or 0.0,
    "missing": lambda one: len(one.outlook.missing),
}


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """An occupation with its last year and the last year ahead."""

    outlook: OccupationOutlook
    name: str

    @property
    def last_year(self) -> int | None:
        """The last year told."""
        return self.outlook.used[-1] if self.outlook.used else None

    @property
    def last(self) -> float:
        """People asked for in it."""
        return self.outlook.years[self.outlook.used[-1]].expected if self.outlook.used else 0.0

    @property
    def expected(self) -> float:
        """People expected in the last year ahead."""
        return self.outlook.forecast.expected[-1] if self.outlook.forecast else 0.0

    @property
    def bounds(self) -> str:
        """The interval of the last year ahead."""
        found = self.outlook.forecast
        return f"{found.low[-1]:.0f}–{found.high[-1]:.0f}" if found else ""

    @property
    def change(self) -> float | None:
        """The change from the last year told to the last ahead, as a part of the former."""
        return self.expected / self.last - 1 if self.last and self.outlook.forecast else None

    @property
    def method(self) -> str:
        """The method taken; that data are too few where none was chosen."""
        found = self.outlook.forecast
        if found is None or not found.is_chosen:
            return str(_("Too few years to choose; as last year"))
        return str(METHOD_WORDS[found.method])


def forecasts(request: HttpRequest) -> HttpResponseBase:
    """Every occupation that is asked for, with its outlook; or the same as a file."""
    actor, ahead = actor_of(request), _ahead(request)
    this_year = timezone.localdate(clock.now()).year
    found = selectors.outlooks(actor, ahead=ahead, this_year=this_year)
    names = occupation_names(actor, [one.occupation for one in found])
    wanted = request.GET.get("q", "")[:60].strip()
    lines = [OutlookLine(one, names[one.occupation]) for one in found]
    lines = [line for line in lines if wanted in line.name or wanted in line.outlook.occupation]
    lines = sorted_as_asked(lines, request.GET.get("sort", "-last"), SORTS)
    file = exported(request, lines, _columns(), "outlook")
    if file is not None:
        return file
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tabs": sections("forecasts"),
        "page": page,
        "lines": page.object_list,
        "ahead": ahead,
        "choices": range(1, MOST_AHEAD + 1),
        "query": wanted,
    }
    return render(request, "programmes/forecasts.html", context)


def forecast(request: HttpRequest, code: str) -> HttpResponse:
    """One occupation: its years, what is expected with bounds, every method beside the naive one, and the rows."""
    actor, ahead = actor_of(request), max(_ahead(request), AHEAD)
    this_year = timezone.localdate(clock.now()).year
    found = selectors.outlook(actor, code, ahead=ahead, this_year=this_year)
    name = occupation_names(actor, [code])[code]
    rows = selectors.demand(actor, DemandFilters(occupation=code, sort="-year"))
    context = {
        "line": OutlookLine(found, name),
        "found": found,
        "chart": _chart(found, name),
        "methods": _methods(found),
        "demand": demand_lines(actor, rows),
        "ahead": ahead,
        "choices": range(1, MOST_AHEAD + 1),
    }
    return render(request, "programmes/forecast.html", context)


def _ahead(request: HttpRequest) -> int:
    return min(MOST_AHEAD, max(1, whole_number(request.GET.get("ahead", "")) or AHEAD))


def _chart(found: OccupationOutlook, name: str) -> LineChart | None:
    if found.forecast is None:
        return None
    was = [(year, found.years[year]) for year in found.used]
    ahead = found.forecast
    points = [Point(year, one.expected, one.low, one.high) for year, one in was]
    points += [
        Point(year, ahead.expected[place], ahead.low[place], ahead.high[place], is_ahead=True)
        for place, year in enumerate(ahead.years)
    ]
    return LineChart(
        title=_("%(name)s: people asked for a year") % {"name": name},
        points=points,
        unit=_("people"),
        source=_("The band is the range of the sources for years told, and a 95 % interval for those ahead."),
    )


def _methods(found: OccupationOutlook) -> list[dict[str, object]]:
    """Every method with its mean error, the best first, and how it compares with the naive one."""
    if found.forecast is None or not found.forecast.errors:
        return []
    naive = found.forecast.errors["naive"]
    return [
        {
            "label": METHOD_WORDS[name],
            "error": error,
            "ratio": error / naive if naive else None,
            "is_taken": name == found.forecast.method,
        }
        for name, error in sorted(found.forecast.errors.items(), key=lambda one: one[1])
    ]


def _columns() -> list[Column[OutlookLine]]:
    return [
        Column(_("Occupation code"), lambda line: line.outlook.occupation, 12),
        Column(_("Occupation"), lambda line: line.name, 28),
        Column(_("Last year told"), lambda line: line.last_year, 10),
        Column(_("People asked for"), lambda line: round(line.last, 1), 10),
        Column(_("Expected"), lambda line: round(line.expected, 1), 10),
        Column(_("Interval"), lambda line: line.bounds, 16),
        Column(_("Years missing"), lambda line: listed(line.outlook.missing), 14),
        Column(_("Method"), lambda line: line.method, 28),
    ]
