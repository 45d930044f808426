"""Blocking pairs where some students want the same seat or none; part of the verifier, shares nothing with solvers."""

from __future__ import annotations

import numpy as np

from chanjiao.engines.allocation.outcome import Outcome
from chanjiao.engines.allocation.problem import Ints, Problem

Line = list[tuple[tuple[float, int], list[int]]]


def split_groups(problem: Problem, outcome: Outcome) -> int:
    """The number of groups whose students do not all hold the same seat, or none."""
    return sum(len(set(outcome.seat[group].tolist())) > 1 for group in problem.together)


def pairs_of_groups(problem: Problem, held: Ints, room: Ints) -> list[tuple[int, int]]:
    """Every (first student of a group or student alone, seat) where the seat should be theirs.

    They prefer the seat, and somebody who stands lower is there, or all who stand higher are there and they fit.
    """
    grouped = {int(student): group.tolist() for group in problem.together for student in group}
    units = [group.tolist() for group in problem.together if group.size]
    units += [[student] for student in range(problem.students) if student not in grouped]
    there: list[Line] = [[] for _ in range(problem.seats)]
    wanting: list[Line] = [[] for _ in range(problem.seats)]
    for unit in units:
        start, end = int(problem.start[unit[0]]), int(problem.start[unit[0] + 1])
        own = int(held[unit[0]])
        for choice in range(start, own if own >= 0 else end):
            if problem.capacity[problem.seat[choice]] >= len(unit):
                wanting[problem.seat[choice]].append((_standing(problem, unit, choice - start), unit))
        if own >= 0:
            there[problem.seat[own]].append((_standing(problem, unit, own - start), unit))
    pairs = []
    for seat in np.flatnonzero(room > 0).tolist():
        pairs += [(unit[0], seat) for unit in _blocking(there[seat], wanting[seat], int(room[seat]))]
    return pairs


def _standing(problem: Problem, unit: list[int], turn: int) -> tuple[float, int]:
    """Where the lowest of the unit stands: by score, then by lottery."""
    choices = [(int(problem.start[one]) + turn, one) for one in unit]
    return min(
        (0.0 if problem.score is None else float(problem.score[choice]), -int(problem.lottery[one]))
        for choice, one in choices
    )


def _blocking(there: Line, wanting: Line, room: int) -> list[list[int]]:
    free = room - sum(len(unit) for _, unit in there)
    lowest = min((standing for standing, _ in there), default=None)
    envious = [unit for standing, unit in wanting if lowest is not None and standing > lowest]
    if envious or not wanting:
        return envious
    first = max(wanting, key=lambda one: one[0])[1]
    return [first] if len(first) <= free else []
