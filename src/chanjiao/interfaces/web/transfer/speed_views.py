"""How fast technical problems are answered, contracted and used: three curves, and the problems behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.transfer import speed as speed_of
from chanjiao.apps.transfer.speed import Problem, Step
from chanjiao.core import clock
from chanjiao.engines.survival import Curve
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.export import exported
from chanjiao.interfaces.web.transfer import lists
from chanjiao.interfaces.web.transfer.curves import CurveChart

PERIODS = {"": None, "1": 365, "2": 730}
SORTS = {
    "number": lambda one, step: one.number,
    "title": lambda one, step: one.title,
    "organisation": lambda one, step: one.organisation,
    "opened": lambda one, step: one.opened_at,
    "days": lambda one, step: one.days(step),
}
MARKS = (30, 90, 180, 365)
"""Days at which the curves are read out in the table."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One curve with its words and figures."""

    step: str
    title: str
    chart: CurveChart
    curve: Curve
    median: float | None
    by: tuple[tuple[int, float | None], ...]


def speed(request: HttpRequest) -> HttpResponseBase:
    """The curves, and the rows behind the one that is chosen; or these rows as a file."""
    actor, now = known_actor(request), clock.now()
    period = request.GET.get("years", "")
    days = PERIODS.get(period)
    since = timezone.localdate(now) - timedelta(days=days) if days else None
    problems = speed_of.problems(actor, now=now, since=since)
    step = Step(request.GET["step"]) if request.GET.get("step") in set(Step) else Step.REPLY
    reached = request.GET.get("reached", "")
    rows = _sorted([one for one in problems if _is_kept(one, step, reached)], step, request.GET.get("sort", ""))
    file = exported(request, rows, lists.problem_columns(step), f"problems-{step}")
    if file is not None:
        return file
    page = Paginator(rows, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    titles = {Step.REPLY: _("To the first reply"), Step.CONTRACT: _("To the contract"), Step.USE: _("To the first use")}
    found = speed_of.curves(problems)
    context = {
        "panels": [_panel(one, titles[one], curve, problems) for one, curve in found.items()],
        "marks": MARKS,
        "step": step.value,
        "step_title": titles[step],
        "lines": [(one, one.reached.get(step), one.days(step)) for one in page.object_list],
        "page": page,
        "reached": reached,
        "years": period,
        "periods": [("1", _("Last year")), ("2", _("Last two years"))],
        "tabs": lists.tabs("speed", known=True),
        "count": len(problems),
    }
    return render(request, "transfer/speed.html", context)


def _is_kept(one: Problem, step: Step, reached: str) -> bool:
    return reached not in ("yes", "no") or (step in one.reached) is (reached == "yes")


def _sorted(rows: list[Problem], step: Step, sort: str) -> list[Problem]:
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(rows, key=lambda one: key(one, step), reverse=sort.startswith("-")) if key else rows


def _panel(step: Step, title: str, curve: Curve, problems: list[Problem]) -> Panel:
    longest = max((one.days(step) for one in problems), default=0)
    by = tuple((mark, curve.happened_by(mark) if mark <= longest else None) for mark in MARKS)
    return Panel(step.value, title, CurveChart(curve, longest), curve, curve.median, by)
