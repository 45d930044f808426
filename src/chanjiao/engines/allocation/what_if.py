"""What one more place or a longer list would have changed: the exact new placement, found from the old one.

A place more starts a chain: the first in line takes it, the place left goes to the first in line there, and so on
(vacancy chains: Blum, Roth and Rothblum 1997). What is left are swaps that help everybody in them without passing
over anybody: each seat points to the seat of its first in line, and every circle is such a swap (Erdil and Ergin
2008). Without a circle the placement is again the best stable one for all students. Only students who move are
touched, so an answer costs what it changes, not another run.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.allocation.explain import Change, better_choices, scores_or_zero
from chanjiao.engines.allocation.outcome import Outcome
from chanjiao.engines.allocation.problem import Bools, Ints, Problem
from chanjiao.engines.allocation.reserves import split_reserves
from chanjiao.engines.allocation.stable import deferred_acceptance
from chanjiao.engines.errors import ChanjiaoError


@dataclass(frozen=True, slots=True)
class Effect:
    """What one more place at a seat does: students who get a better place, and those of them who had none."""

    seat: int
    better: int
    newly_placed: int


class WhatIf:
    """A stable outcome made ready for questions. Preparing costs O(E log E); closed seats stay closed in every answer.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> one = problem_of([1], [0, 1, 2], [0, 0], [70.0, 90.0])
    >>> WhatIf(one, deferred_acceptance(one)).one_more_place(0)
    [Change(student=0, before=-1, after=0)]
    """

    def __init__(self, problem: Problem, outcome: Outcome) -> None:
        if outcome.method != "stable":
            raise ChanjiaoError("allocation.needs_stable", method=outcome.method)
        self.original, self.outcome = problem, outcome
        self.parent: Ints = np.arange(problem.seats)
        closed = np.zeros(problem.seats, np.bool_)
        closed[list(outcome.closed)] = True
        if problem.reserves:
            problem, outcome, self.parent = _by_parts(problem, closed)
        self.problem = problem
        self.open = (problem.capacity > 0) & ~closed[self.parent]
        position = outcome.position.astype(np.int64)
        self.held = np.where(position >= 0, problem.start[:-1] + position, problem.start[1:])
        score = scores_or_zero(problem)
        student, choice = better_choices(problem, outcome)
        order = np.lexsort((problem.lottery[student], -score[choice], problem.seat[choice]))
        self.wanting, self.wanted = student[order], choice[order]
        self.line = np.searchsorted(problem.seat[self.wanted], np.arange(problem.seats + 1))
        self.score = score

    def one_more_place(self, seat: int, extra: int = 1) -> list[Change]:
        """Every student whose seat changes with `extra` more places at `seat`, in order; nobody is worse off."""
        if seat in self.outcome.closed:
            return []
        run = _Chain(self, seat)
        for _ in range(extra):
            run.fill(seat)
        run.turn_circles()
        return self._changes(run.moved)

    def effects(self, seats: Sequence[int] | None = None) -> list[Effect]:
        """What one more place at each of the seats (all by default) would do for students."""
        chosen = range(self.original.seats) if seats is None else seats
        return [self._effect(seat) for seat in chosen]

    def longer_list(self, student: int, seats: Sequence[int], scores: Sequence[float]) -> list[Change]:
        """Every student whose seat changes when `student` adds `seats` at the end of the list, in order.

        Nobody's for a student who has a place: what stands behind it is never asked for. Not for rounds with reserves.
        """
        if self.original.reserves:
            raise ChanjiaoError("allocation.no_reserves_here")
        own = [*self.problem.seat[self.problem.start[student] : self.problem.start[student + 1]].tolist(), *seats]
        for one in seats:
            if not 0 <= one < self.problem.seats or own.count(one) > 1:
                raise ChanjiaoError("allocation.cannot_add", seat=one)
        if self.outcome.seat[student] >= 0:
            return []
        return self._changes(_Proposals(self, student, seats, scores).run(), dict(enumerate(seats)))

    def _effect(self, seat: int) -> Effect:
        moved = self.one_more_place(seat)
        return Effect(seat, len(moved), sum(one.before < 0 for one in moved))

    def _changes(self, moved: dict[int, int], added: dict[int, int] | None = None) -> list[Change]:
        """Changes from the new choice of each student; -1 - i stands for the i-th seat added."""
        found = []
        for student, choice in sorted(moved.items()):
            if choice < 0:
                after = (added or {})[-1 - choice]
            else:
                after = int(self.parent[self.problem.seat[choice]]) if choice < self.problem.start[student + 1] else -1
            before = int(self.outcome.seat[student])
            if before != after:
                found.append(Change(student, before, after))
        return found


def _by_parts(problem: Problem, closed: Bools) -> tuple[Problem, Outcome, Ints]:
    parts = split_reserves(problem)
    parts.problem.capacity[closed[parts.parent]] = 0
    return parts.problem, deferred_acceptance(parts.problem), parts.parent


class _Chain:
    """Students moving up: the new choice of each who moved, and how far each line has been called."""

    def __init__(self, base: WhatIf, seat: int) -> None:
        self.base, self.seat = base, seat
        self.moved: dict[int, int] = {}
        self.called: dict[int, int] = {}
        self.changed: set[int] = set()

    def fill(self, seat: int) -> None:
        """A place at `seat` has gone to the first in line, the place left there to the next, until nobody wants it."""
        while seat >= 0:
            first = self.first(seat)
            if first < 0:
                return
            student = int(self.base.wanting[first])
            old = self.now(student)
            self.move(student, int(self.base.wanted[first]))
            seat = self._seat(student, old)

    def turn_circles(self) -> None:
        """No circle of seats, each wanted by somebody first in line who sits at the next, is left."""
        while self.changed:
            seat, path = self.changed.pop(), dict[int, int]()
            while seat >= 0 and seat not in path and (self.base.open[seat] or seat == self.seat):
                path[seat] = self.first(seat)
                if path[seat] < 0:
                    break
                student = int(self.base.wanting[path[seat]])
                seat = self._seat(student, self.now(student))
            else:
                if seat in path:
                    circle = list(path)
                    for one in circle[circle.index(seat) :]:
                        self.move(int(self.base.wanting[path[one]]), int(self.base.wanted[path[one]]))

    def now(self, student: int) -> int:
        """The choice that the student holds now; the end of the list for none."""
        return self.moved.get(student, int(self.base.held[student]))

    def move(self, student: int, choice: int) -> None:
        """The student holds the choice; every seat whose first in line that may concern is looked at again."""
        problem = self.base.problem
        self.changed.update(problem.seat[problem.start[student] : self.now(student)].tolist())
        self.moved[student] = choice

    def first(self, seat: int) -> int:
        """Where the first in line for a seat stands among those who want it, -1 for nobody."""
        base = self.base
        at, end = self.called.get(seat, int(base.line[seat])), int(base.line[seat + 1])
        while at < end and self.now(int(base.wanting[at])) <= base.wanted[at]:
            at += 1
        self.called[seat] = at
        return at if at < end else -1

    def _seat(self, student: int, choice: int) -> int:
        problem = self.base.problem
        return int(problem.seat[choice]) if choice < problem.start[student + 1] else -1


class _Proposals:
    """A student without a place who goes on proposing, and those whom that displaces."""

    def __init__(self, base: WhatIf, student: int, seats: Sequence[int], scores: Sequence[float]) -> None:
        self.base, self.student, self.seats, self.scores = base, student, seats, scores
        self.moved: dict[int, int] = {}
        self.holders: dict[int, list[tuple[float, int, int]]] = {}
        by_seat = np.argsort(base.outcome.seat, kind="stable")
        self.first = np.searchsorted(base.outcome.seat[by_seat], np.arange(base.problem.seats + 1))
        self.by_seat = by_seat

    def run(self) -> dict[int, int]:
        """The new choice of everybody who moved, once nobody is left to propose."""
        loser = self._ask(self.student, self._added(0))
        while loser >= 0:
            loser = self._ask(loser, self._rest(loser))
        return self.moved

    def _rest(self, student: int) -> Iterator[tuple[int, int, float]]:
        problem = self.base.problem
        choice, end = self.moved.get(student, int(self.base.held[student])), int(problem.start[student + 1])
        if choice >= 0:
            choices = range(choice + 1, end)
            yield from ((at, int(problem.seat[at]), float(self.base.score[at])) for at in choices)
        else:  # holds one of the seats added, and is asked to leave it
            yield from self._added(-choice)

    def _added(self, first: int) -> Iterator[tuple[int, int, float]]:
        return ((-1 - i, self.seats[i], float(self.scores[i])) for i in range(first, len(self.seats)))

    def _ask(self, student: int, choices: Iterator[tuple[int, int, float]]) -> int:
        """The student displaced by the first seat of `choices` that takes `student`, -1 for none."""
        base = self.base
        number = -int(base.problem.lottery[student])
        for choice, seat, score in choices:
            if not base.open[seat]:
                continue
            held = self._held(seat)
            if len(held) >= base.problem.capacity[seat] and held[0][:2] > (score, number):
                continue
            self.moved[student] = choice
            insort(held, (score, number, student))
            return held.pop(0)[2] if len(held) > base.problem.capacity[seat] else -1
        self.moved[student] = int(base.problem.start[student + 1])
        return -1

    def _held(self, seat: int) -> list[tuple[float, int, int]]:
        if seat not in self.holders:
            base = self.base
            own = self.by_seat[self.first[seat] : self.first[seat + 1]].tolist()
            score, lottery = base.score[base.held[own]].tolist(), (-base.problem.lottery[own].astype(np.int64)).tolist()
            self.holders[seat] = sorted(zip(score, lottery, own, strict=True))
        return self.holders[seat]
