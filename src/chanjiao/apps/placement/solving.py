"""From the files of a round to a verified answer, ready to be stored; the database is not touched here."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chanjiao.apps.placement.rules.states import MethodName
from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.allocation import ENGINE, VERSION, Outcome, Problem, WhatIf, solve, verify
from chanjiao.engines.allocation.audit import audit
from chanjiao.engines.allocation.explain import better_choices, cutoffs, scores_or_zero, sure_seats
from chanjiao.engines.allocation.reasons import Reason, ReasonColumn, seat_reasons, student_reasons
from chanjiao.engines.allocation.result_files import (
    certificate,
    read_placements,
    read_prices,
    write_placements,
    write_prices,
)
from chanjiao.engines.allocation.round_files import Round, read_round
from chanjiao.engines.allocation.stable import deferred_acceptance

Step = Callable[[], None]
Solver = Callable[[Problem], Outcome]


@dataclass(frozen=True, slots=True)
class StudentAnswer:
    """A student's seat and rank by the names of the files (None for none), and the reasons."""

    alias: str
    seat: str | None
    rank: int | None
    reasons: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class SeatAnswer:
    """What became of a seat; `helps` counts the students whom one more place there would help, where that is known."""

    name: str
    placed: int
    listed: int
    is_closed: bool
    helps: int | None
    reasons: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class InLine:
    """A student's place in the line of a seat."""

    seat: str
    alias: str
    rank: int
    place: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified placement with its certificate, and the zip of everything that a stranger needs to check it.

    `free` names the seats where one more student would have got a place for certain, those with most room first.
    """

    seed: int
    problem_hash: str
    places: int
    certificate: dict[str, object]
    students: list[StudentAnswer]
    seats: list[SeatAnswer]
    line: list[InLine]
    free: list[str]
    files: bytes

    @property
    def placed(self) -> int:
        """How many students have a place."""
        return sum(one.seat is not None for one in self.students)


def solver_of(method: str, short_rule: str) -> Solver:
    """The engine's method, with what it does about seats below their minimum."""
    if method == MethodName.STABLE:
        return lambda problem: deferred_acceptance(problem, short="keep" if short_rule == "keep" else "close")
    return lambda problem: solve(problem, method)


def solved(folder: Path, seed: int, short_rule: str, solver: Solver, step: Step) -> Answer:
    """The answer to the round in `folder`; `allocation.not_verified` where the audit of its files finds a fault.

    `folder` holds `round`; `result` is written beside it and read back by code that shares nothing with the solvers.
    """
    round_ = read_round(folder / "round", seed)
    step()
    outcome = solver(round_.problem)
    step()
    result = folder / "result"
    result.mkdir()
    claims = _written(round_, outcome, seed, short_rule, result)
    _check(round_, claims, result)
    step()
    cut = cutoffs(round_.problem, outcome)
    students = list(_student_answers(round_, student_reasons(round_, outcome, cut), outcome))
    step()
    return Answer(
        seed=seed,
        problem_hash=str(claims["problem_hash"]),
        places=int(round_.problem.capacity.sum()),
        certificate=claims,
        students=students,
        seats=_seat_answers(round_, outcome, seat_reasons(round_, outcome, cut)),
        line=list(_line(round_, outcome)),
        free=[round_.seats[seat] for seat in sure_seats(round_.problem, outcome, round_.problem.seats)],
        files=_zip(folder),
    )


def _written(round_: Round, outcome: Outcome, seed: int, short_rule: str, result: Path) -> dict[str, object]:
    verdict = verify(round_.problem, outcome)
    claims = {**certificate(round_, outcome, verdict, seed), "short": short_rule}
    write_placements(result / "placements.csv", round_, outcome)
    (result / "certificate.json").write_text(json.dumps(claims, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if outcome.dual is not None:
        write_prices(result / "prices.csv", round_, outcome)
    return claims


def _check(round_: Round, claims: dict[str, object], result: Path) -> None:
    """What `chanjiao allocate-verify` checks, on the files just written."""
    prices = result / "prices.csv"
    dual = read_prices(prices, round_) if prices.exists() else None
    _, faults = audit(round_, read_placements(result / "placements.csv", round_), claims, dual)
    if faults:
        raise ChanjiaoError("allocation.not_verified", faults=", ".join(fault.code for fault in faults))


def _student_answers(round_: Round, columns: list[ReasonColumn], outcome: Outcome) -> Iterator[StudentAnswer]:
    told: list[list[tuple[int, Reason]]] = [[] for _ in round_.students]
    for column in columns:
        for row, (student, place) in enumerate(zip(column.student.tolist(), column.place.tolist(), strict=True)):
            params = {name: cells[row] for name, cells in column.params.items()}
            told[student].append((place, Reason(column.code, params)))
    start, position = round_.problem.start, outcome.position
    for index, alias in enumerate(round_.students):
        is_placed = position[index] >= 0
        seat = round_.seats[outcome.seat[index]] if is_placed else None
        rank = int(round_.rank[start[index] + position[index]]) if is_placed else None
        reasons = [_plain(reason) for _, reason in sorted(told[index], key=lambda one: one[0])]
        yield StudentAnswer(alias, seat, rank, reasons)


def _seat_answers(round_: Round, outcome: Outcome, told: list[list[Reason]]) -> list[SeatAnswer]:
    problem = round_.problem
    placed = np.bincount(outcome.seat[outcome.seat >= 0], minlength=problem.seats).tolist()
    listed = np.bincount(problem.seat, minlength=problem.seats).tolist()
    closed = set(outcome.closed)
    helps: list[int | None] = [None] * problem.seats
    if outcome.method == MethodName.STABLE:
        helps = [effect.better for effect in WhatIf(problem, outcome).effects()]
    return [
        SeatAnswer(name, placed[seat], listed[seat], seat in closed, helps[seat], [_plain(one) for one in reasons])
        for seat, (name, reasons) in enumerate(zip(round_.seats, told, strict=True))
    ]


def _line(round_: Round, outcome: Outcome) -> Iterator[InLine]:
    """Everybody who would rather have a seat than what they hold, in the order in which the seat would take them.

    With teams there is no such order: whether one moves up depends on whether the whole team fits.
    """
    if outcome.method == MethodName.TOGETHER:
        return
    problem = round_.problem
    student, choice = better_choices(problem, outcome)
    seat = problem.seat[choice]
    closed, places = set(outcome.closed), dict[int, int]()
    order = np.lexsort((problem.lottery[student], -scores_or_zero(problem)[choice], seat))
    for at in order.tolist():
        one = int(seat[at])
        if one in closed:
            continue
        places[one] = places.get(one, 0) + 1
        yield InLine(round_.seats[one], round_.students[student[at]], int(round_.rank[choice[at]]), places[one])


def _plain(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "params": reason.params}


def _zip(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*.*")):
            archive.write(path, path.relative_to(folder))
    return packed.getvalue()


__all__ = ["ENGINE", "VERSION", "Answer", "solved", "solver_of"]
