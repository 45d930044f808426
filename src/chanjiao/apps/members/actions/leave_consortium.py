"""Leaving a consortium, or taking an application back."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from chanjiao.apps.members.actions._membership import advance
from chanjiao.apps.members.models import Membership, MembershipState
from chanjiao.apps.members.rights import may_end
from chanjiao.apps.members.rules import check_leaving, required
from chanjiao.apps.members.selectors import membership as membership_seen
from chanjiao.core.permissions import Actor, require


def leave_consortium(*, actor: Actor, membership_id: int, version: int, reason: str, now: datetime) -> Membership:
    """The membership ended today with a reason; `membership.lead_stays` for the last lead."""
    membership = membership_seen(actor, membership_id)
    require(may_end(actor, membership))
    cause = required(reason, "reason")
    if membership.state == MembershipState.APPLIED:
        return advance(
            actor=actor, membership=membership, version=version, deed="leave", now=now, reason=cause, decided_at=now
        )
    others = Membership.objects.filter(
        consortium=membership.consortium_id, role=membership.role, state=MembershipState.ACTIVE
    ).exclude(pk=membership.pk)
    check_leaving(role=membership.role, others_in_role=others.count())
    last_day = max(localdate(now), membership.starts_on or localdate(now))
    return advance(
        actor=actor, membership=membership, version=version, deed="leave", now=now,
        reason=cause, decided_at=now, ends_on=last_day,
    )  # fmt: skip
