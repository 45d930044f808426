"""After a result: places given back go to the next in line, and a second round fills what is left. Nobody placed loses.

Whoever holds a place goes before everybody else at that place and asks only for better ones, so deferred acceptance
can move such a student up but never out. Without confirmed students and with the rules unchanged the answer is that of
a new run without those who withdrew (a smaller crowd hurts nobody: Crawford 1991).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from chanjiao.engines.allocation.outcome import Outcome, filled
from chanjiao.engines.allocation.problem import Bools, Ints, Ints32, Limit, Problem, Reserve
from chanjiao.engines.allocation.solve import solve
from chanjiao.engines.errors import ChanjiaoError


@dataclass(frozen=True, slots=True, eq=False)
class Continuation:
    """The `outcome` in the terms of the round as asked, and what was solved for it; `verify(problem, solved)` is proof.

    `problem` is the round with the places held put first: withdrawn students have empty lists, confirmed ones only
    their seat, the others nothing behind the place they hold; closed seats have no places.
    """

    outcome: Outcome
    problem: Problem
    solved: Outcome


def next_in_line(
    problem: Problem,
    outcome: Outcome,
    *,
    withdrawn: Iterable[int] = (),
    confirmed: Iterable[int] = (),
    method: str = "stable",
) -> Continuation:
    """`outcome` continued without those `withdrawn`: every other placed student keeps the place or gets a better one.

    `confirmed` students neither move up nor, without a place, take one. `problem` may be a later state of the round
    (longer lists, more places, other scores) as long as every place held is still listed: that is a second round.
    Stable for the places first come first kept; `best-fit` moves nobody who is placed and fills what is left.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> from chanjiao.engines.allocation.solve import solve
    >>> two = problem_of([1, 1], [0, 1, 3, 4], [0, 0, 1, 1], [90.0, 80.0, 70.0, 60.0])
    >>> before = solve(two)
    >>> before.seat.tolist(), next_in_line(two, before, withdrawn=[0]).outcome.seat.tolist()
    ([0, 1, -1], [-1, 0, 1])
    """
    gone, fixed = _marked(problem, withdrawn), _marked(problem, confirmed)
    held = _held(problem, outcome, gone)
    if method == "best-fit":
        fixed |= held >= 0
    for group in problem.together:
        fixed[group] |= bool(fixed[group].any())
    keep = _kept(problem, held, gone, fixed, drop_held=method == "best-fit")
    rest = _without(problem, outcome, keep, held, taken=method == "best-fit")
    solved = solve(rest, method)
    choice = np.flatnonzero(keep)
    at = np.where(solved.position >= 0, rest.start[:-1] + solved.position, 0)
    now = np.where(solved.position >= 0, choice[at] if choice.size else 0, np.where(fixed, held, -1))
    position = np.where(now >= 0, now - problem.start[:-1], -1).astype(np.int32)
    return Continuation(
        Outcome(method, _seats(problem, now), position, (*outcome.closed, *solved.closed)), rest, solved
    )


def _marked(problem: Problem, students: Iterable[int]) -> Bools:
    marked = np.zeros(problem.students, np.bool_)
    for student in students:
        if not 0 <= student < problem.students:
            raise ChanjiaoError("allocation.unknown_student", value=student)
        marked[student] = True
    return marked


def _held(problem: Problem, outcome: Outcome, gone: Bools) -> Ints:
    """The choice of `problem` that names the place each student holds, -1 for none."""
    held: Ints = np.full(problem.students, -1, np.int64)
    student = np.repeat(np.arange(problem.students), np.diff(problem.start))
    own = np.flatnonzero((problem.seat == outcome.seat[student]) & ~gone[student])
    held[student[own]] = own
    for one in np.flatnonzero((outcome.seat >= 0) & ~gone & (held < 0))[:1]:
        raise ChanjiaoError("allocation.place_not_listed", student=int(one), seat=int(outcome.seat[one]))
    return held


def _seats(problem: Problem, held: Ints) -> Ints32:
    """The seat of the choice that each student holds, -1 for none."""
    seat = np.full(held.size, -1, np.int32)
    seat[held >= 0] = problem.seat[held[held >= 0]]
    return seat


def _kept(problem: Problem, held: Ints, gone: Bools, fixed: Bools, *, drop_held: bool) -> Bools:
    """The choices that are still asked for."""
    student = np.repeat(np.arange(problem.students), np.diff(problem.start))
    choice = np.arange(problem.seat.size)
    own = held[student]
    keep = ~gone[student] & ((own < 0) | (choice <= own))
    return np.asarray(keep & np.where(fixed[student], (choice == own) & ~np.bool_(drop_held), True))


def _without(problem: Problem, outcome: Outcome, keep: Bools, held: Ints, *, taken: bool) -> Problem:
    """The round of the kept choices; the places held are set first, or taken out with `taken`."""
    start = np.concatenate([[0], np.cumsum(keep)])[problem.start].astype(np.int64)
    capacity = problem.capacity.copy()
    capacity[list(outcome.closed)] = 0
    count = np.bincount(problem.seat[held[held >= 0]], minlength=problem.seats)
    for seat in np.flatnonzero(count > capacity)[:1]:
        placed, value = int(count[seat]), int(capacity[seat])
        raise ChanjiaoError("allocation.places_gone", seat=int(seat), placed=placed, value=value)
    minimum = np.where((count > 0) | (capacity == 0), 0, problem.minimum)
    rest = replace(
        problem, capacity=capacity, minimum=minimum, start=start, seat=problem.seat[keep],
        score=None if problem.score is None else problem.score[keep],
    )  # fmt: skip
    if taken:
        limits = tuple(_less(limit, problem, held) for limit in problem.limits)
        return replace(rest, capacity=capacity - count, limits=limits)
    return replace(rest, score=_first(problem, held)[keep], reserves=_reserves(problem, held))


def _first(problem: Problem, held: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The scores, with the places held above all others."""
    score = np.zeros(problem.seat.size) if problem.score is None else problem.score.astype(np.float64)
    top = max(float(score.max(initial=0.0)), 0.0)
    score[held[held >= 0]] = top + max(top, 1.0)
    return score


def _reserves(problem: Problem, held: Ints) -> tuple[Reserve, ...]:
    """At seats with reserves the places held are one more reserve, and the others give up what their members hold."""
    reserves: list[Reserve] = []
    for seat in dict.fromkeys(reserve.seat for reserve in problem.reserves):
        here = np.flatnonzero(_seats(problem, held) == seat).astype(np.int32)
        left = int(problem.capacity[seat]) - here.size
        reserves.append(Reserve(seat, here.size, here))
        for reserve in problem.reserves:
            if reserve.seat == seat:
                places = min(max(reserve.places - int(np.isin(here, reserve.members).sum()), 0), left)
                left -= places
                reserves.append(Reserve(seat, places, _others(reserve.members, here)))
    return tuple(reserves)


def _others(members: Ints32, here: Ints32) -> Ints32:
    return np.setdiff1d(members, here).astype(np.int32)


def _less(limit: Limit, problem: Problem, held: Ints) -> Limit:
    inside = np.isin(_seats(problem, held), limit.seats)
    if limit.members is not None:
        inside &= np.isin(np.arange(held.size), limit.members)
    taken = int(inside.sum())
    return replace(limit, maximum=max(limit.maximum - taken, 0), minimum=max(limit.minimum - taken, 0))


def free_places(problem: Problem, outcome: Outcome) -> Ints:
    """The places of each seat that nobody holds; closed seats have none."""
    free = problem.capacity - filled(problem, outcome)
    free[list(outcome.closed)] = 0
    return free
