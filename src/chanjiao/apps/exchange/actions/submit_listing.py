"""Submit a draft for review."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.changes import announce, content_of, listing_for, stored
from chanjiao.apps.exchange.contents import checked_columns
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import AnyListing, ListingState
from chanjiao.apps.exchange.rules import Deed
from chanjiao.core.permissions import Actor


def submit_listing(*, actor: Actor, side: Side, pk: int, version: int, now: datetime) -> AnyListing:
    """The draft awaits review, or is open at once where the secretariat itself submits it.

    A `Rejected` lists what is still missing. The event `posted` is told once, however often a draft is returned.
    """
    with transaction.atomic():
        listing = listing_for(actor, side, pk, Deed.SUBMIT)
        checked_columns(side, Kind(listing.kind), content_of(listing), today=timezone.localdate(now), complete=True)
        first = listing.submitted_at is None
        opens = actor.runs(listing.consortium_id)
        changes = {"state": ListingState.SUBMITTED, "submitted_at": now, "review_note": ""}
        if opens:
            changes |= {"state": ListingState.OPEN, "opened_at": now}
        stored(actor=actor, listing=listing, version=version, changes=changes, action="submit_listing", now=now)
        if first:
            announce(actor, listing, "posted", now)
        if opens:
            announce(actor, listing, "opened", now)
    return listing
