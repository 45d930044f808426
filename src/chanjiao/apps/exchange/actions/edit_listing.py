"""Edit a need or an offer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.changes import content_of, listing_for, stored
from chanjiao.apps.exchange.contents import checked_columns
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import AnyListing, ListingState
from chanjiao.apps.exchange.rules import Content, Deed, asks_for_review
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def edit_listing(*, actor: Actor, side: Side, pk: int, version: int, content: Content, now: datetime) -> AnyListing:
    """The listing with new content.

    An open listing whose public words changed awaits review again, unless the secretariat itself edits.
    """
    with transaction.atomic():
        listing = listing_for(actor, side, pk, Deed.EDIT)
        complete = listing.state != ListingState.DRAFT
        columns = checked_columns(side, Kind(listing.kind), content, today=timezone.localdate(now), complete=complete)
        if columns["quantity"] < listing.taken:
            raise Rejected([ChanjiaoError("listing.below_taken", field="quantity", taken=listing.taken)])
        before = content_of(listing)
        reviewed_again = (
            listing.state == ListingState.OPEN
            and not actor.runs(listing.consortium_id)
            and asks_for_review(before, Content(**{**columns, "fields": tuple(columns["fields"].items())}))
        )
        if reviewed_again:
            columns |= {"state": ListingState.SUBMITTED, "submitted_at": now, "review_note": ""}
        return stored(actor=actor, listing=listing, version=version, changes=columns, action="edit_listing", now=now)
