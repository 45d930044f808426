"""The yearly figures of programme points: the list, and the form for one year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chanjiao.apps.programmes.actions.tell_year_figures import tell_year_figures
from chanjiao.apps.programmes.rights import may_tell_supply
from chanjiao.apps.programmes.rules.supply import FIGURES
from chanjiao.apps.programmes.selectors import supply as selectors
from chanjiao.apps.programmes.selectors.points import colleges, programme_point
from chanjiao.apps.programmes.selectors.supply import YearFilters, YearRow
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.exchange.words import chunked
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.programmes.sections import programme_names, sections
from chanjiao.interfaces.web.programmes.structure_forms import LABELS, YearForm

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year of a programme point with its name and rates."""

    row: YearRow
    name: str

    @property
    def placed(self) -> figures.Shown:
        """The placement rate."""
        return figures.part(self.row.placed)

    @property
    def admitted(self) -> figures.Shown:
        """The admission rate."""
        return figures.part(self.row.admitted)

    @property
    def in_field(self) -> figures.Shown:
        """The part that works in its field."""
        return figures.part(self.row.in_field)


def years(request: HttpRequest) -> HttpResponseBase:
    """The yearly figures, filtered and sorted; or the same as a file."""
    actor, filters = actor_of(request), _filters(request.GET)
    found = selectors.year_figures(actor, filters)
    file = exported(request, _lines_for_export(actor, found), year_columns(), "programme-years")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tabs": sections("years"),
        "page": page,
        "lines": year_lines(actor, page.object_list),
        "filters": filters,
        "is_narrowed": filters != YearFilters(sort=filters.sort),
        "years": selectors.years_told(actor),
        "colleges": colleges(actor),
    }
    return render(request, "programmes/years.html", context)


def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for the figures of a programme point in a year, a new one or the one that `?year=` names."""
    actor = known_actor(request)
    point = programme_point(actor, pk)
    require(may_tell_supply(actor, point.college_id))
    year = whole_number(request.GET.get("year", ""))
    rows = list(selectors.year_figures(actor, YearFilters(point=pk, year=year))) if year else []
    known = rows[0] if rows else None
    form = YearForm(request.POST or None, known=known, initial={"year": year or clock.now().year})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            tell_year_figures(
                actor=actor, point_id=pk, year=told["year"], told=form.facts(), version=told["version"],
                source=told["source"], now=clock.now(),
            )  # fmt: skip
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("programmes:point", pk=pk)
    context = {"form": form, "point": point, "name": programme_names(actor, [point.code])[point.code], "known": known}
    return render(request, "programmes/year_form.html", context, status=422 if form.errors else 200)


def year_lines(actor: Actor, rows: Iterable[YearRow]) -> list[YearLine]:
    """The rows with their names, looked up at once."""
    kept = list(rows)
    names = programme_names(actor, [row.code for row in kept])
    return [YearLine(row, names[row.code]) for row in kept]


def _lines_for_export(actor: Actor, rows: Iterable[YearRow]) -> Iterator[YearLine]:
    for piece in chunked(rows):
        yield from year_lines(actor, piece)


def _filters(query: QueryDict) -> YearFilters:
    return YearFilters(
        year=whole_number(query.get("year", "")),
        college=whole_number(query.get("college", "")),
        point=whole_number(query.get("point", "")),
        code=query.get("code", "").strip()[:16],
        sort=query.get("sort", "-year")[:20],
    )


def year_columns() -> list[Column[YearLine]]:
    """The columns of yearly figures in a file."""
    return [
        Column(_("College"), lambda line: line.row.college, 28),
        Column(_("Programme code"), lambda line: line.row.code, 12),
        Column(_("Programme"), lambda line: line.name, 28),
        Column(_("Year"), lambda line: line.row.year, 8),
        *(_figure(name) for name in FIGURES),
        Column(_("Placement rate"), lambda line: str(line.placed), 20),
        Column(_("Source"), lambda line: line.row.source, 24),
    ]


def _figure(name: str) -> Column[YearLine]:
    return Column(LABELS[name], lambda line: getattr(line.row.facts, name), 12)
