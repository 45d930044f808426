"""What the exchange leaves to do: listings to review, to renew, to finish."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice, takewhile

from django.utils import timezone

from chanjiao.apps.exchange import selectors
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.shown import ListingRow, Listings
from chanjiao.core.commitments import Item, Source, Standing, register_source
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

REVIEW_DAYS = 3
"""How long a secretariat has to review a listing."""
EXPIRY_DAYS = 14
"""How long before its end a listing asks to be renewed."""
LOOKED_AT = 200

_WORDS = {
    Side.NEED: (N_("Needs awaiting your review"), N_("Needs about to expire"), N_("Needs in draft")),
    Side.OFFER: (N_("Offers awaiting your review"), N_("Offers about to expire"), N_("Offers in draft")),
}


def _reviews(side: Side, actor: Actor) -> Listings | list[ListingRow]:
    return selectors.awaiting_review(actor, side) if actor.sees_all or actor.secretariat_of else []


def _expiring(side: Side, actor: Actor, now: datetime) -> list[ListingRow]:
    if not _acts(actor):
        return []
    limit = timezone.localdate(now) + timedelta(days=EXPIRY_DAYS)
    rows = selectors.own_listings(actor, side, selectors.Filters(state="open", sort="expires"))
    return list(takewhile(lambda one: one.expires_on <= limit, islice(rows, LOOKED_AT)))


def _drafts(side: Side, actor: Actor) -> Listings | list[ListingRow]:
    return selectors.own_listings(actor, side, selectors.Filters(state="draft")) if _acts(actor) else []


def _acts(actor: Actor) -> bool:
    return actor.organisation_id is not None and actor.acts_for(actor.organisation_id)


def _to_review(one: ListingRow) -> Item:
    due = timezone.localtime(one.submitted_at).date() + timedelta(days=REVIEW_DAYS) if one.submitted_at else None
    return Item(one.title, f"{one.organisation} · {one.number}", f"exchange.{one.side}", one.id, due)


def _to_renew(one: ListingRow) -> Item:
    return Item(one.title, one.number, f"exchange.{one.side}", one.id, one.expires_on)


def _to_finish(one: ListingRow) -> Item:
    return Item(one.title, one.number, f"exchange.{one.side}", one.id)


def _register(side: Side) -> None:
    review, expiry, draft = _WORDS[side]
    register_source(
        Source(
            f"exchange.review.{side}", Standing.WAITS, review, N_("Review"), "clipboard-check",
            lambda actor, now: _reviews(side, actor), _to_review,
        )
    )  # fmt: skip
    register_source(
        Source(
            f"exchange.expiring.{side}", Standing.WAITS, expiry, N_("Renew"), "calendar-due",
            lambda actor, now: _expiring(side, actor, now), _to_renew,
        )
    )  # fmt: skip
    register_source(
        Source(
            f"exchange.draft.{side}", Standing.WAITS, draft, N_("Go on"), "pencil",
            lambda actor, now: _drafts(side, actor), _to_finish,
        )
    )  # fmt: skip


for _side in Side:
    _register(_side)
