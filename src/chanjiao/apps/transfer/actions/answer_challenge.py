"""Answer a challenge, or take the answer back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.exchange.places import member_of
from chanjiao.apps.transfer.changes import announce, challenge_for, own_answer, settle
from chanjiao.apps.transfer.models import AnswerState, ChallengeAnswer
from chanjiao.apps.transfer.notices import ANSWERED, tell_of_challenge
from chanjiao.apps.transfer.rules import Deed, answer_faults
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an organisation proposes: how, for how much, in how long, with whom."""

    approach: str
    price: Decimal | None
    months: int | None
    team: str


def answer_challenge(*, actor: Actor, pk: int, proposal: Proposal, now: datetime) -> ChallengeAnswer:
    """The proposal of the actor's organisation, a member of the consortium, waits to be chosen.

    `challenge.over` after the last day, `challenge.answered` where it has answered already.
    """
    with transaction.atomic():
        _refuse_second(actor, pk)
        challenge = challenge_for(actor, pk, Deed.ANSWER)
        if timezone.localdate(now) > challenge.answers_until:
            raise ChanjiaoError("challenge.over", day=challenge.answers_until)
        assert actor.organisation_id is not None
        body = member_of(challenge.need.consortium_id, actor.organisation_id)
        answer = ChallengeAnswer(
            challenge=challenge, organisation=body, answered_by=actor.name, answered_at=now, **_checked(proposal)
        )
        answer.save()
        record_change(actor=actor, action="answer_challenge", instance=answer, now=now)
        announce(actor=actor, name="challenge.answered", challenge=challenge, now=now, body=body, amount=1, unit="份")
        tell_of_challenge(actor, ANSWERED, challenge, [challenge.need.organisation], now=now, by=str(answer.pk))
    return answer


def take_back_answer(*, actor: Actor, pk: int, now: datetime) -> ChallengeAnswer:
    """The answer of the actor's organisation no longer stands; another may follow while answers are taken."""
    with transaction.atomic():
        challenge = challenge_for(actor, pk, Deed.TAKE_BACK)
        answer = own_answer(actor, challenge)
        assert answer is not None
        settle(actor=actor, answer=answer, state=AnswerState.WITHDRAWN, action="take_back_answer", now=now)
        body = answer.organisation
        announce(
            actor=actor, name="challenge.answer_withdrawn", challenge=challenge, now=now, body=body, amount=1, unit="份"
        )
    return answer


def _refuse_second(actor: Actor, pk: int) -> None:
    rows = ChallengeAnswer.objects.filter(challenge_id=pk, organisation_id=actor.organisation_id or 0)
    if actor.acts_for(actor.organisation_id) and rows.filter(state=AnswerState.SUBMITTED).exists():
        raise ChanjiaoError("challenge.answered")


def _checked(proposal: Proposal) -> dict[str, object]:
    approach, team = clean_text(proposal.approach), clean_text(proposal.team)
    errors = answer_faults(approach, proposal.price, proposal.months, team)
    if errors:
        raise Rejected(errors)
    return {"approach": approach, "price": proposal.price, "months": proposal.months, "team": team}
