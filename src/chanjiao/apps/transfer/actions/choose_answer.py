"""Choose the answer to a challenge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from chanjiao.apps.transfer.changes import announce, challenge_for, refuse_rest, settle, stored
from chanjiao.apps.transfer.models import AnswerState, Challenge, ChallengeAnswer, ChallengeState, NotChosenReason
from chanjiao.apps.transfer.notices import CHOSEN, NOT_CHOSEN, tell_of_challenge
from chanjiao.apps.transfer.rules import Deed
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def choose_answer(
    *, actor: Actor, pk: int, version: int, answer_id: int, reasons: Mapping[int, str], now: datetime
) -> Challenge:
    """One answer is chosen; every other is told that it was not, and why: `reasons` by answer, coded.

    A `Rejected` names each organisation without a reason, so that nobody is left in silence.
    """
    with transaction.atomic():
        challenge = challenge_for(actor, pk, Deed.CHOOSE)
        waiting = list(challenge.answers.filter(state=AnswerState.SUBMITTED).select_related("organisation"))
        chosen = next((one for one in waiting if one.pk == answer_id), None)
        if chosen is None:
            raise ChanjiaoError("record.not_found")
        others = [one for one in waiting if one.pk != answer_id]
        told = _reasons(others, reasons)
        settle(actor=actor, answer=chosen, state=AnswerState.CHOSEN, action="choose_answer", now=now)
        refused = refuse_rest(actor=actor, challenge=challenge, reasons=told, now=now)
        changes: dict[str, object] = {"state": ChallengeState.CHOSEN, "chosen_at": now}
        stored(actor=actor, challenge=challenge, version=version, changes=changes, action="choose_answer", now=now)
        announce(
            actor=actor,
            name="challenge.chosen",
            challenge=challenge,
            now=now,
            body=chosen.organisation,
            amount=challenge.bounty,
        )
        tell_of_challenge(actor, CHOSEN, challenge, [chosen.organisation], now=now)
        tell_of_challenge(actor, NOT_CHOSEN, challenge, refused, now=now)
    return challenge


def _reasons(others: list[ChallengeAnswer], reasons: Mapping[int, str]) -> dict[int, str]:
    given = {one.pk: reasons.get(one.pk, "") for one in others}
    known = set(NotChosenReason.values) - {NotChosenReason.ENDED.value}
    errors = [
        ChanjiaoError("challenge.reason_missing", field=f"reason_{one.pk}", organisation=one.organisation.name)
        for one in others
        if given[one.pk] not in known
    ]
    if errors:
        raise Rejected(errors)
    return given
