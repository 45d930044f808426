"""End an agreement in force."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.changes import agreement_for, announce, bodies_of, claimed
from chanjiao.apps.cooperation.models import Agreement, AgreementState, EndReason, VersionState
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require

LONGEST_NOTE = 300


def end_agreement(
    *, actor: Actor, pk: int, version: int, reason: EndReason, note: str = "", now: datetime
) -> Agreement:
    """The agreement in force has ended for a coded reason; an amendment that waited is not concluded."""
    note = clean_text(note)
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.END)
        if len(note) > LONGEST_NOTE:
            raise Rejected([ChanjiaoError("listing.too_long", field="note", limit=LONGEST_NOTE)])
        claimed(agreement, version)
        _end(actor, agreement, reason, note, now)
    return agreement


def end_due(*, actor: Actor, now: datetime) -> int:
    """The number of agreements in force whose term was over before today and that have ended now."""
    require(actor.sees_all)
    due = Agreement.objects.filter(state=AgreementState.IN_FORCE, current__ends_on__lt=timezone.localdate(now))
    ended = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            agreement = due.select_for_update(of=("self",)).filter(pk=pk).first()
            if agreement is not None:
                agreement.version += 1
                _end(actor, agreement, EndReason.TERM, "", now)
                ended += 1
    return ended


def _end(actor: Actor, agreement: Agreement, reason: EndReason, note: str, now: datetime) -> None:
    before = state_of(agreement)
    waiting = agreement.versions.filter(state__in=[VersionState.DRAFT, VersionState.PROPOSED])
    waiting.update(state=VersionState.WITHDRAWN, settled_at=now)
    goes_on = agreement.renewals.filter(state=AgreementState.IN_FORCE).exists()
    agreement.state = AgreementState.RENEWED if goes_on else AgreementState.ENDED
    agreement.ended_at, agreement.end_reason, agreement.note = now, reason, note
    agreement.save()
    record_change(actor=actor, action="end_agreement", instance=agreement, now=now, before=before)
    assert agreement.current is not None
    bodies = bodies_of(agreement.current)
    announce(actor=actor, name="agreement.ended", version=agreement.current, now=now, bodies=bodies)
