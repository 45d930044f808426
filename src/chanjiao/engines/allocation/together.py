"""Friends, couples, teams: students who want the same seat or none, placed so that nobody is passed over.

A stable placement need not exist then, and finding one is hard (McDermid and Manlove 2010). What always exists is a
best placement *without justified envy*: one cut-off for each seat, everybody at the best seat whose cut-off is met. The
cost is places that stay free because the next in line is a group that does not fit.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, replace

import numpy as np

from chanjiao.engines.allocation.outcome import Outcome
from chanjiao.engines.allocation.problem import Problem, check_lists
from chanjiao.engines.errors import ChanjiaoError

Standing = tuple[float, int]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A group, or a student alone: who, and the own list as (seat, standing), seats too small left out."""

    students: tuple[int, ...]
    wishes: tuple[tuple[int, Standing], ...]


def together(problem: Problem) -> Outcome:
    """The placement without justified envy that every student likes best among all such placements.

    A group stands at a seat where its lowest member stands (score, then lottery). A seat admits from the top as long as
    the next fits, and nobody behind the first who does not. So no student ever has a seat that a higher student or
    group prefers; at most the largest group less one places of a wanted seat stay free. Without groups it is the stable
    placement. Not strategy-proof with groups. Minimum quotas close seats as in `stable`. O(E log q) proposals.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> pair = problem_of([2, 2], [0, 2, 4, 6], [0, 1, 0, 1, 0, 1], [90.0, 5, 60, 5, 70, 5], together=[[0, 1]])
    >>> together(pair).seat.tolist()
    [1, 1, 0]
    """
    if problem.limits:
        raise ChanjiaoError("allocation.limits_need_best_fit")
    if problem.reserves:
        raise ChanjiaoError("allocation.reserves_need_stable")
    check_lists(problem)
    units = units_of(problem)
    capacity, closed = problem.capacity.copy(), list[int]()
    while True:
        held = _proposed(units, capacity)
        count = np.zeros(problem.seats, np.int64)
        for unit, at in zip(units, held, strict=True):
            if at < len(unit.wishes):
                count[unit.wishes[at][0]] += len(unit.students)
        missing = problem.minimum - count
        missing[closed] = 0
        worst = problem.seats - 1 - int(missing[::-1].argmax()) if problem.seats else 0
        if not problem.seats or missing[worst] <= 0:
            return _outcome(problem, units, held, tuple(closed))
        closed.append(worst)
        capacity[worst] = 0


def units_of(problem: Problem) -> list[_Unit]:
    """Every group and every student alone, with the seats that are large enough for it."""
    grouped = {student for group in problem.together for student in group.tolist()}
    members = [tuple(group.tolist()) for group in problem.together if group.size]
    members += [(student,) for student in range(problem.students) if student not in grouped]
    score = np.zeros(problem.seat.size) if problem.score is None else problem.score.astype(np.float64)
    seat, scores, start = problem.seat.tolist(), score.tolist(), problem.start.tolist()
    number, capacity = (-problem.lottery.astype(np.int64)).tolist(), problem.capacity.tolist()
    units = []
    for students in members:
        one, wishes = students[0], []
        for turn in range(start[one + 1] - start[one]):
            if capacity[seat[start[one] + turn]] >= len(students):
                lowest = min((scores[start[s] + turn], number[s]) for s in students)
                wishes.append((seat[start[one] + turn], lowest))
        units.append(_Unit(students, tuple(wishes)))
    return units


def _proposed(units: list[_Unit], capacity: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[int]:
    """The wish that each unit holds (the length of its list for none): proposals until nobody is left to propose.

    A seat keeps its holders lowest first and a cut-off: the standing of the first that did not fit. It only rises, so
    the order of proposals does not matter.
    """
    room = capacity.tolist()
    holders: list[list[tuple[Standing, int]]] = [[] for _ in room]
    cutoff: list[Standing | None] = [None] * len(room)
    held = [0] * len(units)
    waiting = list(range(len(units)))[::-1]
    while waiting:
        unit = waiting.pop()
        own = units[unit]
        while held[unit] < len(own.wishes):
            seat, standing = own.wishes[held[unit]]
            bar = cutoff[seat]
            if bar is None or standing > bar:
                line = holders[seat]
                insort(line, (standing, unit))
                room[seat] -= len(own.students)
                while room[seat] < 0:
                    cutoff[seat], out = line.pop(0)
                    room[seat] += len(units[out].students)
                    if out != unit:
                        held[out] += 1
                        waiting.append(out)
                if cutoff[seat] is None or standing > cutoff[seat]:  # type: ignore[operator]
                    break
            held[unit] += 1
    return held


def _outcome(problem: Problem, units: list[_Unit], held: list[int], closed: tuple[int, ...]) -> Outcome:
    seat, position = np.full(problem.students, -1, np.int32), np.full(problem.students, -1, np.int32)
    for unit, at in zip(units, held, strict=True):
        if at < len(unit.wishes):
            for student in unit.students:
                own = problem.seat[problem.start[student] : problem.start[student + 1]]
                seat[student] = unit.wishes[at][0]
                position[student] = int(np.flatnonzero(own == seat[student])[0])
    return replace(Outcome("together", seat, position), closed=closed)
