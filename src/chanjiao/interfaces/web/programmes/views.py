"""What colleges teach: the list, one programme point, and the forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.apps.programmes.actions.add_programme_point import add_programme_point
from chanjiao.apps.programmes.actions.edit_programme_point import edit_programme_point
from chanjiao.apps.programmes.models import ProgrammeLevel, ProgrammePoint
from chanjiao.apps.programmes.rights import may_tell_supply
from chanjiao.apps.programmes.rules.links import Destination
from chanjiao.apps.programmes.selectors import points as selectors
from chanjiao.apps.programmes.selectors.supply import YearFilters, destinations_by_point, year_figures
from chanjiao.apps.programmes.selectors.warnings import CardFilters, warning_cards
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.exchange.lists import lines_of as listing_lines
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.exchange.words import chunked
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.programmes.forms import FiguresForm, PointForm, stored_values
from chanjiao.interfaces.web.programmes.sections import occupation_names, sections
from chanjiao.interfaces.web.programmes.year_views import year_lines

PAGE_SIZE = 25
SHOWN_NEEDS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A programme point with its name."""

    point: ProgrammePoint
    name: str

    @property
    def dual_share(self) -> float | None:
        """The share of dual-qualified teachers; None without teachers."""
        return self.point.dual_qualified / self.point.teachers if self.point.teachers else None


def points(request: HttpRequest) -> HttpResponseBase:
    """Programme points, filtered, sorted and summed; or the same as a file."""
    actor, filters = actor_of(request), _filters(request.GET)
    found = selectors.programme_points(actor, filters)
    file = exported(request, _lines_for_export(actor, found.iterator(500)), _columns(), "programmes")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tabs": sections("list"),
        "page": page,
        "lines": lines_of(actor, page.object_list),
        "filters": filters,
        "is_narrowed": filters != selectors.Filters(sort=filters.sort),
        "totals": selectors.totals(found),
        "colleges": selectors.colleges(actor),
        "levels": ProgrammeLevel.choices,
        "may_add": selectors.colleges_to_edit(actor).exists(),
    }
    return render(request, "programmes/list.html", context)


def point(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme at a college: figures, the occupations it leads to, open needs that ask for it."""
    actor = actor_of(request)
    found = selectors.programme_point(actor, pk)
    links = selectors.occupations_of(actor, found)
    needs = selectors.needs_asking_for(actor, found, links)
    context = {
        "line": lines_of(actor, [found])[0],
        "point": found,
        "links": links,
        "courses": selectors.courses(actor, found),
        "needs": listing_lines(actor, needs[:SHOWN_NEEDS]),
        "need_count": needs.count(),
        "destinations": _destinations(actor, found),
        "years": year_lines(actor, year_figures(actor, YearFilters(point=pk))),
        "cards": warning_cards(actor, CardFilters(point=pk, state="open"))[:SHOWN_NEEDS],
        "may_edit": actor.acts_for(found.college_id),
        "may_tell": may_tell_supply(actor, found.college_id),
    }
    return render(request, "programmes/point.html", context)


def _destinations(actor: Actor, point: ProgrammePoint) -> list[tuple[str, Destination]]:
    """Where those who complete turn to, by name; empty where no link is known."""
    found = destinations_by_point(actor, [point])[point.pk]
    names = occupation_names(actor, [one.occupation for one in found])
    return [(names[one.occupation], one) for one in found]


def add(request: HttpRequest) -> HttpResponse:
    """The form for a programme that a college teaches."""
    actor = known_actor(request)
    colleges = selectors.colleges_to_edit(actor)
    require(colleges.exists())
    form = PointForm(request.POST or None, colleges=colleges)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = add_programme_point(
                actor=actor,
                college_id=told["college"].pk,
                level=told["level"],
                code=told["code"].strip(),
                figures=form.figures(),
                now=clock.now(),
            )
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Added"))
            return redirect("programmes:point", pk=made.pk)
    return _form_page(request, form)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for the figures of a programme point; a stale one shows what is stored now."""
    actor = known_actor(request)
    found = selectors.programme_point(actor, pk)
    require(actor.acts_for(found.college_id))
    form = FiguresForm(request.POST or None, initial=stored_values(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_programme_point(actor=actor, pk=pk, version=version, figures=form.figures(), now=clock.now())
        except ChanjiaoError as error:
            if error.code == "record.stale":
                return _conflict_page(request, form, found)
            refuse(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("programmes:point", pk=pk)
    return _form_page(request, form, lines_of(actor, [found])[0])


def _conflict_page(request: HttpRequest, form: FiguresForm, found: ProgrammePoint) -> HttpResponse:
    stored, sent = stored_values(found), request.POST.copy()
    sent["version"] = str(found.version)
    again = FiguresForm(sent)
    again.is_valid()
    conflict: list[tuple[object, object, object]] = [
        (bound.label, stored[bound.name], request.POST.get(bound.name))
        for bound in form.visible_fields()
        if str(stored[bound.name] if stored[bound.name] is not None else "") != request.POST.get(bound.name, "")
    ]
    line = lines_of(actor_of(request), [found])[0]
    return _form_page(request, again, line, conflict=conflict, status=409)


def _form_page(
    request: HttpRequest,
    form: FiguresForm,
    line: Line | None = None,
    *,
    conflict: list[tuple[object, object, object]] | None = None,
    status: int = 200,
) -> HttpResponse:
    back = reverse("programmes:point", args=[line.point.pk]) if line else reverse("programmes:list")
    context = {"form": form, "line": line, "conflict": conflict, "back": back}
    return render(request, "programmes/form.html", context, status=422 if form.errors and status == 200 else status)


def lines_of(actor: Actor, found: Iterable[ProgrammePoint]) -> list[Line]:
    """The points with their names, looked up at once."""
    found = list(found)
    names = names_of(actor, [(one.system, one.code) for one in found])
    return [Line(one, names.get((one.system, one.code), "")) for one in found]


def _lines_for_export(actor: Actor, found: Iterable[ProgrammePoint]) -> Iterator[Line]:
    for piece in chunked(found):
        yield from lines_of(actor, piece)


def _columns() -> list[Column[Line]]:
    return [
        Column(_("College"), lambda line: line.point.college.name, 28),
        Column(_("Level"), lambda line: line.point.get_level_display(), 18),
        Column(_("Programme code"), lambda line: line.point.code, 12),
        Column(_("Programme"), lambda line: line.name, 28),
        Column(_("Years of study"), lambda line: line.point.years, 8),
        Column(_("First intake in"), lambda line: line.point.first_year, 10),
        Column(_("Intake plan"), lambda line: line.point.intake, 10),
        Column(_("Students enrolled"), lambda line: line.point.enrolled, 10),
        Column(_("Teachers"), lambda line: line.point.teachers, 10),
        Column(_("Dual-qualified teachers"), lambda line: line.point.dual_qualified, 12),
    ]


def _filters(query: QueryDict) -> selectors.Filters:
    return selectors.Filters(
        college=whole_number(query.get("college")),
        level=query.get("level", ""),
        code=query.get("code", "").strip(),
        text=query.get("q", "")[:100],
        sort=query.get("sort", "college"),
    )
