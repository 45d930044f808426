"""How good a ranking is: average precision, nDCG, reciprocal rank, recall, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Grades = Mapping[str, float]
Measure = Callable[[Sequence[str], Grades], float]


def average_precision(order: Sequence[str], grades: Grades) -> float:
    """The mean of the precision at each relevant place, over all that are relevant.

    >>> round(average_precision(["a", "x", "b"], {"a": 1, "b": 1}), 4)
    0.8333
    """
    found, total = 0, 0.0
    for place, one in enumerate(order, start=1):
        if grades.get(one, 0) > 0:
            found += 1
            total += found / place
    return total / max(1, _relevant(grades))


def reciprocal_rank(order: Sequence[str], grades: Grades) -> float:
    """One over the first relevant place, 0 where there is none.

    >>> reciprocal_rank(["x", "a"], {"a": 1})
    0.5
    """
    return next((1 / place for place, one in enumerate(order, start=1) if grades.get(one, 0) > 0), 0.0)


def ndcg(order: Sequence[str], grades: Grades, cut: int = 10) -> float:
    """Discounted cumulative gain of the first places over the best possible.

    >>> ndcg(["a", "b"], {"a": 2, "b": 1})
    1.0
    """
    gained = _gain([grades.get(one, 0.0) for one in order[:cut]])
    ideal = _gain(sorted(grades.values(), reverse=True)[:cut])
    return gained / ideal if ideal else 0.0


def _gain(grades: Sequence[float]) -> float:
    return float(sum((2**grade - 1) / np.log2(place + 1) for place, grade in enumerate(grades, start=1)))


def recall(order: Sequence[str], grades: Grades, cut: int) -> float:
    """The share of what is relevant among the first places.

    >>> recall(["a", "x", "b"], {"a": 1, "b": 1}, 2)
    0.5
    """
    return sum(grades.get(one, 0) > 0 for one in order[:cut]) / max(1, _relevant(grades))


def _relevant(grades: Grades) -> int:
    return sum(grade > 0 for grade in grades.values())


MEASURES: dict[str, Measure] = {
    "MAP": average_precision,
    "nDCG@10": ndcg,
    "MRR": reciprocal_rank,
    "R@5": lambda order, grades: recall(order, grades, 5),
    "R@10": lambda order, grades: recall(order, grades, 10),
    "R@50": lambda order, grades: recall(order, grades, 50),
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def estimate(values: Sequence[float], *, seed: int = 0, draws: int = 1000) -> Estimate:
    """The mean of values and its interval; the same seed gives the same interval.

    >>> estimate([1.0, 1.0, 1.0])
    Estimate(mean=1.0, low=1.0, high=1.0)
    """
    if not values:
        return Estimate(0.0, 0.0, 0.0)
    numbers = np.array(values)
    drawn = numbers[np.random.default_rng(seed).integers(len(numbers), size=(draws, len(numbers)))].mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(float(numbers.mean()), float(low), float(high))


def judged(orders: Mapping[str, Sequence[str]], relevance: Mapping[str, Grades]) -> dict[str, Estimate]:
    """Every measure over the queries that have something relevant."""
    asked = [query for query, grades in relevance.items() if any(grade > 0 for grade in grades.values())]
    return {
        name: estimate([measure(orders.get(query, ()), relevance[query]) for query in asked])
        for name, measure in MEASURES.items()
    }
