"""A scenario with a plan and one change, for tests that walk all routes."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils import timezone

from chanjiao.apps.plans.models import IntakePlan, PlannedChange, PlanScenario
from chanjiao.apps.plans.rules import Options
from tests.cast import NOW, Cast

FIGURES = {
    "shortage": 120.0, "surplus": 30.0, "shortage_today": 200.0, "surplus_today": 150.0, "seats": 800.0,
    "seats_today": 800.0, "points": 2, "changed": 1, "opened": 0, "closed": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanSample:
    """A scenario, its plan, and what the plan changes."""

    scenario: PlanScenario
    plan: IntakePlan
    change: PlannedChange


def make_plans(cast: Cast) -> PlanSample:
    """The sample, stored."""
    first = timezone.localdate().year + 1
    options = asdict(Options(first_year=first, years=2, seconds=1))
    scenario = PlanScenario.objects.create(
        consortium=cast.consortium, title="基准方案", options=options, created_by="许文清", created_at=NOW
    )
    limit = {"college": cast.college.pk, "class": "5303", "year": first}
    plan = IntakePlan.objects.create(
        scenario=scenario, options=options, years=[first, first + 1], engine="planning", engine_version="1",
        method="branch and bound", problem_hash="0" * 64, objective=210.0, bound=209.0, checked=210.0,
        figures=FIGURES, prices=[{**limit, "limit": 10.0, "used": 10.0, "openings": 14.2}],
        notes=[{"code": "fewer_teachers", "college": cast.college.pk, "class": "5303", "have": 8.0, "need": 10.0}],
        files=b"PK", seconds=1.0, made_by="许文清", made_at=NOW,
    )  # fmt: skip
    change = PlannedChange.objects.create(
        plan=plan, college=cast.college, point=None, code="530302", direction="fewer", before=100.0, planned=60.0,
        intake=[60.0, 60.0],
        causes=[{"occupation": "2-06-03", "demand": 50.0, "gap_today": -45.0, "gap_planned": -7.0}],
        saving=38.0, broken=[], used_up=[limit],
    )  # fmt: skip
    return PlanSample(scenario, plan, change)
