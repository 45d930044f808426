"""What every deed on a membership does: claim it, change it, record it, tell of it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.members.models import Membership
from chanjiao.apps.members.rules import next_state
from chanjiao.apps.members.versions import check_fields, claim
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

EVENTS = {
    "approve": "member.joined",
    "decline": "member.declined",
    "renew": "member.renewed",
    "leave": "member.left",
    "expire": "member.expired",
}


def advance(
    *, actor: Actor, membership: Membership, version: int, deed: str, now: datetime, **values: object
) -> Membership:
    """The membership in the state that `deed` leads to, with `values` set."""
    before = state_of(membership)
    state = next_state(membership.state, deed, label=membership.get_state_display())
    try:
        with transaction.atomic():
            claim(membership, version)
            for name, value in {**values, "state": state}.items():
                setattr(membership, name, value)
            check_fields(membership)
            membership.save()
            record_change(actor=actor, action=f"{deed}_membership", instance=membership, now=now, before=before)
            emit(
                actor=actor,
                name=EVENTS[deed],
                instance=membership,
                now=now,
                consortium_id=membership.consortium_id,
                organisation=(membership.organisation_id, membership.organisation.name),
                note=membership.reason if deed in ("decline", "leave") else "",
            )
    except IntegrityError:
        raise ChanjiaoError("membership.exists") from None
    return membership
