"""Decline an agreement that waits for signatures."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.cooperation.changes import agreement_for, announce, claimed, the_version
from chanjiao.apps.cooperation.models import Agreement, AgreementState, VersionState
from chanjiao.apps.cooperation.notices import DECLINED, tell_parties
from chanjiao.apps.cooperation.publicity import stop_running
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor

LONGEST_NOTE = 300


def decline_agreement(*, actor: Actor, pk: int, version: int, reason: str, now: datetime) -> Agreement:
    """What waits for signatures is not concluded, for the reason given; an agreement in force stays as it was."""
    reason = clean_text(reason)
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.DECLINE)
        if not reason or len(reason) > LONGEST_NOTE:
            code = "listing.too_long" if reason else "review.reason_required"
            raise Rejected([ChanjiaoError(code, field="reason", limit=LONGEST_NOTE)])
        declined = the_version(agreement, VersionState.PROPOSED)
        before = state_of(agreement)
        declined.state, declined.settled_at = VersionState.WITHDRAWN, now
        declined.save(update_fields=["state", "settled_at"])
        claimed(agreement, version).note = reason
        if agreement.state == AgreementState.PROPOSED:
            agreement.state = AgreementState.WITHDRAWN
        agreement.save()
        record_change(actor=actor, action="decline_agreement", instance=agreement, now=now, before=before)
        stop_running(actor=actor, agreement=agreement, note=reason, now=now)
        settle_notices(about=agreement, now=now)
        tell_parties(actor, DECLINED, declined, now)
        announce(actor=actor, name="agreement.declined", version=declined, now=now, bodies=[declined.drafted_by])
    return agreement
