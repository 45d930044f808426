"""The objective of a plan, from its arrays."""

from __future__ import annotations

import numpy as np

from chanjiao.engines.planning.arrays import supply_of
from chanjiao.engines.planning.problem import Floats, Indices, Problem


def whole_objective(problem: Problem, level: Indices) -> float:
    """The objective of a plan in whole steps (n × T, −1 for closed)."""
    settings = problem.settings
    intake, is_open = np.maximum(level, 0) * problem.step[:, None], level >= 0
    was_open = np.concatenate([(problem.seats_now > 0)[:, None], is_open[:, :-1]], axis=1)
    opened = (is_open & ~was_open).sum(axis=1) @ problem.open_cost
    closed = (was_open & ~is_open).sum(axis=1) @ problem.close_cost
    flows = flow_objective(problem, intake, supply_of(problem, intake))
    return float(flows + settings.open * opened + settings.close * closed)


def flow_objective(problem: Problem, intake: Floats, supply: Floats) -> float:
    """Shortage, surplus and change of intake, weighted."""
    settings = problem.settings
    before = np.concatenate([problem.seats_now[:, None], intake[:, :-1]], axis=1)
    short = np.maximum(0, problem.short_against - supply).sum()
    over = np.maximum(0, supply - problem.surplus_against).sum()
    return float(settings.shortage * short + settings.surplus * over + settings.change * np.abs(intake - before).sum())
