"""Post a need or an offer, or many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.changes import announcement
from chanjiao.apps.exchange.contents import checked_columns
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import MODELS, AnyListing, ListingState, SourceKind
from chanjiao.apps.exchange.numbers import next_numbers
from chanjiao.apps.exchange.places import member_of, visiting_places
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.members.models import Organisation
from chanjiao.core.audit import emit_all, record_additions
from chanjiao.core.bulk import insert_models
from chanjiao.core.permissions import Actor, require

_LETTERS = {Side.NEED: "N", Side.OFFER: "O"}


@dataclass(frozen=True, slots=True)
class Posting:
    """A listing that was checked and may be posted: whose it is, and its columns."""

    side: Side
    kind: Kind
    organisation: Organisation
    consortium_id: int
    columns: dict[str, Any]
    submit: bool


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

    Staff of a college may draft one for an enterprise that they visited (`source` visit); the enterprise sends it.
    What the secretariat (or a loader) submits is open at once, since it would review it itself. Refused unless the
    organisation is a member of the consortium (`listing.not_a_member`); a `Rejected` lists every wrong field.
    """
    require(_may_post(actor, organisation_id, consortium_id, drafts_after_visit=_is_visit(source, submit)))
    organisation = member_of(consortium_id, organisation_id)
    columns = checked_columns(side, kind, content, today=timezone.localdate(now), complete=submit)
    posting = Posting(side, kind, organisation, consortium_id, columns, submit)
    return post_listings(actor=actor, postings=[posting], now=now, source=source)[0]


def post_listings(*, actor: Actor, postings: Sequence[Posting], now: datetime, source: SourceKind) -> list[AnyListing]:
    """The listings in the order of their postings, which the caller has checked as `post_listing` does; all or none.

    A fixed number of statements for each thousand, whatever they are.
    """
    for one in postings:
        visit = _is_visit(source, one.submit)
        require(_may_post(actor, one.organisation.pk, one.consortium_id, drafts_after_visit=visit))
    with transaction.atomic():
        listings = [_new(actor, one, source, now) for one in postings]
        for side in Side:
            ours = [listing for listing in listings if listing.side is side]
            for listing, number in zip(ours, next_numbers(_LETTERS[side], len(ours), now), strict=True):
                listing.number = number
            insert_models(ours)
        record_additions(actor=actor, action="post_listing", instances=listings, now=now)
        emit_all(announcement(actor, listing, deed, now) for listing in listings for deed in _deeds_done(listing))
    return listings


def _is_visit(source: SourceKind, submit: bool) -> bool:
    return source is SourceKind.VISIT and not submit


def _may_post(actor: Actor, organisation_id: int, consortium_id: int, *, drafts_after_visit: bool) -> bool:
    if actor.acts_for(organisation_id) or actor.runs(consortium_id):
        return True
    visited = ((one.organisation_id, one.consortium_id) for one in visiting_places(actor))
    return drafts_after_visit and (organisation_id, consortium_id) in visited


def _new(actor: Actor, posting: Posting, source: SourceKind, now: datetime) -> AnyListing:
    return MODELS[posting.side](
        kind=posting.kind,
        organisation=posting.organisation,
        consortium_id=posting.consortium_id,
        source=source,
        created_by_id=actor.user_id,
        created_at=now,
        **posting.columns,
        **_first_state(actor, posting.consortium_id, posting.submit, now),
    )


def _deeds_done(listing: AnyListing) -> Iterator[str]:
    if listing.state != ListingState.DRAFT:
        yield "posted"
    if listing.state == ListingState.OPEN:
        yield "opened"


def _first_state(actor: Actor, consortium_id: int, submit: bool, now: datetime) -> dict[str, Any]:
    if not submit:
        return {"state": ListingState.DRAFT}
    if actor.runs(consortium_id):
        return {"state": ListingState.OPEN, "submitted_at": now, "opened_at": now}
    return {"state": ListingState.SUBMITTED, "submitted_at": now}
