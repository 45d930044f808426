"""What must hold of every answer, whichever way it was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.planning import Effort, Plan, Problem, solve
from chanjiao.engines.planning.conflict import conflict_of
from chanjiao.engines.planning.linear import Kind, highs_of, linear_of
from chanjiao.engines.planning.solve import branch_first, search_only

from .small import Case, best_by_trying_all, cases, verdict_on

Solver = Callable[[Problem], Plan]

SOLVERS: dict[str, Solver] = {
    "solve": lambda problem: solve(problem, Effort(rounds=2)),
    "branch and bound": lambda problem: branch_first(problem, Effort()),
    "prices and search": lambda problem: search_only(problem, Effort(rounds=2)),
}

every_solver = pytest.mark.parametrize("name", SOLVERS)
often = hypothesis_settings(deadline=None, max_examples=25)


@every_solver
@often
@given(case=cases(most_points=4, most_years=4))
def test_a_plan_is_feasible_and_costs_what_it_says(name: str, case: Case) -> None:
    plan = SOLVERS[name](case.problem)

    verdict = verdict_on(case, plan)

    assert verdict.faults == ()
    assert verdict.objective == pytest.approx(plan.objective, rel=1e-6, abs=1e-6)


@every_solver
@often
@given(case=cases())
def test_no_plan_beats_the_bound_and_none_is_better_than_the_best_by_trying_all(name: str, case: Case) -> None:
    best = best_by_trying_all(case)

    plan = SOLVERS[name](case.problem)

    assert plan.bound <= best + 1e-6
    assert plan.objective >= best - 1e-6


@often
@given(case=cases())
def test_a_small_problem_is_solved_to_its_optimum(case: Case) -> None:
    best = best_by_trying_all(case)

    plan = solve(case.problem)

    assert plan.objective == pytest.approx(best, rel=1e-6, abs=1e-6)
    assert plan.gap <= 1e-6 or plan.objective - plan.bound <= 1e-6


@every_solver
@hypothesis_settings(deadline=None, max_examples=8)
@given(case=cases(most_points=4, most_years=4))
def test_the_same_seed_gives_the_same_plan(name: str, case: Case) -> None:
    once, again = SOLVERS[name](case.problem), SOLVERS[name](case.problem)

    assert np.array_equal(once.intake, again.intake)
    assert (once.objective, once.bound) == (again.objective, again.bound)


@often
@given(case=cases(most_points=3))
def test_other_names_and_another_order_of_rows_cost_the_same(case: Case) -> None:
    renamed = Case(
        [replace(row, college=f"新{row.college}", programme=f"专{row.programme}") for row in reversed(case.points)],
        [replace(row, programme=f"专{row.programme}") for row in reversed(case.links)],
        list(reversed(case.demands)),
        [replace(row, college=f"新{row.college}") for row in reversed(case.limits)],
        [replace(row, programme=f"专{row.programme}") for row in case.uses],
        case.settings,
    )

    assert solve(renamed.problem).objective == pytest.approx(solve(case.problem).objective, rel=1e-6, abs=1e-6)


@often
@given(case=cases(most_points=4, most_years=4))
def test_the_relaxation_is_feasible_and_no_dearer_than_a_whole_plan_without_openings(case: Case) -> None:
    free = case.where(open=0.0, close=0.0, max_change=None)

    relaxed = solve(free.where(relax=True).problem)

    verdict = verdict_on(free.where(relax=True), relaxed)
    assert verdict.faults == ()
    assert verdict.objective == pytest.approx(relaxed.objective, rel=1e-6, abs=1e-6)
    assert relaxed.objective <= solve(free.problem).objective + 1e-6


@often
@given(case=cases(most_points=4, most_years=4))
def test_the_relaxation_without_the_years_that_count_for_nothing_has_the_same_value(case: Case) -> None:
    problem = case.where(relax=True, max_change=None).problem
    whole = highs_of(linear_of(problem, Kind.RELAXED), {})
    whole.run()

    found = solve(problem)

    assert found.objective == pytest.approx(whole.getInfo().objective_function_value, rel=1e-6, abs=1e-6)


@often
@given(case=cases(most_points=4, most_years=3))
def test_the_relaxation_has_a_plan_or_names_the_limit_that_forbids_it(case: Case) -> None:
    tight = case.where(relax=True, max_change=0.1)

    conflict = conflict_of(tight.problem)

    if conflict is None:
        assert verdict_on(tight, solve(tight.problem)).faults == ()
    else:
        assert conflict.needed > conflict.there
        with pytest.raises(ChanjiaoError, match=r"planning\.conflict"):
            solve(tight.problem)


@often
@given(case=cases(most_points=3))
def test_robust_never_costs_less_than_expected(case: Case) -> None:
    expected, robust = case.where(robust=False), case.where(robust=True)

    assert solve(robust.problem).objective >= solve(expected.problem).objective - 1e-6
