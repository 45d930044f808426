"""Draft the contract of a challenge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.actions.draft_agreement import draft_agreement
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.content import LONGEST_VALUE, Content
from chanjiao.apps.cooperation.contents import content_of
from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.models import Agreement, VersionState
from chanjiao.apps.transfer.changes import challenge_for, stored
from chanjiao.apps.transfer.models import AnswerState, Challenge, ChallengeAnswer
from chanjiao.apps.transfer.rules import CONTRACT_KINDS, Deed
from chanjiao.core.days import months_later
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def draft_contract(*, actor: Actor, pk: int, version: int, contract_type: str, now: datetime) -> Agreement:
    """A technology contract of one of the five types between the challenge's owner and the one chosen, filled in from
    the challenge and the answer; either of them may draft it, and goes on writing it as any agreement.
    """
    if contract_type not in CONTRACT_KINDS:
        raise ChanjiaoError("contract.type_unknown", field="contract_type", value=contract_type)
    with transaction.atomic():
        challenge = challenge_for(actor, pk, Deed.CONTRACT)
        answer = challenge.answers.select_related("organisation").get(state=AnswerState.CHOSEN)
        owner = challenge.need.organisation
        drafter, partner = (owner, answer.organisation)
        if not actor.acts_for(owner.pk):
            drafter, partner = partner, drafter
        agreement = draft_agreement(
            actor=actor,
            kind=CONTRACT_KINDS[contract_type],
            organisation_id=drafter.pk,
            consortium_id=challenge.need.consortium_id,
            partner_ids=[partner.pk],
            now=now,
        )
        agreement = _filled(actor, agreement, challenge, answer, now)
        changes: dict[str, object] = {"agreement": agreement}
        stored(actor=actor, challenge=challenge, version=version, changes=changes, action="draft_contract", now=now)
    return agreement


def _filled(
    actor: Actor, agreement: Agreement, challenge: Challenge, answer: ChallengeAnswer, now: datetime
) -> Agreement:
    begun = content_of(agreement.versions.get(state=VersionState.DRAFT))
    told = _content(begun, kind_of(agreement.kind).label.zh, challenge, answer, timezone.localdate(now))
    return edit_agreement(actor=actor, pk=agreement.pk, version=agreement.version, content=told, now=now)


def _content(begun: Content, kind: str, challenge: Challenge, answer: ChallengeAnswer, today: date) -> Content:
    title = challenge.need.title
    particulars = dict(begun.fields) | {
        "subject": title,
        "target": challenge.criteria.replace("\n", " ")[:LONGEST_VALUE],
        "price_basis": "agreement",
    }
    return replace(
        begun,
        title=f"{title} · {kind}"[:120],
        starts_on=today,
        ends_on=months_later(today, answer.months),
        amount=answer.price,
        fields=tuple(particulars.items()),
    )
