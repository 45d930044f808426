"""What every action on a challenge shares: who sees it, finding it locked, checking the right, telling of the deed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from chanjiao.apps.cooperation.models import Agreement, AgreementState
from chanjiao.apps.members.models import Membership, MembershipState, Organisation
from chanjiao.apps.transfer.models import (
    STAGE_WORDS,
    AnswerState,
    Challenge,
    ChallengeAnswer,
    ChallengeState,
    NotChosenReason,
)
from chanjiao.apps.transfer.rules import Deed, Stage, Standing, deeds
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require

SIGNED = (AgreementState.IN_FORCE, AgreementState.ENDED, AgreementState.RENEWED)
PENDING = (AgreementState.DRAFT, AgreementState.PROPOSED)


def visible_to(actor: Actor) -> Q:
    """Which challenges the actor sees: whatever was published, and their own organisation's drafts."""
    if actor.sees_all:
        return Q()
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    return Q(published_at__isnull=False) | Q(need__organisation_id=own)


def staged() -> QuerySet[Challenge]:
    """Every challenge with its `stage`, which follows from its state, its answers and its contract."""
    waiting = ChallengeAnswer.objects.filter(challenge=OuterRef("pk"), state=AnswerState.SUBMITTED)
    stage = Case(
        When(Q(state=ChallengeState.PUBLISHED) & Exists(waiting), then=Value(Stage.ANSWERED.value)),
        When(state=ChallengeState.CHOSEN, agreement__state__in=SIGNED, then=Value(Stage.CONTRACTED.value)),
        default="state",
        output_field=models.CharField(),
    )
    return Challenge.objects.annotate(stage=stage)


def challenge_for(actor: Actor, pk: int, deed: Deed) -> Challenge:
    """The challenge, locked until the transaction ends, to which the actor may do `deed` at its present stage.

    `record.not_found` where the actor may not even see it, `state.refused` where it is theirs to do but not now,
    `action.denied` where it is not theirs.
    """
    if not Challenge.objects.select_for_update(of=("self",)).filter(visible_to(actor), pk=pk).exists():
        raise ChanjiaoError("record.not_found")
    found = staged().select_related("need__organisation", "agreement").get(pk=pk)
    standing = standing_of(actor, found)
    possible = deeds(standing)
    if deed not in possible and _is_theirs(deed, standing):
        raise ChanjiaoError("state.refused", state=STAGE_WORDS[standing.stage])
    require(deed in possible)
    return found


def standing_of(actor: Actor, challenge: Challenge) -> Standing:
    """Where the challenge, read with its stage, stands for the actor."""
    own = own_answer(actor, challenge)
    return Standing(
        stage=Stage(challenge.stage),  # type: ignore[attr-defined]
        owns=actor.acts_for(challenge.need.organisation_id),
        has_answered=own is not None and own.state == AnswerState.SUBMITTED and actor.acts_for(own.organisation_id),
        is_chosen=own is not None and own.state == AnswerState.CHOSEN and actor.acts_for(own.organisation_id),
        may_answer=_may_answer(actor, challenge),
        contract_pending=challenge.agreement is not None and challenge.agreement.state in PENDING,
    )


def own_answer(actor: Actor, challenge: Challenge) -> ChallengeAnswer | None:
    """The answer of the organisation whose staff the actor is, unless it was taken back."""
    if actor.organisation_id is None or not actor.belongs_to(actor.organisation_id):
        return None
    rows = challenge.answers.exclude(state=AnswerState.WITHDRAWN)
    return rows.filter(organisation_id=actor.organisation_id).first()


def stored(
    *, actor: Actor, challenge: Challenge, version: int, changes: dict[str, object], action: str, now: datetime
) -> Challenge:
    """The locked challenge with `changes` stored and recorded; `record.stale` where it changed since `version`."""
    if challenge.version != version:
        raise ChanjiaoError("record.stale")
    before = state_of(challenge)
    for name, value in changes.items():
        setattr(challenge, name, value)
    challenge.version += 1
    challenge.save()
    record_change(actor=actor, action=action, instance=challenge, now=now, before=before)
    return challenge


def settle(
    *, actor: Actor, answer: ChallengeAnswer, state: AnswerState, reason: str = "", action: str, now: datetime
) -> None:
    """The answer is in its last state."""
    before = state_of(answer)
    answer.state, answer.reason, answer.settled_at = state, reason, now
    answer.save()
    record_change(actor=actor, action=action, instance=answer, now=now, before=before)


def refuse_rest(*, actor: Actor, challenge: Challenge, reasons: dict[int, str], now: datetime) -> list[Organisation]:
    """Whoever's answer waited: it was not chosen, each for its own reason, else because the challenge ended."""
    refused = []
    for answer in challenge.answers.filter(state=AnswerState.SUBMITTED).select_related("organisation"):
        reason = reasons.get(answer.pk, NotChosenReason.ENDED)
        settle(actor=actor, answer=answer, state=AnswerState.NOT_CHOSEN, reason=reason, action="refuse_answer", now=now)
        refused.append(answer.organisation)
    return refused


def announce(
    *, actor: Actor, name: str, challenge: Challenge, now: datetime, body: Organisation, amount: Decimal | int,
    unit: str = "元",
) -> None:  # fmt: skip
    """The event `name` about the challenge, credited to `body`."""
    emit(
        actor=actor,
        name=name,
        instance=challenge,
        now=now,
        consortium_id=challenge.need.consortium_id,
        organisation=(body.pk, body.name),
        amount=amount,
        unit=unit,
        note=challenge.number,
    )


def signed_on_of(agreement: Agreement) -> datetime:
    """When the contract came into force; `challenge.needs_contract` where it never did."""
    if agreement.state not in SIGNED or agreement.in_force_at is None:
        raise ChanjiaoError("challenge.needs_contract")
    return agreement.in_force_at


def _may_answer(actor: Actor, challenge: Challenge) -> bool:
    own = actor.organisation_id
    if own is None or own == challenge.need.organisation_id or not actor.acts_for(own):
        return False
    rows = Membership.objects.filter(organisation_id=own, consortium_id=challenge.need.consortium_id)
    return rows.filter(state=MembershipState.ACTIVE).exists()


def _is_theirs(deed: Deed, standing: Standing) -> bool:
    if deed is Deed.ANSWER:
        return standing.may_answer
    if deed is Deed.TAKE_BACK:
        return standing.has_answered or standing.is_chosen
    return standing.owns or (deed is Deed.CONTRACT and standing.is_chosen)
