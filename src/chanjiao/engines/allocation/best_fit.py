"""Best fit: the placement with the highest total fit, and prices that prove how close to the optimum it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.fits import fits_of
from chanjiao.engines.allocation.linear import counted_choices, solve_linear
from chanjiao.engines.allocation.outcome import Dual, Outcome, filled, outcome_of
from chanjiao.engines.allocation.prices import COMPILED_FROM, solve_by_prices
from chanjiao.engines.allocation.problem import Bools, Ints, Limit, Problem, check_lists, student_of_choice
from chanjiao.engines.errors import ChanjiaoError

Reals = NDArray[np.float64]
_PROMISING = 3  # choices a student


def shortfall_price(fit: Reals) -> float:
    """What a place by which a minimum quota is missed costs: twice the largest fit, and at least 1."""
    return 2.0 * max(float(np.abs(fit).max()) if fit.size else 0.0, 0.5)


def best_fit(problem: Problem) -> Outcome:
    """The placement whose total fit is as high as possible under capacities, minimum quotas and limits, with its dual.

    Not stable, not strategy-proof. `objective` is total fit minus `shortfall_price` for each place by which a minimum
    is missed; `bound` no placement exceeds. Without quotas and limits the optimum is exact when fits are whole
    numbers or have at most four decimals (in 29 bits), else within students · 2^-29 of the largest fit; with them the
    gap is at most 0.01 % where HiGHS finds it. Deterministic.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> outcome = best_fit(problem_of([1, 1], [0, 2, 4], [0, 1, 0, 1], [50.0, 40.0, 60.0, 10.0]))
    >>> outcome.seat.tolist(), outcome.objective, outcome.bound
    ([1, 0], 100.0, 100.0)
    """
    if problem.reserves:
        raise ChanjiaoError("allocation.reserves_need_stable")
    if problem.together:
        raise ChanjiaoError("allocation.groups_need_together")
    check_lists(problem, compiled=problem.seat.size >= COMPILED_FROM)
    fit = fits_of(problem)
    chosen, price = solve_by_prices(problem, fit)
    none = np.zeros(len(problem.limits))
    outcome = _outcome(problem, fit, chosen, Dual(price, np.zeros(problem.seats), none, none))
    if outcome.shortfall == 0 and _within_limits(problem, outcome):
        return outcome  # quotas and limits do not bind: the same prices prove it
    chosen, dual = solve_linear(problem, fit, shortfall_price(fit), among=_promising(problem, fit, price))
    return _outcome(problem, fit, chosen, dual)


def _promising(problem: Problem, fit: Reals, price: Reals) -> Bools:
    """The choices nearest to being best at the prices of capacities alone, a few for each student."""
    most = _PROMISING * problem.students
    if most >= fit.size:
        return np.ones(fit.size, np.bool_)
    net = fit - price[problem.seat]
    listed = problem.start[:-1][problem.start[:-1] < problem.start[1:]]
    best = np.maximum(np.maximum.reduceat(net, listed), 0.0)
    loss = np.repeat(best, np.diff(problem.start)[np.diff(problem.start) > 0]) - net
    return np.asarray(loss <= np.partition(loss, most)[most])


def _outcome(problem: Problem, fit: Reals, chosen: Bools, dual: Dual) -> Outcome:
    held: Ints = np.full(problem.students, -1, np.int64)
    choice = np.flatnonzero(chosen)
    held[np.searchsorted(problem.start, choice, side="right") - 1] = choice
    outcome = outcome_of(problem, "best-fit", held)
    missing = _missing(problem, outcome)
    total = float(fit[choice].sum())
    bound = _bound(problem, fit, dual)
    return replace(outcome, objective=total - shortfall_price(fit) * missing, bound=bound, dual=dual, shortfall=missing)


def _within_limits(problem: Problem, outcome: Outcome) -> bool:
    return all(_placed_at(limit, outcome) <= limit.maximum for limit in problem.limits)


def _placed_at(limit: Limit, outcome: Outcome) -> int:
    placed = outcome.seat if limit.members is None else outcome.seat[limit.members]
    return int(np.isin(placed, limit.seats).sum())


def _missing(problem: Problem, outcome: Outcome) -> int:
    missing = int(np.maximum(problem.minimum - filled(problem, outcome), 0).sum())
    for limit in problem.limits:
        missing += max(limit.minimum - _placed_at(limit, outcome), 0)
    return missing


def prices_of_choices(problem: Problem, dual: Dual) -> Reals:
    """What each choice costs: the price of its seat and of every limit that counts it, less the rewards of minima."""
    price = (dual.seat + dual.below)[problem.seat]
    if problem.limits:
        student = student_of_choice(problem)
        price_of_limit = dual.limit + dual.limit_below
        for index in np.flatnonzero(price_of_limit).tolist():
            price[counted_choices(problem, student, index)] += price_of_limit[index]
    return np.asarray(price, np.float64)


def _bound(problem: Problem, fit: Reals, dual: Dual) -> float:
    """The value of the dual: places at their prices plus what each student gains at best."""
    bound = float(problem.capacity @ dual.seat + problem.minimum @ dual.below)
    for index, limit in enumerate(problem.limits):
        bound += limit.maximum * float(dual.limit[index]) + limit.minimum * float(dual.limit_below[index])
    net = np.subtract(fit, prices_of_choices(problem, dual))
    listed = problem.start[:-1][problem.start[:-1] < problem.start[1:]]
    best = np.maximum.reduceat(net, listed) if listed.size else np.zeros(0)
    return bound + float(np.maximum(best, 0.0).sum())
