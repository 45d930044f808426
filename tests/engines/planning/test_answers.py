"""What an answer tells: prices of limits, reasons of changes, least change, scenarios, and a city in seconds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bench.planning_cities import city, region

from chanjiao.engines.planning import (
    Demand,
    Effort,
    Limit,
    Link,
    Plan,
    Point,
    Problem,
    Settings,
    Use,
    problem_of,
    solve,
)
from chanjiao.engines.planning.explain import Direction, changes_of, prices_of
from chanjiao.engines.planning.scenarios import compared
from chanjiao.engines.planning.solve import search_only

from .small import Case, verdict_on

WELDING = Point("programmes.csv:2", "A", "welding", 1, 40, 120, 20, 20, 10, 10, 1.0)
ACCOUNTING = Point("programmes.csv:3", "A", "accounting", 1, 100, 120, 20, 20, 10, 10, 1.0)
LINKS = [Link("links.csv:2", "welding", "welder", 1.0), Link("links.csv:3", "accounting", "clerk", 1.0)]


def region_of_two(limit: float = 1000.0, **settings: object) -> Problem:
    demands = [
        Demand(f"demand.csv:{occupation}{year}", occupation, year, amount, amount, amount)
        for occupation, amount in (("welder", 120), ("clerk", 60))
        for year in range(2026, 2030)
    ]
    return problem_of(
        points=[WELDING, ACCOUNTING],
        links=LINKS,
        demands=demands,
        limits=[Limit(f"limits.csv:{year}", "A", year, "teachers", limit) for year in range(2026, 2030)],
        uses=[Use("uses.csv:2", "welding", "teachers", 0.1), Use("uses.csv:3", "accounting", "teachers", 0.1)],
        settings=Settings(**settings),  # type: ignore[arg-type]
    )


def test_forty_fewer_in_accounting_are_explained_by_its_occupation() -> None:
    problem = region_of_two()

    change = next(one for one in changes_of(problem, solve(problem)) if one.point == 1)

    assert (change.direction, change.before, change.intake[:3]) == (Direction.FEWER, 100, (60, 60, 60))
    cause = change.causes[0]
    assert (cause.occupation, round(cause.gap_today), round(cause.gap_planned)) == ("clerk", -40, 0)
    assert change.saving == pytest.approx(3 * 0.5 * 40 - 0.001 * 40, abs=0.1)


def test_a_tight_limit_is_priced_by_the_openings_that_one_more_unit_closes() -> None:
    problem = region_of_two(limit=16.0)

    price = prices_of(problem, solve(problem))[0]

    assert price.used == pytest.approx(16)
    assert price.openings == pytest.approx(10, rel=0.01)


def test_what_would_break_a_limit_if_kept_is_named() -> None:
    problem = region_of_two(limit=16.0)

    changes = changes_of(problem, solve(problem))

    assert changes[1].forbidden[:3] == (0, 1, 2)


def test_among_equal_plans_the_one_nearest_to_today_is_chosen() -> None:
    idle = problem_of(
        points=[replace(WELDING, close_cost=0.0), replace(WELDING, programme="idle", place="p:9", seats_now=60.0)],
        links=LINKS,
        demands=[Demand(f"d:{year}", "welder", year, 40, 40, 40) for year in (2026, 2027)],
        settings=Settings(change=0.0, open=0.0, close=0.0),
    )

    for answer in (solve(idle), search_only(idle, Effort(rounds=1))):
        assert answer.intake.tolist() == [[40.0, 40.0], [60.0, 60.0]]


def test_scenarios_stand_side_by_side_with_their_distance_from_the_first() -> None:
    rows, plans = compared({"today": region_of_two(), "fewer teachers": region_of_two(limit=10.0)})

    assert [row.name for row in rows] == ["today", "fewer teachers"]
    assert rows[0].distance == 0
    assert rows[1].seats < rows[0].seats
    assert rows[1].shortage == pytest.approx(plans["fewer teachers"].objective, rel=0.2)


def test_a_bound_given_by_prices_lies_below_the_optimum_and_near_it() -> None:
    rows = region(colleges=2, programmes=8, occupations=8, years=3, points=8, seed=3)
    problem = problem_of(**rows.keywords())  # type: ignore[arg-type]

    exact, priced = solve(problem), search_only(problem, Effort(rounds=4))

    assert exact.gap <= 1e-6
    assert priced.bound <= exact.objective + 1e-6 <= priced.objective + 2e-6
    assert priced.objective <= exact.objective * 1.05


def test_a_city_is_planned_within_one_per_cent_in_one_round() -> None:
    rows = city()
    case = Case(rows.points, rows.links, rows.demands, rows.limits, rows.uses, Settings())

    plan = solve(case.problem, Effort(seconds=600, rounds=1))

    verdict = verdict_on(case, plan)
    assert verdict.faults == ()
    assert verdict.objective == pytest.approx(plan.objective, rel=1e-6)
    assert plan.gap <= 0.01


def test_the_relaxed_city_closes_to_its_dual() -> None:
    rows = city()
    case = Case(rows.points, rows.links, rows.demands, rows.limits, rows.uses, Settings(relax=True))

    plan = solve(case.problem, Effort(seconds=600))

    assert verdict_on(case, plan).faults == ()
    assert plan.gap <= 1e-6
    assert np.all(plan.prices >= 0)


def test_stopped_at_once_it_still_gives_a_plan() -> None:
    rows = region(colleges=3, programmes=80, occupations=90, years=8, points=150, seed=1)
    case = Case(rows.points, rows.links, rows.demands, rows.limits, rows.uses, Settings())

    plan: Plan = solve(case.problem, Effort(seconds=0.001))

    assert verdict_on(case, plan).faults == ()
    assert plan.bound <= plan.objective


@pytest.mark.parametrize(("points", "steps"), [(30, 3), (150, 3), (150, 0)])
def test_asked_to_stop_it_ends_long_before_its_time_with_its_best_plan_and_a_bound(points: int, steps: int) -> None:
    rows = region(colleges=3, programmes=80, occupations=90, years=8, points=points, seed=1)
    case = Case(rows.points, rows.links, rows.demands, rows.limits, rows.uses, Settings())
    asked = iter([False] * steps)

    plan = solve(case.problem, Effort(seconds=3600, gap=0.0, stopped=lambda: next(asked, True)))

    verdict = verdict_on(case, plan)
    assert verdict.faults == ()
    assert verdict.objective == pytest.approx(plan.objective, rel=1e-6)
    assert 0 < plan.gap <= 1
