"""While openings are held the best intakes are a linear programme."""

from __future__ import annotations

import numpy as np
import pytest
from bench.planning_cities import region
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from chanjiao.engines.planning import Demand, Effort, Limit, Link, Point, Problem, Use, problem_of
from chanjiao.engines.planning.arrays import used_of
from chanjiao.engines.planning.held import Openings, rounded
from chanjiao.engines.planning.linear import never
from chanjiao.engines.planning.prices import Guide
from chanjiao.engines.planning.solve import search_only

from .small import Case, cases

PEOPLE = problem_of(
    points=[
        Point("programmes.csv:2", "A", "welding", 1, 40, 120, 1, 20, 100, 100, 1.0),
        Point("programmes.csv:3", "A", "milling", 1, 0, 120, 1, 20, 100, 100, 1.0),
    ],
    links=[Link("links.csv:2", "welding", "welder", 1.0), Link("links.csv:3", "milling", "miller", 1.0)],
    demands=[
        Demand(f"demand.csv:{name}{year}", name, year, asked, asked, asked)
        for name, asked in (("welder", 57.5), ("miller", 60))
        for year in (2026, 2027)
    ],
    limits=[Limit("limits.csv:2", "A", 2026, "teachers", 5.75)],
    uses=[Use(f"uses.csv:{name}", name, "teachers", 0.1) for name in ("welding", "milling")],
)


def test_a_closed_point_stays_closed_and_an_open_one_takes_what_the_limit_leaves() -> None:
    held = Openings(PEOPLE).held(np.array([[40, 40], [-1, -1]]), _no_guide(PEOPLE), 60.0, never)

    assert held is not None
    assert np.round(held.steps[:, 0], 3).tolist() == [57.5, 0.0]


def test_rounding_up_where_a_limit_would_break_is_rounding_down() -> None:
    level = rounded(PEOPLE, np.array([[40, 40], [-1, -1]]), np.array([[57.5, 57.6], [0.0, 0.0]]))

    assert level.tolist() == [[57, 58], [-1, -1]]


def test_first_order_steps_find_what_highs_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = region(colleges=2, programmes=20, occupations=20, years=5, points=30, seed=1, steps=(1,))
    problem = problem_of(**rows.keywords())
    level = np.repeat(np.where(problem.seats_now > 0, problem.first_level, -1)[:, None], 5, axis=1)
    exact = Openings(problem).held(level, _no_guide(problem), 60.0, never)
    monkeypatch.setattr("chanjiao.engines.planning.held.STEPS_FROM", 0)
    monkeypatch.setattr("chanjiao.engines.planning.held.NEAR_ENOUGH", 1e-3)

    found = Openings(problem).held(level, _no_guide(problem), 60.0, never)

    assert exact is not None
    assert found is not None
    assert exact.value * (1 - 1e-6) <= found.value <= exact.value * (1 + 1.01e-3)
    seats = found.steps * problem.step[:, None]
    assert (used_of(problem, seats) <= problem.limit_amount * (1 + 1e-9)).all()
    assert (found.steps[level < 0] == 0).all()
    assert (found.steps >= np.maximum(level, 0)).all()


def _no_guide(problem: Problem) -> Guide:
    nothing = np.zeros_like(problem.expected)
    return Guide(nothing, nothing, np.zeros(len(problem.limits)), np.zeros((len(problem.points), len(problem.years))))


@hypothesis_settings(deadline=None, max_examples=20)
@given(case=cases())
def test_no_plan_with_the_same_openings_costs_less_and_rounding_keeps_every_limit(case: Case) -> None:
    plan = search_only(case.problem, Effort(rounds=1))
    steps = np.rint(plan.intake / case.problem.step[:, None]).astype(np.int64)
    level = np.where(plan.is_open, steps, -1)

    held = Openings(case.problem).held(level, _no_guide(case.problem), 60.0, never)

    assert held is not None
    assert held.value <= plan.objective + 1e-5 * (1 + plan.objective)
    nearest = rounded(case.problem, level, held.steps)
    assert ((nearest >= 0) == plan.is_open).all()
    used = used_of(case.problem, np.maximum(nearest, 0) * case.problem.step[:, None])
    assert (used <= case.problem.limit_amount + 1e-6 * (1 + case.problem.limit_amount)).all()
