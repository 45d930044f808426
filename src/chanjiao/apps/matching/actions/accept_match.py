"""Accept a match for one side."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.actions.fill_listing import fill_listing
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import AnyListing, ListingState
from chanjiao.apps.exchange.rules import amount_of
from chanjiao.apps.matching.answers import match_to_answer
from chanjiao.apps.matching.models import Match, MatchState, ReplyOutcome
from chanjiao.apps.matching.rules import next_state
from chanjiao.apps.matching.telling import tell_other_side
from chanjiao.apps.matching.turns import close_turn, drop_turns
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def accept_match(*, actor: Actor, pk: int, now: datetime, side: Side | None = None) -> Match:
    """The match is accepted by the actor's side, and settled when both sides have.

    Settling takes the smaller of what is left on both sides from each; a listing with nothing left is matched, and its
    other proposed matches are withdrawn. Refused with `match.answered` where the side has accepted already and
    `listing.full` where a listing is no longer open or another match was quicker.
    """
    with transaction.atomic():
        found, answered = match_to_answer(actor, pk, side)
        before = state_of(found)
        if getattr(found, f"{answered}_accepted_at") is not None:
            raise ChanjiaoError("match.answered")
        if any(listing.state != ListingState.OPEN for listing in (found.need, found.offer)):
            raise ChanjiaoError("listing.full")
        setattr(found, f"{answered}_accepted_at", now)
        found.state = next_state(
            need_accepted=found.need_accepted_at is not None, offer_accepted=found.offer_accepted_at is not None
        )
        if found.state == MatchState.ACCEPTED:
            _settle(actor, found, now)
        found.version += 1
        found.save()
        record_change(actor=actor, action="accept_match", instance=found, now=now, before=before)
        close_turn(found, answered, ReplyOutcome.ACCEPTED, now)
        tell_other_side(actor, found, answered, now)
    return found


def _settle(actor: Actor, found: Match, now: datetime) -> None:
    need, offer = found.need, found.offer
    wanted, given = amount_of((need.left, need.unit), (offer.left, offer.unit))
    for listing, amount in ((need, wanted), (offer, given)):
        fill_listing(actor=actor, listing=listing, amount=amount, now=now)
        if listing.state == ListingState.MATCHED:
            _withdraw_others(actor, found, listing, now)
    found.amount, found.answered_at = wanted, now
    emit(
        actor=actor,
        name="match.accepted",
        instance=found,
        now=now,
        consortium_id=need.consortium_id,
        amount=wanted,
        unit=need.unit,
        note=f"{need.organisation} · {offer.organisation}"[:300],
    )


def _withdraw_others(actor: Actor, found: Match, listing: AnyListing, now: datetime) -> None:
    waiting = Match.objects.filter(state__in=[MatchState.PROPOSED, MatchState.ACCEPTED_BY_ONE])
    for other in waiting.filter(**{f"{listing.side}_id": listing.pk}).exclude(pk=found.pk):
        before = state_of(other)
        other.state = MatchState.WITHDRAWN
        other.version += 1
        other.save(update_fields=["state", "version"])
        record_change(actor=actor, action="withdraw_match", instance=other, now=now, before=before)
        drop_turns(other, now)
