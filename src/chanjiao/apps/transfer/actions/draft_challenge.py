"""Draft a challenge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.exchange.models import ListingState, Need
from chanjiao.apps.exchange.numbers import next_number
from chanjiao.apps.transfer.changes import challenge_for, stored
from chanjiao.apps.transfer.models import Challenge, ChallengeState
from chanjiao.apps.transfer.rules import Deed, challenge_faults
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


@dataclass(frozen=True, slots=True)
class Terms:
    """What the owner of a challenge fills in."""

    bounty: Decimal | None
    criteria: str
    answers_until: date | None


def draft_challenge(*, actor: Actor, need_id: int, terms: Terms, now: datetime) -> Challenge:
    """A draft of a challenge made of an open technical problem of the actor's organisation.

    `challenge.needs_problem` where it is none, `challenge.alive` where a challenge of it runs already.
    """
    need = Need.objects.select_related("organisation").filter(pk=need_id).first()
    if need is None or need.kind != Kind.TECHNICAL_PROBLEM or not actor.belongs_to(need.organisation_id):
        raise ChanjiaoError("record.not_found")
    require(actor.acts_for(need.organisation_id))
    with transaction.atomic():
        # The need is locked, so that of two who draft at once one is refused.
        need = Need.objects.select_for_update(of=("self",)).get(pk=need_id)
        if need.state not in (ListingState.OPEN, ListingState.MATCHED):
            raise ChanjiaoError("challenge.needs_problem")
        if need.challenges.exclude(state__in=[ChallengeState.WITHDRAWN, ChallengeState.FAILED]).exists():
            raise ChanjiaoError("challenge.alive")
        told = _checked(terms, timezone.localdate(now))
        challenge = Challenge.objects.create(
            number=next_number("C", now), need=need, state=ChallengeState.DRAFT, created_at=now, **told
        )
        record_change(actor=actor, action="draft_challenge", instance=challenge, now=now)
    return challenge


def edit_challenge(*, actor: Actor, pk: int, version: int, terms: Terms, now: datetime) -> Challenge:
    """The draft has these terms; once published they stay, because others answer to them."""
    with transaction.atomic():
        challenge = challenge_for(actor, pk, Deed.EDIT)
        told = _checked(terms, timezone.localdate(now))
        return stored(actor=actor, challenge=challenge, version=version, changes=told, action="edit_challenge", now=now)


def _checked(terms: Terms, today: date) -> dict[str, object]:
    criteria = clean_text(terms.criteria)
    errors = challenge_faults(terms.bounty, criteria, terms.answers_until, today=today)
    if errors:
        raise Rejected(errors)
    return {"bounty": terms.bounty, "criteria": criteria, "answers_until": terms.answers_until}
