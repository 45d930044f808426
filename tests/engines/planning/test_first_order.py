"""The relaxation by first-order steps: within a ten-thousandth of HiGHS, bound below, plan within limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bench.planning_cities import region

from chanjiao.engines.planning import Problem, Settings, problem_of
from chanjiao.engines.planning.arrays import supply_of, used_of
from chanjiao.engines.planning.grouped import grouped_of
from chanjiao.engines.planning.objective import flow_objective
from chanjiao.engines.planning.relaxed import by_first_order, relaxed_optimum


@pytest.mark.parametrize("robust", [False, True])
def test_first_order_steps_come_as_close_as_they_say(robust: bool) -> None:
    problem = _region(robust=robust)
    exact = relaxed_optimum(problem, 60.0).bound

    found = by_first_order(problem, 60.0)

    value = flow_objective(problem, found.intake, supply_of(problem, found.intake))
    assert found.bound <= exact * (1 + 1e-6)
    assert exact * (1 - 1e-6) <= value <= found.bound * (1 + 1.01e-4)
    assert (used_of(problem, found.intake) <= problem.limit_amount * (1 + 1e-9)).all()
    assert (found.intake <= problem.seats_max[:, None]).all()


def test_first_order_steps_that_are_stopped_give_the_plan_and_the_bound_they_have() -> None:
    problem = _region(robust=False)

    found = by_first_order(problem, 60.0, stopped=lambda: True)

    assert found.intake.shape == (len(problem.points), len(problem.years))
    assert (used_of(problem, found.intake) <= problem.limit_amount * (1 + 1e-9)).all()
    assert np.isfinite(found.bound)


def _region(*, robust: bool) -> Problem:
    rows = region(colleges=3, programmes=40, occupations=50, years=6, points=80, seed=1)
    return problem_of(**rows.keywords(), settings=Settings(relax=True, robust=robust))


def test_a_plan_in_groups_costs_and_keeps_to_what_it_does_in_points() -> None:
    rows = region(colleges=3, programmes=40, occupations=50, years=6, points=80, seed=1)
    limits = [limit for limit in rows.limits if (limit.college, limit.year) != ("C1", 2027)]
    points = [replace(point, completion=0.0) if place % 9 == 0 else point for place, point in enumerate(rows.points)]
    problem = problem_of(**rows.keywords() | {"limits": limits, "points": points}, settings=Settings(relax=True))
    grouped, wished = grouped_of(problem, 6), np.random.default_rng(0).uniform(0.0, problem.seats_max, (6, 80))

    found = grouped.within(wished)

    used = used_of(problem, found.T)
    assert (used <= problem.limit_amount * (1 + 1e-9)).all()
    assert np.isclose(used, problem.limit_amount).sum() == 17, "one of two limits a college and year"
    at_c1 = np.array([point.college == "C1" for point in points])
    assert (found[1, at_c1] == wished[1, at_c1]).all(), "no limit, nothing scaled"
    expected = flow_objective(problem, found.T, supply_of(problem, found.T))
    assert grouped.value(found) == pytest.approx(expected, rel=1e-12)
