"""Publishing the final run: the seed is revealed, and every placed student is offered their place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, round_run_by, stored
from chanjiao.apps.placement.models import PlacementOffer, PlacementRound, RoundState, RunKind
from chanjiao.core.audit import emit
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor

TELL = "placement.tell"
"""The task that tells the students."""


def publish_results(*, actor: Actor, pk: int, version: int, now: datetime) -> PlacementRound:
    """The round is published; its files are open to everybody, and offers wait for answers until the deadline."""
    with transaction.atomic():
        round_ = round_run_by(actor, pk)
        in_state(round_, RoundState.DECIDED)
        if round_.answers_until <= now:
            raise ChanjiaoError("placement.deadline_past", field="answers_until")
        state = {"state": RoundState.PUBLISHED, "published_at": now}
        stored(actor=actor, row=round_, action="publish_results", now=now, version=version, **state)
        run = round_.runs.get(kind=RunKind.FINAL)
        stored(actor=actor, row=run, action="publish_run", now=now, is_published=True)
        stored(actor=actor, row=round_.lottery, action="reveal_seed", now=now, revealed_at=now)
        placed = (
            run.placements.filter(seat__isnull=False)
            .order_by("student_id")
            .values_list("student_id", "seat_id", "rank")
        )
        common = {"round": round_, "offered_at": now, "answer_until": round_.answers_until}
        PlacementOffer.objects.bulk_create(
            (
                PlacementOffer(student_id=student, seat_id=seat, rank=rank or 0, **common)
                for student, seat, rank in placed.iterator()
            ),
            batch_size=1000,
        )
        enqueue(TELL, actor=actor, now=now, key=f"{TELL}.{pk}", round_id=pk)
        emit(
            actor=actor, name="placement.published", instance=round_, now=now, consortium_id=round_.consortium_id,
            amount=run.placed_count,
        )  # fmt: skip
    return round_
