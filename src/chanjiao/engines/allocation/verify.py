"""Proof that a placement is what it claims, by code that shares nothing with the solvers.

It reads scores and lottery as given (no packed keys), so a fault of the solvers' arithmetic cannot hide here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chanjiao.engines.allocation.outcome import Dual, Outcome
from chanjiao.engines.allocation.problem import Bools, Ints, Ints32, Problem
from chanjiao.engines.allocation.verify_together import pairs_of_groups, split_groups

_COMPILED_FROM = 2_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts of every kind of fault; `feasible` says that all but blocking pairs are 0.

    `unacceptable`: placed at a seat that is not in the own list (or at a position that names another seat).
    `over_capacity`: places given beyond the capacity, closed seats counting 0; `short_open`: open seats below their
    minimum; `over_limit`: students beyond a limit's maximum; `split`: groups that are not together. `examples` are
    blocking pairs (student, seat), at most 20.
    """

    unacceptable: int
    over_capacity: int
    short_open: int
    over_limit: int
    blocking_pairs: int
    examples: tuple[tuple[int, int], ...]
    placed: int
    split: int = 0

    @property
    def feasible(self) -> bool:
        """No student outside the own list, no seat or limit overfull, no group split."""
        return not (self.unacceptable or self.over_capacity or self.over_limit or self.split)

    @property
    def stable(self) -> bool:
        """Feasible and without a blocking pair."""
        return self.feasible and self.blocking_pairs == 0


def verify(problem: Problem, outcome: Outcome, *, compiled: bool | None = None) -> Verdict:
    """The verdict over a placement: lists, capacities, minimum quotas, limits, and every blocking pair.

    A pair blocks when the student prefers the seat to the own place and the seat, with its reserves, would take the
    student: a place is free or somebody with a lower (score, lottery) would have to go. Closed seats have no places.
    Where students want the same seat or none (`together`), see `pairs_of_groups`. O(E) time.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> problem = problem_of([1, 1], [0, 2, 4], [0, 1, 0, 1], [50.0, 90.0, 60.0, 40.0])
    >>> wrong = Outcome("stable", np.array([0, 1], np.int32), np.array([0, 1], np.int32))
    >>> verify(problem, wrong).examples
    ((1, 0),)
    """
    large = problem.seat.size >= _COMPILED_FROM if compiled is None else compiled
    held = _held_choice(problem, outcome, compiled=large)
    unacceptable = int(np.count_nonzero(held == -2))
    taken = outcome.seat[(outcome.seat >= 0) & (outcome.seat < problem.seats)]
    count = np.bincount(taken, minlength=problem.seats)
    room = problem.capacity.copy()
    room[list(outcome.closed)] = 0
    is_open = np.ones(problem.seats, np.bool_)
    is_open[list(outcome.closed)] = False
    pairs, examples = _blocking(problem, held, count, room, large) if not unacceptable else (0, ())
    return Verdict(
        unacceptable=unacceptable,
        over_capacity=int(np.maximum(count - room, 0).sum()),
        short_open=int(np.count_nonzero((count < problem.minimum) & is_open)),
        over_limit=_over_limit(problem, outcome),
        blocking_pairs=pairs,
        examples=examples,
        placed=int(taken.size),
        split=split_groups(problem, outcome),
    )


def dual_bound(
    problem: Problem, fit: np.ndarray[tuple[int, ...], np.dtype[np.float64]], dual: Dual, most: float
) -> float:
    """What no placement can exceed, by weak duality: every student at the best choice after prices, all places paid.

    Bound = Σ capacity·price − Σ minimum·reward + Σ over students of max(0, fit − prices of the choice). Any prices of
    the right sign give a valid bound as long as no reward exceeds `most`, what a missing place of a minimum costs the
    objective; prices of the wrong sign count 0, larger rewards `most`.
    """
    seat_price = np.maximum(dual.seat, 0.0)
    reward = np.clip(-dual.below, 0.0, most)
    net = fit - (seat_price - reward)[problem.seat]
    bound = float(problem.capacity @ seat_price) - float(problem.minimum @ reward)
    student = np.repeat(np.arange(problem.students), np.diff(problem.start))
    for index, limit in enumerate(problem.limits):
        price, bonus = max(float(dual.limit[index]), 0.0), min(max(-float(dual.limit_below[index]), 0.0), most)
        bound += limit.maximum * price - limit.minimum * bonus
        counted = np.isin(problem.seat, limit.seats)
        if limit.members is not None:
            counted &= np.isin(student, limit.members)
        net[counted] -= price - bonus
    listed = problem.start[:-1] < problem.start[1:]
    if not listed.any():
        return bound
    best = np.maximum.reduceat(net, problem.start[:-1][listed])
    return bound + float(np.maximum(best, 0.0).sum())


def shortfall(problem: Problem, outcome: Outcome) -> int:
    """Places by which minimum quotas of open seats and limits are missed, added up."""
    count = np.bincount(outcome.seat[outcome.seat >= 0], minlength=problem.seats)
    least = problem.minimum.copy()
    least[list(outcome.closed)] = 0
    missing = int(np.maximum(least - count, 0).sum())
    for limit in problem.limits:
        missing += max(limit.minimum - _counted(limit.seats, limit.members, outcome), 0)
    return missing


def objective(problem: Problem, fit: np.ndarray[tuple[int, ...], np.dtype[np.float64]], outcome: Outcome) -> float:
    """The total fit of the placed students."""
    held = _held_choice(problem, outcome)
    return float(fit[held[held >= 0]].sum())


def _held_choice(problem: Problem, outcome: Outcome, *, compiled: bool = False) -> Ints:
    """The choice that each student holds; -1 for none, -2 where seat and position do not belong together."""
    if compiled:
        from chanjiao.engines.allocation.verify_compiled import held_choices

        return np.asarray(held_choices(problem.start, problem.seat, outcome.seat, outcome.position), np.int64)
    length = np.diff(problem.start)
    position = outcome.position.astype(np.int64)
    seat = outcome.seat
    held = np.where(position >= 0, problem.start[:-1] + position, -1)
    wrong = (position >= length) | ((position < 0) != (seat < 0))
    inside = np.flatnonzero((held >= 0) & ~wrong)
    held[wrong] = -2
    held[inside[problem.seat[held[inside]] != seat[inside]]] = -2
    return held


def _over_limit(problem: Problem, outcome: Outcome) -> int:
    return sum(max(_counted(one.seats, one.members, outcome) - one.maximum, 0) for one in problem.limits)


def _counted(seats: Ints32, members: Ints32 | None, outcome: Outcome) -> int:
    inside = np.isin(outcome.seat, seats)
    if members is not None:
        chosen = np.zeros(outcome.seat.size, np.bool_)
        chosen[members] = True
        inside &= chosen
    return int(np.count_nonzero(inside))


def _blocking(
    problem: Problem, held: Ints, count: Ints, room: Ints, compiled: bool
) -> tuple[int, tuple[tuple[int, int], ...]]:
    if problem.together:
        pairs = pairs_of_groups(problem, held, room)
        return len(pairs), tuple(pairs[:20])
    special = np.zeros(problem.seats, np.bool_)
    special[[reserve.seat for reserve in problem.reserves]] = True
    if compiled and not special.any():
        from chanjiao.engines.allocation.verify_compiled import blocking_pairs

        return blocking_pairs(problem, held, count, room)
    pairs = _plain_pairs(problem, held, count, room, special)
    for seat in np.flatnonzero(special & (room > 0)).tolist():
        pairs += _reserve_pairs(problem, held, seat, int(room[seat]))
    return len(pairs), tuple(pairs[:20])


def _envied(problem: Problem, held: Ints) -> tuple[Ints, Ints]:
    """Every (student, choice) where the choice is better than what the student holds."""
    end = np.where(held >= 0, held, problem.start[1:])
    wanted = end - problem.start[:-1]
    student = np.repeat(np.arange(problem.students), wanted)
    choice = np.arange(student.size) + np.repeat(problem.start[:-1] - (np.cumsum(wanted) - wanted), wanted)
    return student, choice


def _plain_pairs(problem: Problem, held: Ints, count: Ints, room: Ints, special: Bools) -> list[tuple[int, int]]:
    holder = np.flatnonzero(held >= 0)
    worst_score, worst_lottery = _worst(problem, holder, held[holder])
    student, choice = _envied(problem, held)
    seat = problem.seat[choice]
    own = np.zeros(choice.size) if problem.score is None else problem.score[choice].astype(np.float64)
    higher = (own > worst_score[seat]) | ((own == worst_score[seat]) & (problem.lottery[student] < worst_lottery[seat]))
    blocks = ((count < room)[seat] | (higher & (count > 0)[seat])) & (room > 0)[seat] & ~special[seat]
    return list(zip(student[blocks].tolist(), seat[blocks].tolist(), strict=True))


def _worst(problem: Problem, holder: Ints, choice: Ints) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], Ints]:
    """The lowest score held at each seat, and the latest lottery number among those with that score."""
    seat = problem.seat[choice]
    score = np.zeros(choice.size) if problem.score is None else problem.score[choice].astype(np.float64)
    lowest = np.full(problem.seats, np.inf)
    np.minimum.at(lowest, seat, score)
    last = score == lowest[seat]
    latest = np.full(problem.seats, -1, np.int64)
    np.maximum.at(latest, seat[last], problem.lottery[holder[last]].astype(np.int64))
    return lowest, latest


def _reserve_pairs(problem: Problem, held: Ints, seat: int, room: int) -> list[tuple[int, int]]:
    """Blocking pairs of a seat with reserves: would its choice from holders and the applicant take the applicant?"""
    holders = [int(s) for s in np.flatnonzero(held >= 0) if problem.seat[held[s]] == seat]
    student, choice = _envied(problem, held)
    here = problem.seat[choice] == seat
    applicants = student[here].tolist()
    standing = {}
    for one, at in [*zip(applicants, choice[here].tolist(), strict=True), *((s, int(held[s])) for s in holders)]:
        score = 0.0 if problem.score is None else float(problem.score[at])
        standing[one] = (score, -int(problem.lottery[one]))
    reserves = [(r.places, set(r.members.tolist())) for r in problem.reserves if r.seat == seat]
    return [(one, seat) for one in applicants if one in _chosen([*holders, one], standing, reserves, room)]


def _chosen(
    pool: list[int], standing: dict[int, tuple[float, int]], reserves: list[tuple[int, set[int]]], room: int
) -> set[int]:
    """Whom a seat takes: the best members for each reserve, then the best of the rest for all places left."""
    ranked = sorted(pool, key=lambda one: standing[one], reverse=True)
    taken: list[int] = []
    for places, members in reserves:
        taken += [one for one in ranked if one in members][:places]
    taken += [one for one in ranked if one not in set(taken)][: room - len(taken)]
    return set(taken)
