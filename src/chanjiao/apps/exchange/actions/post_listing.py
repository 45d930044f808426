"""Post a need or an offer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.changes import announce
from chanjiao.apps.exchange.contents import checked_columns
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import MODELS, AnyListing, ListingState, SourceKind
from chanjiao.apps.exchange.numbers import next_number
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.exchange.selectors import member_of
from chanjiao.core.audit import record_change
from chanjiao.core.permissions import Actor, require

_LETTERS = {Side.NEED: "N", Side.OFFER: "O"}


def post_listing(
    *,
    actor: Actor,
    side: Side,
    kind: Kind,
    organisation_id: int,
    consortium_id: int,
    content: Content,
    now: datetime,
    submit: bool = False,
    source: SourceKind = SourceKind.SELF,
) -> AnyListing:
    """A new need or offer: a draft, or with `submit` one that awaits review.

    What the secretariat (or a loader) submits is open at once, since it would review it itself. Refused unless the
    organisation is a member of the consortium (`listing.not_a_member`); a `Rejected` lists every wrong field.
    """
    require(actor.acts_for(organisation_id) or actor.runs(consortium_id))
    organisation = member_of(consortium_id, organisation_id)
    columns = checked_columns(side, kind, content, today=timezone.localdate(now), complete=submit)
    with transaction.atomic():
        listing = MODELS[side]._default_manager.create(
            number=next_number(_LETTERS[side], now),
            kind=kind,
            organisation=organisation,
            consortium_id=consortium_id,
            source=source,
            created_by_id=actor.user_id,
            created_at=now,
            **columns,
            **_first_state(actor, consortium_id, submit, now),
        )
        record_change(actor=actor, action="post_listing", instance=listing, now=now)
        if submit:
            announce(actor, listing, "posted", now)
        if listing.state == ListingState.OPEN:
            announce(actor, listing, "opened", now)
    return listing


def _first_state(actor: Actor, consortium_id: int, submit: bool, now: datetime) -> dict[str, Any]:
    if not submit:
        return {"state": ListingState.DRAFT}
    if actor.runs(consortium_id):
        return {"state": ListingState.OPEN, "submitted_at": now, "opened_at": now}
    return {"state": ListingState.SUBMITTED, "submitted_at": now}
