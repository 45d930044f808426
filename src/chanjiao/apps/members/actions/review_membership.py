"""Deciding on an application."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from chanjiao.apps.members.actions._membership import advance
from chanjiao.apps.members.models import Membership
from chanjiao.apps.members.rights import may_decide_on
from chanjiao.apps.members.rules import check_term, default_end, plain_text, required
from chanjiao.apps.members.selectors import membership as membership_seen
from chanjiao.core.permissions import Actor, require


def review_membership(
    *,
    actor: Actor,
    membership_id: int,
    version: int,
    approve: bool,
    reason: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    now: datetime,
) -> Membership:
    """The application approved for a term (today and five years unless given), or declined with a reason.

    `field.required` without a reason to decline, `state.refused` where it is decided already, `record.stale`.
    """
    membership = membership_seen(actor, membership_id)
    require(may_decide_on(actor, membership))
    if not approve:
        return advance(
            actor=actor, membership=membership, version=version, deed="decline", now=now,
            reason=required(reason, "reason"), decided_at=now,
        )  # fmt: skip
    start = starts_on or localdate(now)
    end = ends_on or default_end(start)
    check_term(start, end)
    return advance(
        actor=actor, membership=membership, version=version, deed="approve", now=now,
        reason=plain_text(reason) or membership.reason, decided_at=now, starts_on=start, ends_on=end,
    )  # fmt: skip
