# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917
"""Blocking pairs of large rounds, compiled; part of the verifier and shared with nothing else."""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.allocation.problem import Ints, Problem


@njit(cache=True)
def held_choices(start, seat, placed, position):  # type: ignore[no-untyped-def]
    """The choice that each student holds; -1 for none, -2 where seat and position do not belong together."""
    held = np.empty(placed.size, np.int64)
    for student in range(placed.size):
        choice = start[student] + position[student]
        if position[student] < 0 and placed[student] < 0:
            held[student] = -1
        elif position[student] >= 0 and choice < start[student + 1] and seat[choice] == placed[student]:
            held[student] = choice
        else:
            held[student] = -2
    return held


@njit(cache=True)
def _worst_holders(held, seat, score, lottery, worst_score, worst_lottery):  # type: ignore[no-untyped-def]
    for student in range(held.size):
        choice = held[student]
        if choice >= 0:
            place, value, number = np.uint64(seat[choice]), score[choice], lottery[student]
            known = worst_score[place]
            if worst_lottery[place] < 0 or value < known or (value == known and number > worst_lottery[place]):
                worst_score[place] = value
                worst_lottery[place] = number


@njit(cache=True)
def _scan(start, held, seat, score, lottery, worst_score, worst_lottery, free, found):  # type: ignore[no-untyped-def]
    pairs = 0
    for student in range(held.size):
        choice, number = start[student], lottery[student]
        end = held[student] if held[student] >= 0 else start[student + 1]
        while choice < end:
            place = np.uint64(seat[choice])
            known = worst_score[place]
            if (
                free[place]
                or score[choice] > known
                or (score[choice] == known and number < worst_lottery[place])
            ):  # fmt: skip
                if pairs < found.shape[0]:
                    found[pairs, 0], found[pairs, 1] = student, seat[choice]
                pairs += 1
            choice += 1
    return pairs


def blocking_pairs(
    problem: Problem, held: Ints, count: Ints, room: Ints
) -> tuple[int, tuple[tuple[int, int], ...]]:  # fmt: skip
    """The number of blocking pairs and the first 20, for a problem without reserves."""
    score = problem.score
    if score is None:
        score = np.broadcast_to(np.zeros(1, np.int32), problem.seat.shape)
    top = np.inf if score.dtype.kind == "f" else np.iinfo(score.dtype.name).max
    worst_score = np.full(problem.seats, top, score.dtype)
    worst_lottery = np.full(problem.seats, -1, np.int32)
    _worst_holders(held, problem.seat, score, problem.lottery, worst_score, worst_lottery)
    worst_score[room == 0] = top
    found = np.empty((20, 2), np.int64)
    free = (count < room) & (room > 0)
    pairs = _scan(problem.start, held, problem.seat, score, problem.lottery, worst_score, worst_lottery, free, found)
    return int(pairs), tuple((int(one), int(seat)) for one, seat in found[: min(pairs, 20)])
