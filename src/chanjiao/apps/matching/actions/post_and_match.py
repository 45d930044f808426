"""Post, review or renew a listing and match it at once when that opens it.

Matching runs after the listing's own transaction, since it locks many rows; should it fail, the next run makes good.
"""

from __future__ import annotations

from datetime import date, datetime

from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.actions.renew_listing import renew_listing
from chanjiao.apps.exchange.actions.review_listing import Verdict, review_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import AnyListing
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.actions.run_matching import Only, run_matching
from chanjiao.core.permissions import SYSTEM, Actor


def post_and_match(
    *,
    actor: Actor,
    side: Side,
    kind: Kind,
    organisation_id: int,
    consortium_id: int,
    content: Content,
    now: datetime,
    submit: bool,
) -> AnyListing:
    """The listing that `post_listing` makes, matched where it is open at once."""
    listing = post_listing(
        actor=actor,
        side=side,
        kind=kind,
        organisation_id=organisation_id,
        consortium_id=consortium_id,
        content=content,
        now=now,
        submit=submit,
    )
    rematch(listing=listing, now=now)
    return listing


def review_and_match(
    *, actor: Actor, side: Side, pk: int, version: int, verdict: Verdict, note: str = "", now: datetime
) -> AnyListing:
    """The listing that `review_listing` opens, returns or closes, matched where it is open."""
    listing = review_listing(actor=actor, side=side, pk=pk, version=version, verdict=verdict, note=note, now=now)
    rematch(listing=listing, now=now)
    return listing


def renew_and_match(
    *, actor: Actor, side: Side, pk: int, version: int, expires_on: date | None = None, now: datetime
) -> AnyListing:
    """The listing that `renew_listing` keeps open, matched anew."""
    listing = renew_listing(actor=actor, side=side, pk=pk, version=version, expires_on=expires_on, now=now)
    rematch(listing=listing, now=now)
    return listing


def rematch(*, listing: AnyListing, now: datetime) -> None:
    """The listing's proposals hold for its present state: refreshed where it is open, withdrawn where it was.

    The system runs the engine here, since its answer does not depend on who changed the listing.
    """
    if listing.opened_at is not None:
        run_matching(actor=SYSTEM, now=now, only=Only(listing.side, listing.pk))
        ask_for_replies(actor=SYSTEM, now=now)
