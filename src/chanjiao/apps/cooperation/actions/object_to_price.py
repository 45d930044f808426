"""Object to a publicised price, and answer an objection."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from chanjiao.apps.cooperation.actions.pass_publicity import pass_if_over
from chanjiao.apps.cooperation.models import Objection, Publicity, PublicityState
from chanjiao.apps.cooperation.publicity import announce, close, locked, publicity_for
from chanjiao.apps.cooperation.publicity_notices import STOPPED, tell_objector, tell_parties, tell_publicist
from chanjiao.apps.cooperation.publicity_rules import answer_faults, objection_faults
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import SYSTEM, Actor

UPHELD = gettext_noop("An objection was upheld")
"""Why a publicity was stopped of which an objection was upheld."""


def object_to_price(*, actor: Actor, pk: int, reason: str, name: str = "", now: datetime) -> Objection:
    """The objection waits for an answer, and the publicity does not end before it has one.

    Anybody with an account objects in their own name; whoever publicises enters the `name` of who wrote to them.
    `publicity.over` after the last day, `publicity.objected` where one of theirs waits already.
    """
    reason, name = clean_text(reason), clean_text(name)
    if actor.user_id is None:
        raise ChanjiaoError("action.denied")
    with transaction.atomic():
        publicity = locked(pk)
        _refuse_late(publicity, now)
        is_theirs = actor.acts_for(publicity.organisation_id)
        name = name if is_theirs and name else actor.name
        errors = objection_faults(name, reason)
        if errors:
            raise Rejected(errors)
        if publicity.objections.filter(user_id=actor.user_id, name=name, upheld__isnull=True).exists():
            raise ChanjiaoError("publicity.objected")
        objection = Objection.objects.create(
            publicity=publicity, user_id=actor.user_id, name=name, reason=reason, received_at=now
        )
        record_change(actor=actor, action="object_to_price", instance=objection, now=now)
        # Parties read the events of an agreement; who objects is for whoever answers, and the record.
        announce(actor=SYSTEM, name="price.objected", publicity=publicity, now=now)
        tell_publicist(actor, objection, now)
    return objection


def answer_objection(
    *, actor: Actor, pk: int, objection_id: int, upheld: bool, answer: str, now: datetime
) -> Objection:
    """The objection is dismissed, or upheld, which stops the publicity; whoever made it reads the answer.

    With the last answer a publicity whose last day is past is over. `state.refused` where it was answered already.
    """
    answer = clean_text(answer)
    with transaction.atomic():
        publicity = publicity_for(actor, pk)
        objection = publicity.objections.filter(pk=objection_id).first()
        if objection is None:
            raise ChanjiaoError("record.not_found")
        if objection.upheld is not None:
            raise ChanjiaoError("publicity.answered")
        errors = answer_faults(answer)
        if errors:
            raise Rejected(errors)
        before = state_of(objection)
        objection.upheld, objection.answer = upheld, answer
        objection.answered_by, objection.answered_at = actor.name, now
        objection.save()
        record_change(actor=actor, action="answer_objection", instance=objection, now=now, before=before)
        announce(actor=actor, name="price.objection_answered", publicity=publicity, now=now)
        tell_objector(actor, objection, now)
        _follow(actor, publicity, upheld, now)
    return objection


def _follow(actor: Actor, publicity: Publicity, upheld: bool, now: datetime) -> None:
    if upheld:
        close(actor=actor, publicity=publicity, state=PublicityState.STOPPED, note=UPHELD, now=now)
        tell_parties(actor, STOPPED, publicity, now)
    else:
        pass_if_over(actor=actor, publicity=publicity, now=now)


def _refuse_late(publicity: Publicity, now: datetime) -> None:
    if publicity.state != PublicityState.RUNNING or timezone.localdate(now) > publicity.ends_on:
        raise ChanjiaoError("publicity.over", day=publicity.ends_on)
