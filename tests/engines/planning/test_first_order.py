"""The relaxation by first-order steps: within a ten-thousandth of HiGHS, bound below, plan within limits."""

from __future__ import annotations

import numpy as np
import pytest
from bench.planning_cities import region

from chanjiao.engines.planning import Problem, Settings, problem_of
from chanjiao.engines.planning.arrays import supply_of, used_of
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
