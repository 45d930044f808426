"""Scenarios of intake: the list, the form, one scenario with its sliders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.plans import selectors
from chanjiao.apps.plans.actions.keep_scenario import edit_scenario, write_scenario
from chanjiao.apps.plans.actions.make_plan import ask_for_plan
from chanjiao.apps.plans.actions.stop_solving import stop_solving
from chanjiao.apps.plans.models import IntakePlan, PlanScenario
from chanjiao.apps.plans.rights import may_plan
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.core.rows import sorted_as_asked
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.plans import words
from chanjiao.interfaces.web.plans.compare_views import MOST_SIDE_BY_SIDE
from chanjiao.interfaces.web.plans.forms import ScenarioForm, stored_values
from chanjiao.interfaces.web.programmes.sections import sections

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A scenario with its latest plan; `is_current` where that was made with the scenario's present options."""

    scenario: PlanScenario
    plan: IntakePlan | None

    @property
    def is_current(self) -> bool:
        """Whether the plan has the options that the scenario has now."""
        return self.plan is not None and self.plan.options == self.scenario.options

    @property
    def demand(self) -> str:
        """The demand planned for, in words."""
        return _(words.DEMANDS[self.scenario.told.demand])

    @property
    def years(self) -> str:
        """From which year to which is planned."""
        told = self.scenario.told
        return f"{told.first_year}–{told.first_year + told.years - 1}"

    def figure(self, name: str) -> float:
        """A sum of the plan; lowest where there is none, so that it sorts last."""
        return self.plan.figures[name] if self.plan else float("-inf")


SORTS = {
    "title": lambda line: line.scenario.title,
    "shortage": lambda line: line.figure("shortage"),
    "surplus": lambda line: line.figure("surplus"),
    "seats": lambda line: line.figure("seats"),
    "changed": lambda line: line.figure("changed"),
    "gap": lambda line: line.plan.gap if line.plan else 2.0,
}


def scenario_list(request: HttpRequest) -> HttpResponseBase:
    """The scenarios that the reader sees with the figures of their latest plans; or the same as a file."""
    actor, text, sort = known_actor(request), request.GET.get("q", "").strip()[:80], request.GET.get("sort", "")
    rows = selectors.scenarios(actor)
    found = _lines(actor, list(rows.filter(title__icontains=text) if text else rows))
    found = sorted_as_asked(found, sort, SORTS)
    file = exported(request, found, _columns(), "plan-scenarios")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    may_add = selectors.consortia_to_plan(actor).exists()
    context = {
        "page": page,
        "text": text,
        "may_add": may_add,
        "most": MOST_SIDE_BY_SIDE,
        "tabs": sections("plans:list"),
    }
    return render(request, "plans/list.html", context)


def _lines(actor: Actor, rows: list[PlanScenario]) -> list[Line]:
    plans = {one.scenario_id: one for one in selectors.latest_plans(actor, [row.pk for row in rows])}
    return [Line(row, plans.get(row.pk)) for row in rows]


def add(request: HttpRequest) -> HttpResponse:
    """The form for a new scenario; once written, it is solved."""
    actor = known_actor(request)
    consortia = selectors.consortia_to_plan(actor)
    require(consortia.exists())
    form = ScenarioForm(request.POST or None, consortia=consortia, this_year=timezone.localdate().year)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = write_scenario(
                actor=actor, consortium_id=told["consortium"].pk, title=told["title"], options=form.options(),
                now=clock.now(),
            )  # fmt: skip
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            ask_for_plan(actor=actor, scenario_id=made.pk, now=clock.now())
            return redirect("plans:scenario", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, "plans/form.html", {"form": form}, status=status)


def scenario(request: HttpRequest, pk: int) -> HttpResponse:
    """One scenario: its sliders, how far its plan is, and the plans made of it; the middle part renews itself."""
    actor = known_actor(request)
    found = selectors.scenario(actor, pk)
    if getattr(request, "htmx", False):
        return render(request, "plans/_state.html", _state(actor, found))
    form = ScenarioForm(initial=stored_values(found), consortia=None, this_year=timezone.localdate().year)
    return _scenario_page(request, actor, found, form)


@require_POST
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    """The scenario takes what the sliders say and is solved anew in the background."""
    actor = known_actor(request)
    found = selectors.scenario(actor, pk)
    require(may_plan(actor, found.consortium_id))
    form = ScenarioForm(request.POST, consortia=None, this_year=timezone.localdate().year)
    if form.is_valid():
        told = form.cleaned_data
        try:
            found = edit_scenario(
                actor=actor, pk=pk, version=told["version"] or 0, title=told["title"], options=form.options(),
                now=clock.now(),
            )  # fmt: skip
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            ask_for_plan(actor=actor, scenario_id=pk, now=clock.now())
    is_part = getattr(request, "htmx", False)
    if is_part:
        return render(request, "plans/_state.html", _state(actor, found) | {"form": form, "sent": True})
    if form.errors:
        return _scenario_page(request, actor, found, form, status=422)
    messages.success(request, _("The plan is being made"))
    return redirect("plans:scenario", pk=pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """The solver ends at its next step and its best plan is kept."""
    actor = known_actor(request)
    stop_solving(actor=actor, scenario_id=pk, now=clock.now())
    if getattr(request, "htmx", False):
        return render(request, "plans/_state.html", _state(actor, selectors.scenario(actor, pk)))
    return redirect("plans:scenario", pk=pk)


def _scenario_page(
    request: HttpRequest, actor: Actor, found: PlanScenario, form: ScenarioForm, status: int = 200
) -> HttpResponse:
    return render(request, "plans/scenario.html", _state(actor, found) | {"form": form}, status=status)


def _state(actor: Actor, found: PlanScenario) -> dict[str, Any]:
    job = selectors.job_of(actor, found)
    return {
        "scenario": found,
        "line": _lines(actor, list(selectors.scenarios(actor).filter(pk=found.pk)))[0],
        "plans": selectors.plans(actor, found)[:PAGE_SIZE],
        "job": job,
        "is_running": selectors.is_running(job),
        "may_plan": may_plan(actor, found.consortium_id),
    }


def _columns() -> list[Column[Line]]:
    def figure(name: str) -> Any:
        return lambda line: line.plan.figures[name] if line.plan else None

    return [
        Column(_("Title"), lambda line: line.scenario.title, 28),
        Column(_("Consortium"), lambda line: str(line.scenario.consortium), 28),
        Column(_("Demand"), lambda line: line.demand, 20),
        Column(_("Openings unfilled"), figure("shortage"), 12),
        Column(_("Graduates without an opening"), figure("surplus"), 12),
        Column(_("Intake in all"), figure("seats"), 10),
        Column(_("Points changed"), figure("changed"), 10),
        Column(_("Gap to the best plan"), lambda line: line.plan.gap if line.plan else None, 10),
    ]
