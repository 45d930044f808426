"""Two points together find what neither finds alone."""

from __future__ import annotations

import numpy as np

from chanjiao.engines.planning import Demand, Limit, Link, Point, Use, problem_of
from chanjiao.engines.planning.arrays import arrays_of
from chanjiao.engines.planning.search import Search

WELDING = Point("programmes.csv:2", "A", "welding", 1, 40, 120, 40, 40, 100, 100, 1.0)
ACCOUNTING = Point("programmes.csv:3", "A", "accounting", 1, 80, 120, 40, 40, 100, 100, 0.5)


def test_where_a_limit_is_used_up_two_points_exchange_what_neither_can_change_alone() -> None:
    years = (2026, 2027)
    problem = problem_of(
        points=[WELDING, ACCOUNTING],
        links=[Link("links.csv:2", "welding", "welder", 1.0), Link("links.csv:3", "accounting", "clerk", 1.0)],
        demands=[
            Demand(f"demand.csv:{occupation}{year}", occupation, year, asked, asked, asked)
            for occupation, asked in (("welder", 120), ("clerk", 40))
            for year in years
        ],
        limits=[Limit(f"limits.csv:{year}", "A", year, "teachers", 12) for year in years],
        uses=[Use(f"uses.csv:{code}", code, "teachers", 0.1) for code in ("welding", "accounting")],
    )
    search = Search(arrays_of(problem), len(years), seed=0)

    search.take(np.array([[1, 1], [2, 2]]))
    alone = search.best_value
    search.exchange(1, lambda: False)

    assert alone == 160.0
    assert round(search.best_value, 2) == 140.08
    assert search.best[:, 0].tolist() == [2, 1]
