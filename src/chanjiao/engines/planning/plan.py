"""What a solver is given beside the problem, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.planning.arrays import supply_of
from chanjiao.engines.planning.linear import never
from chanjiao.engines.planning.objective import whole_objective
from chanjiao.engines.planning.problem import Floats, Indices, Problem

Progress = Callable[[float, float], None]
"""Called with the best objective and the best bound so far."""


@dataclass(frozen=True, slots=True)
class Effort:
    """When to stop: after `seconds`, at a gap of at most `gap`, after `rounds`, or when `stopped`, whichever is first.

    An answer depends on the seed alone when `rounds` or `gap` stop it, and on the machine where `seconds` do.
    """

    seconds: float = 60.0
    gap: float = 1e-6
    rounds: int = 10_000
    seed: int = 0
    stopped: Callable[[], bool] = never


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Intake (n × T), openness, supply (O × T), objective, bound, the price of each limit (L), and how it was found."""

    intake: Floats
    is_open: NDArray[np.bool_]
    supply: Floats
    objective: float
    bound: float
    prices: Floats
    method: str
    seconds: float

    @property
    def gap(self) -> float:
        """(objective − bound) / objective, 0 where both are 0."""
        return max(0.0, self.objective - self.bound) / max(abs(self.objective), 1e-9)


def plan_of(problem: Problem, level: Indices, *, bound: float, prices: Floats, method: str, seconds: float) -> Plan:
    """The plan of `level` (n × T, −1 for closed); its bound is never above what it costs."""
    intake = np.maximum(level, 0) * problem.step[:, None]
    value = whole_objective(problem, level)
    supply = supply_of(problem, intake)
    return Plan(intake, level >= 0, supply, value, min(bound, value), prices, method, seconds)
