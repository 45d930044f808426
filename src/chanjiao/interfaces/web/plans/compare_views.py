"""Scenarios side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from chanjiao.apps.plans import selectors
from chanjiao.apps.plans.models import IntakePlan, PlannedChange
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.plans import words

PAGE_SIZE = 25
MOST_SIDE_BY_SIDE = 4
LEAST_DIFFERENCE = 0.5


@dataclass(frozen=True, slots=True)
class Seats:
    """The mean intake a year under a plan, and the change that says so; None where the plan leaves today's intake."""

    title: str
    mean: float
    change: PlannedChange | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A programme point where plans part, with its seats under each of them."""

    college: str
    programme: str
    before: float
    seats: tuple[Seats, ...]

    @property
    def width(self) -> float:
        """How far the plans lie apart."""
        means = [one.mean for one in self.seats]
        return max(means) - min(means)


def compare(request: HttpRequest) -> HttpResponseBase:
    """Scenarios side by side: their figures, and the programme points where their plans part; these as a file, too."""
    actor = known_actor(request)
    asked = [pk for text in request.GET.getlist("scenario")[:MOST_SIDE_BY_SIDE] if (pk := whole_number(text))]
    plans = selectors.latest_plans(actor, asked)
    rows = _differences(actor, plans)
    file = exported(request, rows, _columns(plans), "plans-side-by-side")
    if file is not None:
        return file
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "plans/compare.html", {"plans": plans, "page": page})


def _columns(plans: Iterable[IntakePlan]) -> list[Column[Difference]]:
    return [
        Column(_("College"), lambda row: row.college, 28),
        Column(_("Programme"), lambda row: row.programme, 24),
        Column(_("Present intake"), lambda row: row.before, 10),
        *(Column(plan.scenario.title, _mean_of(number), 14) for number, plan in enumerate(plans)),
    ]


def _mean_of(number: int) -> Callable[[Difference], float]:
    return lambda row: row.seats[number].mean


def _differences(actor: Actor, plans: list[IntakePlan]) -> list[Difference]:
    """The programme points that the plans treat differently, those furthest apart first."""
    by_point: dict[tuple[int, str], dict[int, PlannedChange]] = {}
    for number, plan in enumerate(plans):
        for one in selectors.changes(actor, plan):
            by_point.setdefault((one.college_id, one.code), {})[number] = one
    if not by_point:
        return []
    names = words.names_in(actor, plans[0], [next(iter(found.values())) for found in by_point.values()])
    rows = [_difference(plans, found, names) for found in by_point.values()]
    return sorted((row for row in rows if row.width > LEAST_DIFFERENCE), key=lambda row: -row.width)


def _difference(plans: list[IntakePlan], found: dict[int, PlannedChange], names: words.Names) -> Difference:
    known = next(iter(found.values()))
    seats = tuple(
        Seats(plan.scenario.title, round(change.planned if (change := found.get(number)) else known.before, 1), change)
        for number, plan in enumerate(plans)
    )
    return Difference(known.college.name, names.programme(known.code), known.before, seats)
