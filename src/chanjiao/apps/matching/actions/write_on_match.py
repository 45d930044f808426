"""Ask something about a match, or propose a date."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.matching.answers import match_in_talk
from chanjiao.apps.matching.models import MatchMessage
from chanjiao.apps.matching.reply_rules import MOST_MESSAGES
from chanjiao.apps.matching.telling import tell_of_message
from chanjiao.apps.matching.turns import open_turns, reply_days, started
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

LONGEST = 1000


def write_on_match(
    *, actor: Actor, pk: int, text: str, now: datetime, day: date | None = None, side: Side | None = None
) -> MatchMessage:
    """The message on the match, which both sides read; with `day` it proposes a date.

    It counts as a reply, and the writer's own time to decide starts anew. Refused with `input.missing`,
    `listing.too_long`, `listing.past` for a day that is over, `match.too_many_messages`, and `state.refused` once a
    match is declined or withdrawn.
    """
    text = _checked(text, day, timezone.localdate(now))
    with transaction.atomic():
        found, written_by = match_in_talk(actor, pk, side)
        if found.messages.count() >= MOST_MESSAGES:
            raise ChanjiaoError("match.too_many_messages", limit=MOST_MESSAGES)
        message = MatchMessage.objects.create(
            match=found, side=written_by, author=actor.name, text=text, day=day, written_at=now
        )
        record_change(actor=actor, action="write_on_match", instance=message, now=now)
        name = "match.date_proposed" if day else "match.asked"
        emit(actor=actor, name=name, instance=found, now=now, consortium_id=found.need.consortium_id)
        for turn in open_turns().filter(match=found, side=written_by):
            turn.replied_at = turn.replied_at or now
            started(turn, now, reply_days()[turn.kind]).save()
        tell_of_message(actor, found, message, now)
    return message


def _checked(text: str, day: date | None, today: date) -> str:
    text = clean_text(text)
    if not text:
        raise ChanjiaoError("input.missing", field="text", name="text")
    if len(text) > LONGEST:
        raise ChanjiaoError("listing.too_long", field="text", limit=LONGEST)
    if day is not None and day < today:
        raise ChanjiaoError("listing.past", field="day")
    return text
