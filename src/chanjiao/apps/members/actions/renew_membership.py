"""Renewing a membership."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from chanjiao.apps.members.actions._membership import advance
from chanjiao.apps.members.models import Membership
from chanjiao.apps.members.rights import may_decide_on
from chanjiao.apps.members.selectors import membership as membership_seen
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def renew_membership(*, actor: Actor, membership_id: int, version: int, ends_on: date, now: datetime) -> Membership:
    """The membership in force until a later day; `term.not_later` where the day is past or no later than before."""
    membership = membership_seen(actor, membership_id)
    require(may_decide_on(actor, membership))
    if ends_on <= localdate(now) or (membership.ends_on and ends_on <= membership.ends_on):
        raise ChanjiaoError("term.not_later", field="ends_on")
    return advance(
        actor=actor, membership=membership, version=version, deed="renew", now=now, ends_on=ends_on, decided_at=now
    )
