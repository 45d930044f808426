"""One plan: its figures, what limits are worth, every change with its reasons, and the files to check it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from chanjiao.apps.dossiers.selectors import places_to_start
from chanjiao.apps.plans import selectors
from chanjiao.apps.plans.models import PlannedChange
from chanjiao.apps.programmes.selectors.points import Filters as PointFilters
from chanjiao.apps.programmes.selectors.points import programme_points
from chanjiao.apps.programmes.selectors.warnings import CardFilters, warning_cards
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.plan_words import spans
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.plans import words
from chanjiao.interfaces.web.programmes.warning_views import CardLine
from chanjiao.interfaces.web.wording import listed

PAGE_SIZE = 25
SHOWN_WORTHS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A change in words; `delta` is planned less present intake."""

    change: PlannedChange
    programme: str
    planned: list[str]
    direction: str
    why: list[str]

    @property
    def delta(self) -> float:
        """Planned less present intake."""
        return self.change.planned - self.change.before


def plan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One plan with its changes, filtered and sorted; or these as a file."""
    actor, filters = known_actor(request), _filters(request.GET)
    found = selectors.plan(actor, pk)
    rows = selectors.changes(actor, found, filters)
    names = words.names_in(actor, found, rows)
    file = exported(request, _lines(rows, found.years, names), _columns(), "plan")
    if file is not None:
        return file
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    told = [value for value in words.DIRECTIONS if found.changes.filter(direction=value).exists()]
    worths = words.worths(found, names)
    context = {
        "plan": found,
        "scenario": found.scenario,
        "method": _(words.METHODS[found.method]) if found.method in words.METHODS else found.method,
        "ending": _(words.ENDINGS[found.ending]),
        "page": page,
        "lines": list(_lines(page.object_list, found.years, names)),
        "filters": filters,
        "is_narrowed": filters != selectors.Filters(sort=filters.sort),
        "directions": [(value, words.direction_words(value)) for value in told],
        "colleges": selectors.colleges(found),
        "worths": worths[:SHOWN_WORTHS],
        "more_worths": worths[SHOWN_WORTHS:],
        "notes": words.notes(found, names, _named_points(actor, found.notes, names)),
        "others": selectors.plans(actor, found.scenario).exclude(pk=pk)[:SHOWN_WORTHS],
    }
    return render(request, "plans/plan.html", context)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Why one programme point changes: its intake by year, the occupations behind it, the limits in the way."""
    actor = known_actor(request)
    found = selectors.change(actor, pk)
    names = words.names_in(actor, found.plan, [found])
    context = {
        "change": found,
        "plan": found.plan,
        "scenario": found.plan.scenario,
        "line": next(iter(_lines([found], found.plan.years, names))),
        "years": list(zip(found.plan.years, found.intake, strict=True)),
        "question": words.question(found),
        "occupations": [
            {
                **one,
                "name": names.occupation(one["occupation"]),
                "today": one["demand"] - one["gap_today"],
                "planned": one["demand"] - one["gap_planned"],
            }
            for one in words.told_causes(found)
        ],
        "cards": _cards(actor, found),
        "may_start": any(one.organisation_id == found.college_id for one in places_to_start(actor)),
    }
    return render(request, "plans/change.html", context)


def _cards(actor: Actor, found: PlannedChange) -> list[CardLine]:
    """The warning cards of the point that changes, the latest first, as far as the reader may see them."""
    rows = warning_cards(actor, CardFilters(point=found.point_id)) if found.point_id else ()
    return [CardLine(one, found.code) for one in rows]


def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The zip of the tables from which the plan was made, as the command line reads them."""
    headers = {"Content-Disposition": f'attachment; filename="plan-{pk}.zip"'}
    content = selectors.files_of(known_actor(request), pk)
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _lines(rows: Iterable[PlannedChange], years: list[int], names: words.Names) -> Iterable[Line]:
    for one in rows:
        why = words.reasons(one, years, names)
        direction = words.direction_words(one.direction)
        yield Line(one, names.programme(one.code), spans(years, one.intake), direction, why)


def _named_points(actor: Actor, notes: list[dict[str, object]], names: words.Names) -> dict[int, tuple[str, str]]:
    """(college, programme) of the points that notes speak of."""
    wanted = [int(str(one["point"])) for one in notes if "point" in one]
    rows = programme_points(actor, PointFilters()).filter(pk__in=wanted) if wanted else []
    return {one.pk: (one.college.name, names.programme(one.code)) for one in rows}


def _filters(query: QueryDict) -> selectors.Filters:
    direction = query.get("direction", "")
    return selectors.Filters(
        college=whole_number(query.get("college")),
        direction=direction if direction in words.DIRECTIONS else "",
        text=query.get("q", "")[:80],
        sort=query.get("sort", ""),
    )


def _columns() -> list[Column[Line]]:
    return [
        Column(_("College"), lambda line: line.change.college.name, 28),
        Column(_("Programme code"), lambda line: line.change.code, 12),
        Column(_("Programme"), lambda line: line.programme, 24),
        Column(_("Change"), lambda line: line.direction, 14),
        Column(_("Present intake"), lambda line: line.change.before, 10),
        Column(_("Planned intake"), lambda line: listed(line.planned), 28),
        Column(_("Difference"), lambda line: line.delta, 10),
        Column(_("Why"), lambda line: " ".join(line.why[1:]), 80),
    ]
