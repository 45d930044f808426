"""Ending a stage of a round: wishes, rankings, and the round itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, round_run_by, stored
from chanjiao.apps.placement.models import OfferState, PlacementRound
from chanjiao.apps.placement.rules.states import STEPS, Deed
from chanjiao.core.audit import emit
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def close_wishes(*, actor: Actor, pk: int, version: int, now: datetime) -> PlacementRound:
    """Wishes stand as they are; refused with `placement.too_early` while their deadline lies ahead."""
    return _close(actor, pk, version, Deed.CLOSE_WISHES, now=now, until="wishes_until")


def close_rankings(*, actor: Actor, pk: int, version: int, now: datetime) -> PlacementRound:
    """Rankings stand as they are, and trial runs may begin; `placement.too_early` before their deadline."""
    return _close(actor, pk, version, Deed.CLOSE_RANKINGS, now=now, until="rankings_until")


def close_round(*, actor: Actor, pk: int, version: int, now: datetime) -> PlacementRound:
    """The round is over; refused while offers or appeals are open."""
    round_ = round_run_by(actor, pk)
    if round_.offers.filter(state=OfferState.OPEN).exists() or round_.appeals.filter(state="open").exists():
        raise ChanjiaoError("placement.still_open")
    return _close(actor, pk, version, Deed.CLOSE, now=now)


def _close(actor: Actor, pk: int, version: int, deed: Deed, *, now: datetime, until: str = "") -> PlacementRound:
    before, after = STEPS[deed]
    with transaction.atomic():
        round_ = round_run_by(actor, pk)
        in_state(round_, before)
        if until and getattr(round_, until) > now:
            raise ChanjiaoError("placement.too_early", until=getattr(round_, until).isoformat(timespec="minutes"))
        stored(actor=actor, row=round_, action=deed.value, now=now, version=version, state=after)
        if deed is Deed.CLOSE:
            emit(actor=actor, name="placement.closed", instance=round_, now=now, consortium_id=round_.consortium_id)
    return round_
