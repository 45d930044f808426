"""Set how long a side has to answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.matching.models import ReplyTerm
from chanjiao.apps.matching.reply_rules import FEWEST_DAYS, MOST_DAYS
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def set_reply_term(*, actor: Actor, kind: Kind, days: int, now: datetime) -> ReplyTerm:
    """Sides asked from now on have so many days for a match of this kind; turns that run keep their deadline."""
    require(actor.sees_all or bool(actor.secretariat_of))
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise ChanjiaoError("listing.out_of_bounds", field=kind.value, low=FEWEST_DAYS, high=MOST_DAYS)
    with transaction.atomic():
        term = ReplyTerm.objects.select_for_update().filter(kind=kind).first()
        before = state_of(term) if term else None
        term = term or ReplyTerm(kind=kind)
        term.days = days
        term.save()
        record_change(actor=actor, action="set_reply_term", instance=term, now=now, before=before)
    return term
