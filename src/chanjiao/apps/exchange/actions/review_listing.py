"""Review a need or an offer that awaits it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.changes import announce, listing_for, stored
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import AnyListing, CloseReason, ListingState
from chanjiao.apps.exchange.rules import Deed, expiry_faults
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor

LONGEST_NOTE = 300


class Verdict(StrEnum):
    """What a review decides: open to all, back to its writer with a word, or closed for good."""

    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"


_TOLD = {Verdict.APPROVE: "opened", Verdict.RETURN: "returned", Verdict.REFUSE: "closed"}


def review_listing(
    *, actor: Actor, side: Side, pk: int, version: int, verdict: Verdict, note: str = "", now: datetime
) -> AnyListing:
    """The submitted listing is open, a draft again, or closed; only the secretariat reviews.

    Whoever returns or refuses says why (`review.reason_required`).
    """
    note = clean_text(note)
    with transaction.atomic():
        listing = listing_for(actor, side, pk, Deed.REVIEW)
        _check(listing, verdict, note, now)
        changes = {**_changes(verdict, listing, now), "review_note": note}
        stored(actor=actor, listing=listing, version=version, changes=changes, action="review_listing", now=now)
        # The word to the writer stays out of the event, which others may read.
        announce(actor, listing, _TOLD[verdict], now, note=changes.get("close_reason", ""))
    return listing


def _check(listing: AnyListing, verdict: Verdict, note: str, now: datetime) -> None:
    if len(note) > LONGEST_NOTE:
        raise Rejected([ChanjiaoError("listing.too_long", field="note", limit=LONGEST_NOTE)])
    if verdict is not Verdict.APPROVE and not note:
        raise Rejected([ChanjiaoError("review.reason_required", field="note")])
    faults = list(expiry_faults(listing.expires_on, timezone.localdate(now)))
    if verdict is Verdict.APPROVE and faults:
        raise Rejected(faults)


def _changes(verdict: Verdict, listing: AnyListing, now: datetime) -> dict[str, Any]:
    if verdict is Verdict.APPROVE:
        return {"state": ListingState.OPEN, "opened_at": listing.opened_at or now}
    if verdict is Verdict.RETURN:
        return {"state": ListingState.DRAFT}
    return {"state": ListingState.CLOSED, "close_reason": CloseReason.REFUSED}
