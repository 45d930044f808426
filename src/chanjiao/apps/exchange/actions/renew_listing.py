"""Renew a need or an offer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.changes import announce, listing_for, stored
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import AnyListing, ListingState
from chanjiao.apps.exchange.rules import OPEN_FOR, Deed, expiry_faults
from chanjiao.core.errors import Rejected
from chanjiao.core.permissions import Actor


def renew_listing(
    *, actor: Actor, side: Side, pk: int, version: int, expires_on: date | None = None, now: datetime
) -> AnyListing:
    """The open or expired listing is open until `expires_on`, or for the usual time."""
    today = timezone.localdate(now)
    until = expires_on or today + OPEN_FOR
    with transaction.atomic():
        listing = listing_for(actor, side, pk, Deed.RENEW)
        faults = list(expiry_faults(until, today))
        if faults:
            raise Rejected(faults)
        changes = {"state": ListingState.OPEN, "expires_on": until}
        stored(actor=actor, listing=listing, version=version, changes=changes, action="renew_listing", now=now)
        announce(actor, listing, "renewed", now)
    return listing
