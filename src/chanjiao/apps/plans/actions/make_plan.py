"""Solve a scenario, verify the answer and store it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import asdict
from datetime import datetime
from threading import Event as Flag
from time import perf_counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.plans.making import Made, Solver, made
from chanjiao.apps.plans.models import CLOSE_ENOUGH, IntakePlan, PlannedChange, PlanScenario
from chanjiao.apps.plans.rights import may_plan
from chanjiao.apps.plans.selectors import scenario as scenario_seen
from chanjiao.core.audit import emit, record_change
from chanjiao.core.jobs import enqueue
from chanjiao.core.models import Job
from chanjiao.core.permissions import Actor, require

if TYPE_CHECKING:
    from chanjiao.apps.plans.snapshot import Gathered
    from chanjiao.engines.planning import Plan, Problem

TASK = "plans.plan"
TICK = 0.5
"""Seconds between two reports of a solver at work."""


def key_of(scenario_id: int) -> str:
    """The key of the jobs that plan a scenario."""
    return f"{TASK}.{scenario_id}"


def ask_for_plan(*, actor: Actor, scenario_id: int, now: datetime) -> Job:
    """The job that will make the plan; one at a time for a scenario."""
    found = scenario_seen(actor, scenario_id)
    require(may_plan(actor, found.consortium_id))
    return enqueue(TASK, actor=actor, now=now, key=key_of(scenario_id), scenario_id=scenario_id, made_by=actor.name)


def make_plan(
    *,
    actor: Actor,
    scenario_id: int,
    now: datetime,
    made_by: str = "",
    step: Callable[[], bool] = lambda: False,
    solver: Solver | None = None,
) -> IntakePlan:
    """The stored plan, checked by the verifier, with the reasons of each change.

    Stopped by its time, or because `step` is true, it is the best found, with its gap. `planning.failed_verification`
    stores nothing. `step` is called twice a second; what it raises ends the solver and stores nothing.
    """
    # These load the numerics, which a site that starts does without.
    from chanjiao.apps.plans.snapshot import gather
    from chanjiao.engines.planning import problem_of_tables

    scenario, started = scenario_seen(actor, scenario_id), perf_counter()
    require(may_plan(actor, scenario.consortium_id))
    gathered = gather(scenario, timezone.localdate(now).year)
    problem = problem_of_tables(gathered)
    enough = Flag()
    answer = made(gathered, problem, _solved(problem, solver or _solver(scenario), step, enough))
    plan = _plan_of(scenario, gathered, answer)
    plan.is_stopped = enough.is_set()
    plan.made_by, plan.made_at, plan.seconds = made_by or actor.name, now, round(perf_counter() - started, 2)
    with transaction.atomic():
        plan.save()
        record_change(actor=actor, action="make_plan", instance=plan, now=now)
        PlannedChange.objects.bulk_create(_changes(plan, gathered, answer))
        emit(
            actor=actor, name="plan.made", instance=plan, now=now, consortium_id=scenario.consortium_id,
            amount=answer.figures.changed, note=scenario.title,
        )  # fmt: skip
    return plan


def _solver(scenario: PlanScenario) -> Solver:
    from chanjiao.engines.planning import Effort, solve

    seconds = scenario.told.seconds
    return lambda problem, stopped: solve(problem, Effort(seconds=seconds, gap=CLOSE_ENOUGH, stopped=stopped))


def _solved(problem: Problem, solver: Solver, step: Callable[[], bool], enough: Flag) -> Plan:
    """The solver's answer; `enough` is set once `step` says so, or raises."""
    pool = ThreadPoolExecutor(1)
    try:
        waiting = pool.submit(solver, problem, enough.is_set)
        while True:
            if step():
                enough.set()
            try:
                return waiting.result(TICK)
            except NotYet:
                continue
    except BaseException:
        enough.set()
        raise
    finally:
        pool.shutdown(wait=False)


def _plan_of(scenario: PlanScenario, gathered: Gathered, answer: Made) -> IntakePlan:
    from chanjiao.engines.planning import ENGINE_ID, ENGINE_VERSION

    return IntakePlan(
        scenario=scenario, options=scenario.options, years=list(answer.problem.years), engine=ENGINE_ID,
        engine_version=ENGINE_VERSION, method=answer.plan.method, problem_hash=answer.problem_hash,
        objective=answer.plan.objective, bound=answer.plan.bound, checked=answer.checked,
        figures=asdict(answer.figures), prices=answer.prices, notes=gathered.notes, files=answer.files,
    )  # fmt: skip


def _changes(plan: IntakePlan, gathered: Gathered, answer: Made) -> Iterator[PlannedChange]:
    for key, change in answer.changes:
        point = gathered.of[key]
        yield PlannedChange(
            plan=plan, college_id=point.college_id, point=point, code=point.code, direction=str(change.direction),
            before=change.before, planned=sum(change.intake) / len(change.intake), intake=list(change.intake),
            causes=[asdict(one) for one in change.causes], saving=change.saving,
            broken=[answer.limit(row) for row in change.forbidden],
            used_up=[answer.limit(row) for row in change.binding],
        )  # fmt: skip
