"""Running the engine over a round: trial runs, the final run, re-runs on appeal."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import perf_counter

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, round_run_by, stored
from chanjiao.apps.placement.models import (
    Placement,
    PlacementRound,
    PlacementRun,
    RoundState,
    RunKind,
    SeatResult,
    WaitingPlace,
)
from chanjiao.apps.placement.snapshot import Gathered, LeftOut, write_round
from chanjiao.apps.placement.solving import ENGINE, VERSION, Answer, Solver, solved, solver_of
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.jobs import enqueue
from chanjiao.core.models import Job
from chanjiao.core.permissions import Actor

STEPS = 6
"""How many times a run reports that it got further."""
BATCH = 1000
MOST_NAMED = 3
"""How many seats with free places a student without one is told of."""
IN_STATE = {
    RunKind.DRAFT: RoundState.ALLOCATION,
    RunKind.FINAL: RoundState.ALLOCATION,
    RunKind.RERUN: RoundState.PUBLISHED,
}


def ask_for_run(*, actor: Actor, round_id: int, kind: RunKind, note: str = "", now: datetime) -> Job:
    """The job that will make the run; one at a time for a round."""
    with transaction.atomic():
        round_ = round_run_by(actor, round_id)
        in_state(round_, IN_STATE[kind])
        key = f"placement.run.{round_id}"
        return enqueue(
            "placement.run", actor=actor, now=now, key=key, round_id=round_id, kind=str(kind), note=note[:120],
            ran_by=actor.name,
        )  # fmt: skip


def run_allocation(
    *,
    actor: Actor,
    round_id: int,
    kind: RunKind,
    now: datetime,
    note: str = "",
    ran_by: str = "",
    step: Callable[[], None] = lambda: None,
    solver: Solver | None = None,
) -> PlacementRun:
    """The stored run, verified on its own files; a final run also ends the trial stage.

    Trial runs draw their lottery from their number, so that nobody learns from them what the sealed seed will do.
    Refused with `allocation.not_verified` where the verifier finds a fault: then nothing is stored. The engine runs
    before the transaction that stores. 10,000 students with ten wishes take seconds (`bench/placement`).
    """
    round_, started = round_run_by(actor, round_id), perf_counter()
    in_state(round_, IN_STATE[kind])
    seed = _seed(round_, kind)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "round").mkdir()
        gathered = write_round(round_, folder / "round")
        if not gathered.choices:
            raise ChanjiaoError("placement.nobody_wished")
        step()
        chosen = solver or solver_of(round_.method, round_.short_rule)
        answer = solved(folder, seed, round_.short_rule, chosen, step)
    run = _run_of(round_, answer)
    run.kind, run.note, run.ran_by, run.ran_at = kind, note, ran_by or actor.name, now
    run.seconds = round(perf_counter() - started, 3)
    with transaction.atomic():
        _store(actor, run, answer, gathered)
        if kind is RunKind.FINAL:
            stored(actor=actor, row=round_, action="final_run", now=now, state=RoundState.DECIDED)
        emit(
            actor=actor, name="placement.run", instance=run, now=now, consortium_id=round_.consortium_id,
            amount=run.placed_count, note=run.get_kind_display(),
        )  # fmt: skip
    step()
    return run


def _seed(round_: PlacementRound, kind: RunKind) -> int:
    return round_.runs.count() + 1 if kind is RunKind.DRAFT else int(round_.lottery.seed)


def _store(actor: Actor, run: PlacementRun, answer: Answer, gathered: Gathered) -> None:
    run.save()
    record_change(actor=actor, action="run_allocation", instance=run, now=run.ran_at)
    Placement.objects.bulk_create(_placements(run, answer, gathered), batch_size=BATCH)
    SeatResult.objects.bulk_create(_seat_results(run, answer, gathered), batch_size=BATCH)
    if run.kind != RunKind.DRAFT:
        WaitingPlace.objects.bulk_create(_line(run, answer, gathered), batch_size=BATCH)


def _run_of(round_: PlacementRound, answer: Answer) -> PlacementRun:
    return PlacementRun(
        round=round_, engine=ENGINE, engine_version=VERSION, method=round_.method,
        options={"short": round_.short_rule}, seed=str(answer.seed), problem_hash=answer.problem_hash,
        certificate=answer.certificate, students_count=len(answer.students), seats_count=len(answer.seats),
        places_count=answer.places, placed_count=answer.placed, files=answer.files,
    )  # fmt: skip


def _placements(run: PlacementRun, answer: Answer, gathered: Gathered) -> Iterator[Placement]:
    """A row for every student in the files, and for those whose every wish was left out."""
    left_out: dict[int, list[dict[str, object]]] = {}
    for one in gathered.left_out:
        left_out.setdefault(one.student_id, []).append(_not_eligible(one))
    for told in answer.students:
        student = gathered.students[told.alias]
        seat = gathered.seats[told.seat] if told.seat is not None else None
        reasons = [*_for_student(told.reasons, student, answer.free, gathered), *left_out.pop(student, [])]
        yield Placement(run=run, student_id=student, seat_id=seat, rank=told.rank, reasons=reasons)
    for student, reasons in left_out.items():
        yield Placement(run=run, student_id=student, seat=None, rank=None, reasons=reasons)


def _for_student(
    reasons: list[dict[str, object]], student: int, free: list[str], gathered: Gathered
) -> Iterator[dict[str, object]]:
    """The reasons; of the seats with free places only the first few that the student might have listed."""
    for reason in reasons:
        if reason["code"] != "longer_list":
            yield reason
        elif named := list(islice((one for one in free if gathered.may(student, gathered.seats[one])), MOST_NAMED)):
            yield {"code": "longer_list", "params": {"seats": ", ".join(named)}}


def _not_eligible(one: LeftOut) -> dict[str, object]:
    first = one.obstacles[0]
    params = {"seat": f"P{one.seat_id}", "rank": one.rank, "obstacle": first.code, **first.params}
    return {"code": "not_eligible", "params": params}


def _seat_results(run: PlacementRun, answer: Answer, gathered: Gathered) -> Iterator[SeatResult]:
    for one in answer.seats:
        yield SeatResult(
            run=run, seat_id=gathered.seats[one.name], placed=one.placed, listed=one.listed, is_closed=one.is_closed,
            helps=one.helps, reasons=one.reasons,
        )  # fmt: skip


def _line(run: PlacementRun, answer: Answer, gathered: Gathered) -> Iterator[WaitingPlace]:
    for one in answer.line:
        yield WaitingPlace(
            run=run, seat_id=gathered.seats[one.seat], student_id=gathered.students[one.alias], rank=one.rank,
            place=one.place,
        )  # fmt: skip
