"""Indices of structure: similarity, deviation, coupling co-ordination, and the share that serves key chains.

The formulas are those used in Chinese studies of programme and industry structure; each docstring states its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LEAST_PEOPLE = 30
"""Below so many people on either side an index of structure is noise, and none is given."""
DRAWS = 400
GRADE_WEIGHTS = {"A": 3.0, "B": 2.0, "C": 1.0, "D": 0.0, "E": 0.0}
"""What a seat of each shortage grade counts for (Jiangxi 2023: 300 %, 200 %, 100 %, 0, 0); a default, not a rule."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Marks:
    """Fixed reference marks of a measure: `worst` scores 0, `best` scores 1; `best` may be the smaller one."""

    worst: float
    best: float

    def score(self, value: float) -> float:
        """The place of `value` between the marks, in [0, 1].

        >>> Marks(0, 200).score(50), Marks(10, 2).score(4), Marks(0, 1).score(7)
        (0.25, 0.75, 1.0)
        """
        return min(1.0, max(0.0, (value - self.worst) / (self.best - self.worst)))


Amounts = Mapping[str, float]
"""People by category: occupation, chain, class of programmes."""


def structure_similarity(demand: Amounts, supply: Amounts) -> float | None:
    """H = Σxy / (√Σx² √Σy²) of two structures, in [0, 1]; None where a side is empty.

    >>> structure_similarity({"welder": 3, "clerk": 4}, {"welder": 30, "clerk": 40})
    1.0
    >>> structure_similarity({"welder": 1}, {"clerk": 1})
    0.0
    """
    # Shares and amounts give the same quotient, so no shares are taken.
    asked, brought = math.hypot(*demand.values()), math.hypot(*supply.values())
    if not asked or not brought:
        return None
    return min(1.0, sum(demand[key] / asked * (supply.get(key, 0.0) / brought) for key in demand))


def structural_deviations(demand: Amounts, supply: Amounts) -> dict[str, float]:
    """Dev = demand share / supply share − 1 by category; above 0 is too little supply, infinite where there is none.

    >>> structural_deviations({"welder": 60, "clerk": 40}, {"welder": 50, "clerk": 50})
    {'welder': 0.2, 'clerk': -0.2}
    """
    asked, brought = sum(demand.values()), sum(supply.values())
    if not asked or not brought:
        return {}
    result = {}
    for key in dict.fromkeys([*demand, *supply]):
        share, given = demand.get(key, 0.0) / asked, supply.get(key, 0.0) / brought
        if given:
            result[key] = round(share / given - 1, 12)
        elif share:
            result[key] = math.inf
    return result


def structural_deviation(demand: Amounts, supply: Amounts) -> float | None:
    """The mean of |Dev| over categories that both sides know; None where there is none.

    >>> structural_deviation({"welder": 60, "clerk": 40, "pilot": 0}, {"welder": 50, "clerk": 50})
    0.2
    """
    sizes = [abs(value) for value in structural_deviations(demand, supply).values() if math.isfinite(value)]
    return round(sum(sizes) / len(sizes), 12) if sizes else None


def coupling_coordination(scores: Sequence[float], weights: Sequence[float] | None = None) -> float | None:
    """D = √(C·T), C = p·(Πu)^(1/p) / Σu, T = Σ w·u, of p scores in [0, 1]; equal weights unless given.

    Scores must be taken against fixed marks (`Marks`), or D cannot be compared between years. None without a score
    or where all are 0.

    >>> coupling_coordination([0.5, 0.5]), coupling_coordination([0.9, 0.0])
    (0.7071067811865476, 0.0)
    """
    if not scores or not sum(scores):
        return None
    shares = [1 / len(scores)] * len(scores) if weights is None else [one / sum(weights) for one in weights]
    coupling = len(scores) * math.prod(scores) ** (1 / len(scores)) / sum(scores)
    return math.sqrt(coupling * sum(share * score for share, score in zip(shares, scores, strict=True)))


def shortage_grade(demand: float, supply: float, bounds: Sequence[float] = (2.0, 1.5, 1.0, 0.7)) -> str:
    """A to E by demand over supply: at least the first bound is A, below the last is E.

    >>> [shortage_grade(demand, 100) for demand in (250, 150, 100, 70, 10)], shortage_grade(5, 0), shortage_grade(0, 0)
    (['A', 'B', 'C', 'D', 'E'], 'A', 'E')
    """
    ratio = demand / supply if supply else (math.inf if demand else 0.0)
    return next((grade for grade, bound in zip("ABCD", bounds, strict=True) if ratio >= bound), "E")


def chain_share(
    rows: Iterable[tuple[float, str]], weights: Mapping[str, float] | None = None, *, total: float
) -> float | None:
    """Seats (or programmes) that serve key chains, each times the weight of its grade, over `total`; at most 1.

    `rows` holds (amount, grade) of those that serve a key chain. None where there is no total.

    >>> chain_share([(40, "A"), (40, "C"), (20, "E")], total=400)
    0.4
    """
    if not total:
        return None
    counted = GRADE_WEIGHTS if weights is None else weights
    return min(1.0, sum(amount * counted.get(grade, 0.0) for amount, grade in rows) / total)


def with_interval(
    index: Callable[[Amounts, Amounts], float | None], demand: Amounts, supply: Amounts, *, seed: int = 0
) -> Estimate | None:
    """An index of two structures with its interval, or None where either side has fewer than `LEAST_PEOPLE`.

    The interval is that of counts drawn anew (Poisson, `DRAWS` times): what another year of the same structure may
    show. Deterministic given the seed.
    """
    value = index(demand, supply)
    if value is None or min(sum(demand.values()), sum(supply.values())) < LEAST_PEOPLE:
        return None
    random = np.random.default_rng(seed)
    drawn = map(index, _redrawn(demand, random), _redrawn(supply, random))
    low, high = np.quantile([one for one in drawn if one is not None], [0.025, 0.975])
    return Estimate(value, min(value, float(low)), max(value, float(high)))


def _redrawn(amounts: Amounts, random: np.random.Generator) -> Iterator[dict[str, float]]:
    means = np.maximum(0.0, list(amounts.values()))
    for counts in random.poisson(means, (DRAWS, len(means))).tolist():
        yield dict(zip(amounts, counts, strict=True))
