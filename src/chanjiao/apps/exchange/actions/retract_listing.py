"""Take back a listing that was entered by mistake, as if it had never been posted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.changes import announce, is_visible, owns
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import MODELS, ListingState
from chanjiao.core.audit import record_removal
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require

UNANSWERED = (ListingState.DRAFT, ListingState.SUBMITTED, ListingState.OPEN, ListingState.EXPIRED)


def retract_listing(*, actor: Actor, side: Side, pk: int, version: int, now: datetime) -> None:
    """The listing is gone, with the proposals made for it; the record keeps all that it held.

    Refused with `record.stale` where it was changed since `version`, and with `state.refused` once an accepted match
    has taken of it: then others rely on it, and it is closed instead.
    """
    with transaction.atomic():
        rows = MODELS[side]._default_manager.select_for_update(of=("self",)).select_related("organisation")
        listing = rows.filter(pk=pk).first()
        if listing is None or not is_visible(actor, listing):
            raise ChanjiaoError("record.not_found")
        require(owns(actor, listing) or actor.runs(listing.consortium_id))
        if listing.version != version:
            raise ChanjiaoError("record.stale")
        if listing.taken or listing.state not in UNANSWERED:
            raise ChanjiaoError("state.refused", state=ListingState(listing.state).label)
        announce(actor, listing, "retracted", now)
        record_removal(actor=actor, action="retract_listing", instance=listing, now=now)
        listing.delete()
