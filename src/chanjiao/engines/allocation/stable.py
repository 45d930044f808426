"""Student-proposing deferred acceptance with reserved places and minimum quotas."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Protocol

import numpy as np

from chanjiao.engines.allocation.outcome import Outcome, outcome_of
from chanjiao.engines.allocation.problem import Ints, Problem, check_lists
from chanjiao.engines.allocation.proposals import PlainProposals
from chanjiao.engines.allocation.reserves import split_reserves
from chanjiao.engines.allocation.standing import standings
from chanjiao.engines.errors import ChanjiaoError

ShortRule = Literal["close", "keep"]
COMPILED_FROM = 2_000_000  # choices; below it loading the compiled code costs more than it saves


class Proposals(Protocol):
    """The running state that both implementations share."""

    def run(self) -> None: ...
    def close(self, seat: int) -> None: ...
    def held(self) -> Ints: ...


def deferred_acceptance(problem: Problem, *, short: ShortRule = "close", compiled: bool | None = None) -> Outcome:
    """The stable placement that every student likes best among all stable ones (Gale and Shapley 1962).

    Ties are broken by the problem's lottery, the same at every seat. Strategy-proof for students (Roth 1982) without
    minimum quotas. Minimum quotas: with `short="close"` the open seat that misses most places of its minimum is
    closed (the later one of equals), its students propose on, until no open seat is short; with "keep" nothing
    closes. Reserved places go to group members first (Hafalir, Yenmez and Yildirim 2013). Deterministic and
    independent of the order of students and of proposals. O(E log E) time, O(E) memory.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> two = problem_of([1, 1], [0, 2, 4], [0, 1, 0, 1], [50.0, 90.0, 60.0, 40.0])
    >>> deferred_acceptance(two).seat.tolist()
    [1, 0]
    """
    if problem.limits:
        raise ChanjiaoError("allocation.limits_need_best_fit")
    if problem.together:
        raise ChanjiaoError("allocation.groups_need_together")
    large = problem.seat.size >= COMPILED_FROM if compiled is None else compiled
    if problem.reserves:
        return _with_reserves(problem, short, large)
    state = proposals_of(problem, large)
    state.run()
    closed = close_short(problem, state, short)
    if large:
        seat, position = state.places()  # type: ignore[attr-defined]
        return Outcome("stable", seat, position, closed)
    return outcome_of(problem, "stable", state.held(), closed)


def proposals_of(problem: Problem, compiled: bool) -> Proposals:
    """The state before the first proposal, after the lists are checked."""
    check_lists(problem, compiled=compiled)
    if compiled:
        from chanjiao.engines.allocation.proposals_compiled import CompiledProposals

        return CompiledProposals(problem.capacity, problem.start, problem.seat, problem.score, problem.lottery)
    standing = standings(problem.score, problem.seat.size)
    return PlainProposals(problem.capacity, problem.start, problem.seat, standing, problem.lottery)


def close_short(problem: Problem, state: Proposals, short: ShortRule, parent: Ints | None = None) -> tuple[int, ...]:
    """The seats closed, in order, so that no open seat holds fewer students than its minimum.

    `parent` names the seat to which each seat of the state belongs, where reserved places made several of one.
    """
    closed: list[int] = []
    if short == "keep" or not problem.minimum.any():
        return ()
    minimum = problem.minimum.copy()
    seat = problem.seat
    while True:
        held = state.held()
        count = np.bincount(_parents(seat[held[held >= 0]], parent), minlength=minimum.size)
        missing = minimum - count
        worst = minimum.size - 1 - int(missing[::-1].argmax()) if minimum.size else 0
        if not minimum.size or missing[worst] <= 0:
            return tuple(closed)
        for part in [worst] if parent is None else np.flatnonzero(parent == worst).tolist():
            state.close(part)
        closed.append(worst)
        minimum[worst] = 0


def _parents(seats: np.ndarray[tuple[int, ...], np.dtype[np.int32]], parent: Ints | None) -> Ints:
    return seats.astype(np.int64) if parent is None else parent[seats]


def _with_reserves(problem: Problem, short: ShortRule, compiled: bool) -> Outcome:
    check_lists(problem)
    parts = split_reserves(problem)
    state = proposals_of(parts.problem, compiled)
    state.run()
    closed = close_short(replace(problem, seat=parts.problem.seat), state, short, parts.parent)
    held = state.held()
    placed = held >= 0
    held[placed] = parts.choice[held[placed]]
    return outcome_of(problem, "stable", held, closed)
