"""Ending memberships whose term is over."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from chanjiao.apps.members.actions._membership import advance
from chanjiao.apps.members.models import Membership, MembershipState
from chanjiao.core.permissions import Actor, require


def expire_memberships(*, actor: Actor, now: datetime) -> int:
    """How many active memberships ended because their last day is past."""
    require(actor.sees_all)
    over = Membership.objects.filter(state=MembershipState.ACTIVE, ends_on__lt=localdate(now)).select_related(
        "organisation", "consortium__organisation"
    )
    found = list(over)
    for membership in found:
        advance(actor=actor, membership=membership, version=membership.version, deed="expire", now=now)
    return len(found)
