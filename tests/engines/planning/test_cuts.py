"""Inequalities that join the prices hold for every whole plan, and lift the bound above that of prices alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chanjiao.engines.planning import Demand, Link, Point, problem_of
from chanjiao.engines.planning.arrays import Arrays, arrays_of
from chanjiao.engines.planning.cuts import Cuts
from chanjiao.engines.planning.linear import Kind, highs_of, linear_of
from chanjiao.engines.planning.prices import Prices
from chanjiao.engines.planning.sweeps import load

from .small import Case, cases

ONE_CLASS = problem_of(
    points=[Point("programmes.csv:2", "A", "welding", 1, 0, 120, 40, 40, 10, 10, 1.0)],
    links=[Link("links.csv:2", "welding", "welder", 1.0)],
    demands=[Demand(f"demand.csv:{year}", "welder", year, 50, 50, 50) for year in (2026, 2027)],
)


def test_a_bound_sees_that_a_class_is_taught_whole_or_not_at_all() -> None:
    shares = highs_of(linear_of(ONE_CLASS, Kind.SHARES), {})
    shares.run()
    prices = Prices(arrays_of(ONE_CLASS), 2)

    prices.climb(1000, lambda: False)

    # 50 short in 2026; then opening costs 10, one class of 40 leaves 10 short, and 40 seats more cost 0.04
    assert shares.getInfo().objective_function_value < 55
    assert 68 < prices.bound <= 70.04


@hypothesis_settings(deadline=None, max_examples=40)
@given(case=cases(most_points=4, most_years=4), seed=st.integers(0, 2**31))
def test_whatever_a_mean_of_plans_breaks_every_whole_plan_keeps(case: Case, seed: int) -> None:
    random = np.random.default_rng(seed)
    a, years = arrays_of(case.problem), len(case.problem.years)
    mean = [_random_plan(a, years, random) for _ in range(3)]
    seats = np.mean([np.maximum(level, 0) * a.step[:, None] for level in mean], axis=0)
    is_open = np.mean([level >= 0 for level in mean], axis=0)

    heads, entries = Cuts(a, years).broken(seats, is_open, 0.001)

    for _ in range(20):
        level = _random_plan(a, years, random)
        supply, used = np.zeros_like(a.short_at), np.zeros(len(a.amount))
        load(a, level, supply, used)
        hinges = (np.maximum(0, a.short_at - supply).ravel(), np.maximum(0, supply - a.surplus_at).ravel())
        total = [most + hinges[over][balance] for balance, over, most in heads]
        for cut, cell, per_seat, per_opening in entries:
            i, t = divmod(cell, years)
            total[cut] -= per_seat * max(0, level[i, t]) * a.step[i] + per_opening * (level[i, t] >= 0)
        assert all(left > -1e-6 for left in total)


def _random_plan(a: Arrays, years: int, random: np.random.Generator) -> np.ndarray:
    """Any states that points can have; limits and changes aside."""
    shape = (len(a.now), years)
    level = random.integers(a.first[:, None], np.maximum(a.first, a.last)[:, None] + 1, shape)
    return np.where((random.random(shape) < 0.3) | (a.last < a.first)[:, None], -1, level)
