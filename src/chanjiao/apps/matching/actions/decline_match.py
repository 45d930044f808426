"""Decline a match for one side."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.matching.answers import match_to_answer
from chanjiao.apps.matching.models import DeclineReason, Match, MatchState, ReplyOutcome
from chanjiao.apps.matching.telling import tell_other_side
from chanjiao.apps.matching.turns import close_turn, drop_turns
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor

LONGEST_NOTE = 300


def decline_match(
    *, actor: Actor, pk: int, reason: DeclineReason, now: datetime, note: str = "", side: Side | None = None
) -> Match:
    """The match is declined for a coded reason; either side may, and one that had accepted takes that back so.

    With `partner` the two organisations are not brought together again.
    """
    note = clean_text(note)
    if len(note) > LONGEST_NOTE:
        raise Rejected([ChanjiaoError("listing.too_long", field="note", limit=LONGEST_NOTE)])
    with transaction.atomic():
        found, answered = match_to_answer(actor, pk, side)
        before = state_of(found)
        found.state, found.declined_by = MatchState.DECLINED, answered
        found.decline_reason, found.note, found.answered_at = reason, note, now
        found.version += 1
        found.save()
        record_change(actor=actor, action="decline_match", instance=found, now=now, before=before)
        close_turn(found, answered, ReplyOutcome.DECLINED, now)
        drop_turns(found, now)
        tell_other_side(actor, found, answered, now)
        emit(
            actor=actor,
            name="match.declined",
            instance=found,
            now=now,
            consortium_id=found.need.consortium_id,
            note=reason.value,
        )
    return found
