"""Take a part of a listing for an accepted match."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from chanjiao.apps.exchange.models import AnyListing, ListingState
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def fill_listing(*, actor: Actor, listing: AnyListing, amount: int, now: datetime) -> AnyListing:
    """`amount` of the open listing is taken; nothing left, and it is matched.

    Called by the app that knows of matches, inside its transaction and after its own check of rights. Refused with
    `listing.full` where another match was quicker: the row's condition decides, so that two cannot both take it.
    """
    rows = type(listing)._default_manager.filter(
        pk=listing.pk, state=ListingState.OPEN, taken__lte=F("quantity") - amount
    )
    before = state_of(listing)
    if not rows.update(taken=F("taken") + amount, version=F("version") + 1):
        raise ChanjiaoError("listing.full")
    listing.refresh_from_db(fields=["taken", "quantity", "state", "version"])
    if listing.left == 0:
        listing.state = ListingState.MATCHED
        listing.save(update_fields=["state"])
    record_change(actor=actor, action="fill_listing", instance=listing, now=now, before=before)
    return listing
