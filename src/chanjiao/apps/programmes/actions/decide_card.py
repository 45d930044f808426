"""Decide over a warning card."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.programmes.changes import refuse_faults, rewritten
from chanjiao.apps.programmes.models import CardDecision, CardState, WarningCard
from chanjiao.apps.programmes.rights import may_decide, sees_card
from chanjiao.core.audit import emit
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def decide_card(*, actor: Actor, pk: int, version: int, decision: str, reason: str, now: datetime) -> WarningCard:
    """The card is closed by a decision with its reason, and kept; `state.refused` where it is not open."""
    with transaction.atomic():
        card = WarningCard.objects.select_for_update().select_related("point__college").filter(pk=pk).first()
        if card is None or not sees_card(actor, card.point.college_id):
            raise ChanjiaoError("record.not_found")
        require(may_decide(actor))
        if card.state != CardState.OPEN:
            raise ChanjiaoError("state.refused", state=card.get_state_display())
        refuse_faults(_faults(decision, reason))
        values = {"state": CardState.DECIDED, "decision": decision, "reason": reason.strip()[:500]}
        card = rewritten(
            actor=actor, row=card, action="decide_card", now=now, version=version,
            **values, decided_by=actor.name, decided_at=now,
        )  # fmt: skip
        college = (card.point.college_id, card.point.college.name)
        emit(actor=actor, name="warning.decided", instance=card, now=now, organisation=college, note=decision)
    return card


def _faults(decision: str, reason: str) -> list[ChanjiaoError]:
    faults = []
    if decision not in CardDecision.values:
        faults.append(ChanjiaoError("listing.bad_choice", field="decision", value=decision[:40]))
    if not reason.strip():
        faults.append(ChanjiaoError("warning.no_reason", field="reason"))
    return faults
