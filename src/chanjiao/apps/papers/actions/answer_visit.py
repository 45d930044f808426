"""The enterprise confirms or declines what was entered for it after a visit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.actions.close_listing import close_listing
from chanjiao.apps.exchange.actions.submit_listing import submit_listing
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import CloseReason
from chanjiao.apps.papers.models import Visit, VisitState
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

LONGEST_NOTE = 300


def answer_visit(*, actor: Actor, visit_id: int, confirms: bool, note: str = "", now: datetime) -> Visit:
    """The need awaits the secretariat's review, or is withdrawn; only who acts for the enterprise answers, once."""
    with transaction.atomic():
        visit = visit_for(actor, visit_id)
        if visit.state != VisitState.AWAITING:
            raise ChanjiaoError("state.refused", state=VisitState(visit.state).label)
        before, need = state_of(visit), visit.need
        if confirms:
            submit_listing(actor=actor, side=Side.NEED, pk=need.pk, version=need.version, now=now)
        else:
            reason = CloseReason.WITHDRAWN
            close_listing(actor=actor, side=Side.NEED, pk=need.pk, version=need.version, reason=reason, now=now)
        visit.state = VisitState.CONFIRMED if confirms else VisitState.DECLINED
        visit.note, visit.decided_at = note.strip()[:LONGEST_NOTE], now
        visit.save(update_fields=["state", "note", "decided_at"])
        record_change(actor=actor, action="answer_visit", instance=visit, now=now, before=before)
    return visit


def visit_for(actor: Actor, visit_id: int) -> Visit:
    """The visit to the enterprise that the actor acts for; `record.not_found` for everybody else."""
    found = Visit.objects.select_related("need__organisation", "college").filter(pk=visit_id).first()
    if found is None or not actor.acts_for(found.need.organisation_id):
        raise ChanjiaoError("record.not_found")
    return found
