"""Reserved places as seats of their own: a seat with reserves becomes one part for each reserve and an open part."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from chanjiao.engines.allocation.problem import Ints, Problem, student_of_choice
from chanjiao.engines.allocation.standing import dense_standings


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The problem over parts, the seat of each part, and the original choice behind each choice of a part."""

    problem: Problem
    parent: Ints
    choice: Ints


def split_reserves(problem: Problem) -> Parts:
    """Parts on which ordinary deferred acceptance keeps the soft reserves.

    A member tries the own reserve, then the open places, then the other reserves; everybody else the open places,
    then the reserves. A reserve ranks its members before all others, so it fills with others only where members are
    too few. Order of parts: open parts keep their seat's number, reserves follow in the order given.
    """
    seats = problem.seats
    parent = np.concatenate([np.arange(seats), np.array([r.seat for r in problem.reserves], np.int64)])
    capacity = np.concatenate([problem.capacity, np.array([r.places for r in problem.reserves], np.int64)])
    np.subtract.at(capacity, parent[seats:], capacity[seats:])
    own = _own_reserve(problem)
    choice, part = _expanded(problem, own)
    standing = dense_standings(problem.score, problem.seat.size)[choice]
    standing |= np.where((part == own[choice]) & (part >= seats), np.uint32(2**31), np.uint32(0))
    start = np.searchsorted(choice, problem.start).astype(np.int64)
    split = replace(
        problem, capacity=capacity, start=start, seat=part.astype(np.int32), score=standing.astype(np.int64),
        minimum=np.zeros(capacity.size, np.int64), reserves=(),
    )  # fmt: skip
    return Parts(split, parent, choice)


def _own_reserve(problem: Problem) -> Ints:
    """The part (E) reserved for the student's own group at the seat of each choice, -1 for none."""
    own = np.full(problem.seat.size, -1, np.int64)
    student = student_of_choice(problem)
    member = np.zeros(problem.students, np.bool_)
    for index, reserve in enumerate(problem.reserves):
        member[reserve.members] = True
        own[(problem.seat == reserve.seat) & member[student]] = problem.seats + index
        member[reserve.members] = False
    return own


def _expanded(problem: Problem, own: Ints) -> tuple[Ints, Ints]:
    """For each choice its parts in the order in which the student tries them: (choice, part)."""
    at = np.array([reserve.seat for reserve in problem.reserves], np.int64)
    by_seat = np.argsort(at, kind="stable")
    first = np.searchsorted(at[by_seat], np.arange(problem.seats + 1))
    reserves = np.diff(first)[problem.seat]
    choice = np.repeat(np.arange(problem.seat.size, dtype=np.int64), reserves + 1)
    turn = np.arange(choice.size) - np.repeat(np.cumsum(reserves + 1) - reserves - 1, reserves + 1)
    mine = own[choice]
    seat = problem.seat[choice].astype(np.int64)
    slot = np.empty(at.size, np.int64)
    slot[by_seat] = np.arange(at.size)
    nth = turn - 1
    position = np.where(mine >= 0, slot[np.maximum(mine - problem.seats, 0)] - first[seat], np.iinfo(np.int64).max)
    nth = np.where(mine >= 0, turn - 2 + (turn - 2 >= position), nth)
    index = np.clip(first[seat] + nth, 0, max(at.size - 1, 0))
    other = problem.seats + by_seat[index]
    is_open = np.where(mine >= 0, turn == 1, turn == 0)
    part = np.where(is_open, seat, other)
    return choice, np.where((mine >= 0) & (turn == 0), mine, part)
