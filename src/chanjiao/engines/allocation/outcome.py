"""What a method returns: who sits where, what proves it, and the figures every round publishes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.problem import Ints, Ints32, Problem

Reals = NDArray[np.float64]
ENGINE, VERSION = "chanjiao.allocation", "1"
"""What a certificate names as the maker of a placement."""


@dataclass(frozen=True, slots=True, eq=False)
class Dual:
    """Prices that prove a bound on the total fit: one of each seat, of each limit's maximum and minimum.

    `below` (≤ 0) rewards a seat whose minimum is short. The bound is recomputed by `verify.dual_bound`.
    """

    seat: Reals
    below: Reals
    limit: Reals
    limit_below: Reals


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Where each student is placed: `seat` (-1 for none) and `position` in the own list (0-based, -1 for none)."""

    method: str
    seat: Ints32
    position: Ints32
    closed: tuple[int, ...] = ()
    objective: float | None = None
    bound: float | None = None
    dual: Dual | None = None
    shortfall: int = 0
    notes: dict[str, float] = field(default_factory=dict)

    @property
    def placed(self) -> int:
        """The number of students with a place."""
        return int(np.count_nonzero(self.seat >= 0))


def outcome_of(problem: Problem, method: str, held: Ints, closed: tuple[int, ...] = ()) -> Outcome:
    """An outcome from the choice (index into `problem.seat`, -1 for none) that each student holds."""
    placed = held >= 0
    seat = np.full(held.size, -1, np.int32)
    seat[placed] = problem.seat[held[placed]]
    position = np.where(placed, held - problem.start[:-1], -1).astype(np.int32)
    return Outcome(method, seat, position, closed)


def filled(problem: Problem, outcome: Outcome) -> Ints:
    """The number of students placed at each seat."""
    return np.bincount(outcome.seat[outcome.seat >= 0], minlength=problem.seats).astype(np.int64)


def rank_histogram(outcome: Outcome) -> Ints:
    """How many students hold their first, second, … choice."""
    return np.bincount(outcome.position[outcome.position >= 0]).astype(np.int64)
