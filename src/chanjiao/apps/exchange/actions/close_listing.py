"""Close a need or an offer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.changes import announce, listing_for, stored
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import AnyListing, CloseReason, ListingState
from chanjiao.apps.exchange.rules import Deed
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def close_listing(*, actor: Actor, side: Side, pk: int, version: int, reason: CloseReason, now: datetime) -> AnyListing:
    """The listing is closed for a coded reason; refusal is the review's to give."""
    if reason is CloseReason.REFUSED:
        raise Rejected([ChanjiaoError("listing.bad_choice", field="reason", value=reason.value)])
    with transaction.atomic():
        listing = listing_for(actor, side, pk, Deed.CLOSE)
        changes = {"state": ListingState.CLOSED, "close_reason": reason}
        stored(actor=actor, listing=listing, version=version, changes=changes, action="close_listing", now=now)
        announce(actor, listing, "closed", now, note=reason.value)
    return listing
