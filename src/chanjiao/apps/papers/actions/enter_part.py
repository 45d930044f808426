"""Enter a part of a paper as a listing, or leave it out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import AnyListing
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.matching.actions.post_and_match import rematch
from chanjiao.apps.papers.models import PaperPart, PartState
from chanjiao.apps.papers.rules import LISTED
from chanjiao.apps.papers.selectors import paper_of
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.text.papers import PaperKind


def enter_part(
    *,
    actor: Actor,
    paper_id: int,
    number: int,
    organisation_id: int,
    consortium_id: int,
    content: Content,
    submit: bool,
    now: datetime,
) -> AnyListing:
    """The listing that the part became, once: a draft, or with `submit` one that awaits review.

    Refused with `paper.part_settled` where the part is entered already, and with all that `post_listing` refuses.
    """
    with transaction.atomic():
        part = claimed_part(actor, paper_id, number)
        listing = post_listing(
            actor=actor,
            side=Side.NEED,
            kind=Kind(LISTED[PaperKind(part.paper.kind)]),
            organisation_id=organisation_id,
            consortium_id=consortium_id,
            content=content,
            now=now,
            submit=submit,
        )
        settle(actor, part, PartState.ENTERED, now, listing)
    rematch(listing=listing, now=now)
    return listing


def skip_part(*, actor: Actor, paper_id: int, number: int, now: datetime) -> PaperPart:
    """The part is left out; it can still be entered later."""
    with transaction.atomic():
        part = claimed_part(actor, paper_id, number)
        settle(actor, part, PartState.SKIPPED, now)
    return part


def claimed_part(actor: Actor, paper_id: int, number: int) -> PaperPart:
    """The part of a paper that the actor sees, held for the transaction; `paper.part_settled` once it is entered."""
    paper = paper_of(actor, paper_id)
    part = PaperPart.objects.select_for_update(of=("self",)).filter(paper=paper, number=number).first()
    if part is None:
        raise ChanjiaoError("record.not_found")
    # On SQLite nothing is locked: the condition of the update decides which of two entries counts.
    if not PaperPart.objects.filter(pk=part.pk, listing_id__isnull=True).update(state=part.state):
        raise ChanjiaoError("paper.part_settled")
    part.paper = paper
    return part


def settle(actor: Actor, part: PaperPart, state: PartState, now: datetime, listing: AnyListing | None = None) -> None:
    """What became of the part is stored and recorded."""
    before = state_of(part)
    part.state = state
    if listing is not None:
        part.side, part.listing_id = listing.side, listing.pk
    part.save(update_fields=["state", "side", "listing_id"])
    record_change(actor=actor, action="settle_part", instance=part, now=now, before=before)
