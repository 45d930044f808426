"""Reasons as codes with parameters: why a student sits where, why each better choice failed, why places stay free.

The words stand in the interfaces, in every language; a code with the same parameters always means the same fact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.best_fit import prices_of_choices
from chanjiao.engines.allocation.explain import (
    Cutoffs,
    better_choices,
    needed_scores,
    scores_or_zero,
    sure_seats,
)
from chanjiao.engines.allocation.fits import fits_of
from chanjiao.engines.allocation.lines_together import lines_of
from chanjiao.engines.allocation.outcome import Outcome
from chanjiao.engines.allocation.problem import Bools, Ints, Problem
from chanjiao.engines.allocation.round_files import Round

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact by its code; parameters are names and numbers ready to be shown."""

    code: str
    params: dict[str, str | int]


@dataclass(frozen=True, slots=True, eq=False)
class ReasonColumn:
    """Many reasons of one code: whom each concerns, where it stands among all, and the parameters by name."""

    code: str
    student: Ints
    place: Ints
    params: dict[str, list[str] | list[int]]


def number_words(values: Reals) -> list[str]:
    """Scores as people write them: no trailing zeros, up to ten digits.

    >>> number_words(np.array([80.0, 79.25]))
    ['80', '79.25']
    """
    known, which = np.unique(values + 0.0, return_inverse=True)  # scores repeat by the thousand
    words: list[str] = np.array([f"{value:.10g}" for value in known.tolist()], object)[which].tolist()
    return words


def student_reasons(round_: Round, outcome: Outcome, cut: Cutoffs) -> list[ReasonColumn]:
    """The reasons of every student by code: the own place, every better choice, what would have helped.

    `place` sorts them: by student, then in the order in which one tells them. `cut` are the outcome's. O(E log E).
    """
    table = _Table(round_, outcome)
    table.own_places()
    if outcome.dual is not None:
        table.below_price()
    elif outcome.method == "together":
        table.behind_group()
    else:
        table.below_cutoff(cut)
    return [column for column in table.columns if column.student.size]


class _Table:
    """The columns while they are filled; a student's reasons stand at 4·(choices before) onwards."""

    def __init__(self, round_: Round, outcome: Outcome) -> None:
        self.round, self.outcome, self.problem = round_, outcome, round_.problem
        self.names = np.array(round_.seats, object)
        self.columns: list[ReasonColumn] = []
        self.student, self.choice = better_choices(self.problem, outcome)
        self.seat = self.problem.seat[self.choice]
        self.base = 4 * (self.problem.start[:-1] + np.arange(self.problem.students))

    def own_places(self) -> None:
        problem, position = self.problem, self.outcome.position
        empty = np.diff(problem.start) == 0
        placed = position >= 0
        self._own("empty_list", empty, {})
        lost = ~placed & ~empty
        self._own("unplaced", lost, {"choices": np.diff(problem.start)[lost].tolist()})
        for code, chosen in (("first_choice", position == 0), ("placed", position > 0)):
            held = problem.start[:-1][chosen] + position[chosen]
            seats = self.names[self.outcome.seat[chosen]].tolist()
            self._own(code, chosen, {"seat": seats, "rank": self.round.rank[held].tolist()})
        sure = ", ".join(self.round.seats[seat] for seat in sure_seats(problem, self.outcome))
        if sure and self.outcome.method == "stable":
            self._own("longer_list", ~placed, {"seats": [sure] * int((~placed).sum())}, last=True)

    def _own(self, code: str, chosen: Bools, params: dict[str, list[str] | list[int]], last: bool = False) -> None:
        student = np.flatnonzero(chosen)
        end = 4 * np.diff(self.problem.start)[student] + 3 if last else 0
        self.columns.append(ReasonColumn(code, student, self.base[student] + end, params))

    def _refused(self, code: str, chosen: Bools, turn: int = 1, **params: list[str] | list[int]) -> None:
        at = np.flatnonzero(chosen)
        student = self.student[at]
        place = self.base[student] + 4 * (self.choice[at] - self.problem.start[student]) + turn
        seats: list[str] = self.names[self.seat[at]].tolist()
        ranks: list[int] = self.round.rank[self.choice[at]].tolist()
        self.columns.append(ReasonColumn(code, student, place, {"seat": seats, "rank": ranks, **params}))

    def _where(self, values: Reals, chosen: Bools) -> list[str]:
        return number_words(values[chosen])

    def below_cutoff(self, cut: Cutoffs) -> None:
        """Why a stable placement refuses each better choice."""
        problem, seat = self.problem, self.seat
        own, needed = scores_or_zero(problem)[self.choice], cut.score[seat]
        closed = np.isin(seat, np.array(self.outcome.closed, np.int64))
        self._refused("closed", closed, minimum=problem.minimum[seat[closed]].tolist())
        shut = (problem.capacity[seat] == 0) & ~closed
        self._refused("no_places", shut)
        rest = ~closed & ~shut
        held = rest & (np.isnan(needed) | (own > needed))
        self._refused("reserved", held)
        numbers = (cut.lottery[seat], problem.lottery[self.student].astype(np.int64))
        self._behind(rest & ~held, own, needed, numbers)
        self._refused("next_in_line", (cut.waiting[seat] == self.student) & ~closed & ~shut, turn=2)

    def _behind(self, chosen: Bools, own: Reals, needed: Reals, numbers: tuple[Ints, Ints]) -> None:
        """The chosen stand behind the last admitted: by score, without one, or by lottery `numbers` (last, own)."""
        drawn = chosen & (own == needed)
        bare = drawn & (np.isneginf(needed) | (self.problem.score is None))  # nobody there has a score
        even, (last, number) = drawn & ~bare, numbers
        self._refused("lottery_only", bare, last=_from_one(last, bare), number=_from_one(number, bare))
        self._refused(
            "lottery",
            even,
            needed=self._where(needed, even),
            last=_from_one(last, even),
            number=_from_one(number, even),
        )
        unscored = chosen & ~drawn & np.isneginf(own)
        self._refused("unscored", unscored)
        below = chosen & ~drawn & ~unscored
        self._refused("below_score", below, needed=self._where(needed, below), own=self._where(own, below))

    def behind_group(self) -> None:
        """Why a placement that keeps groups together refuses each better choice."""
        problem, seat, lines = self.problem, self.seat, lines_of(self.problem, self.outcome)
        closed = np.isin(seat, np.array(self.outcome.closed, np.int64))
        small = ~closed & (problem.capacity[seat] < lines.size)
        shut = small & (problem.capacity[seat] == 0)
        small &= ~shut
        rest = ~closed & ~small & ~shut
        stuck = rest & lines.first & (lines.free > 0)
        behind = rest & ~lines.first & (lines.free > 0)
        self._refused("closed", closed, minimum=problem.minimum[seat[closed]].tolist())
        self._refused("no_places", shut)
        self._refused(
            "group_too_large", small, places=problem.capacity[seat[small]].tolist(), size=lines.size[small].tolist()
        )
        self._refused("group_no_room", stuck, places=lines.free[stuck].tolist(), size=lines.size[stuck].tolist())
        self._refused("behind_group", behind, places=lines.free[behind].tolist())
        self._behind(rest & (lines.free == 0), lines.score, lines.needed_score, (lines.needed_number, lines.number))
        in_group = (lines.size > 1) & rest & (lines.free == 0)
        self._refused("as_lowest", in_group, turn=2)

    def below_price(self) -> None:
        """Why the highest total does not give each better choice: the fit that was needed there."""
        problem, dual = self.problem, self.outcome.dual
        assert dual is not None
        fit = fits_of(problem)
        needed = needed_scores(problem, fit, prices_of_choices(problem, dual), self.outcome)[self.choice]
        own = fit[self.choice]
        shut = problem.capacity[self.seat] == 0
        even = ~shut & (own >= needed - 1e-6 * np.maximum(np.abs(needed), 1.0))
        below = ~shut & ~even
        self._refused("no_places", shut)
        self._refused("fit_even", even)
        self._refused("below_fit", below, needed=self._where(needed, below), own=self._where(own, below))


def _from_one(numbers: Ints, chosen: Bools) -> list[int]:
    """The chosen lottery numbers as people count them."""
    counted: list[int] = (numbers[chosen] + 1).tolist()
    return counted


def seat_reasons(round_: Round, outcome: Outcome, cut: Cutoffs) -> list[list[Reason]]:
    """Why each seat is full, or why places stay free or it is closed."""
    problem, needed = round_.problem, number_words(cut.score)
    return [_seat_reasons(problem, outcome, cut, seat, needed[seat]) for seat in range(problem.seats)]


def _seat_reasons(problem: Problem, outcome: Outcome, cut: Cutoffs, seat: int, needed: str) -> list[Reason]:
    capacity, placed, listed = int(problem.capacity[seat]), int(cut.count[seat]), int(cut.listed[seat])
    lost = int(cut.lost[seat])
    if capacity == 0:
        return [Reason("seat_without_places", {"listed": listed})]
    if seat in outcome.closed:
        return [Reason("seat_closed", {"minimum": int(problem.minimum[seat]), "listed": listed})]
    if listed == 0:
        return [Reason("seat_unlisted", {})]
    if placed < capacity:
        elsewhere = listed - placed - lost
        if outcome.method == "together" and lost:
            return [Reason("seat_kept_free", {"free": capacity - placed, "placed": placed, "students": lost})]
        code = "seat_free_by_total" if outcome.method == "best-fit" else "seat_free"
        return [Reason(code, {"free": capacity - placed, "listed": listed, "elsewhere": elsewhere, "placed": placed})]
    if outcome.method != "stable" or problem.score is None or not np.isfinite(cut.score[seat]):
        reasons = [Reason("seat_full", {"capacity": capacity})]
    else:
        reasons = [Reason("seat_full_score", {"capacity": capacity, "needed": needed})]
    return [*reasons, Reason("seat_wanted", {"students": lost})] if lost else reasons
