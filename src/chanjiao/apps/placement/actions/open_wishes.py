"""Opening wishes: the round is public, its seats are fixed, and the lottery is committed to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, round_run_by, stored
from chanjiao.apps.placement.faults import blocking_seats
from chanjiao.apps.placement.models import LotteryCommitment, PlacementRound, RoundState, SeatReserve
from chanjiao.apps.placement.rules.states import MethodName
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.allocation import commitment_of

SEED_BITS = 128
"""Of a lottery's seed: too many to be found from its digest by trying."""


def open_wishes(*, actor: Actor, pk: int, version: int, seed: int, now: datetime) -> PlacementRound:
    """The round takes wishes, and the digest of `seed` (drawn at random, of `SEED_BITS`) stands published.

    Refused with `placement.no_seats`, `placement.seats_blocked`, `placement.deadline_past`, and with
    `placement.reserves_not_together` where the method that keeps teams together meets reserved places.
    """
    with transaction.atomic():
        round_ = round_run_by(actor, pk)
        in_state(round_, RoundState.DRAFT)
        _check(round_, now)
        stored(actor=actor, row=round_, action="open_wishes", now=now, version=version, state=RoundState.WISHES)
        lottery = LotteryCommitment.objects.create(
            round=round_, seed=str(seed), digest=commitment_of(seed), committed_at=now
        )
        record_change(actor=actor, action="commit_lottery", instance=lottery, now=now)
        emit(actor=actor, name="placement.opened", instance=round_, now=now, consortium_id=round_.consortium_id)
    return round_


def _check(round_: PlacementRound, now: datetime) -> None:
    if not round_.seats.exists():
        raise ChanjiaoError("placement.no_seats")
    blocked = blocking_seats(round_)
    if blocked:
        raise ChanjiaoError("placement.seats_blocked", count=len(blocked))
    if round_.method == MethodName.TOGETHER and SeatReserve.objects.filter(seat__round=round_).exists():
        raise ChanjiaoError("placement.reserves_not_together")
    if round_.wishes_until <= now:
        raise ChanjiaoError("placement.deadline_past", field="wishes_until")
