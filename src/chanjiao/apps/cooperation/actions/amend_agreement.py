"""Begin the next version of an agreement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.cooperation.changes import agreement_for, own_party
from chanjiao.apps.cooperation.contents import content_of, store
from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.models import Agreement, AgreementVersion, VersionState
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor

LONGEST_REASON = 300


def amend_agreement(*, actor: Actor, pk: int, reason: str, now: datetime) -> AgreementVersion:
    """A draft of the next version, a copy of the one that waits or is in force, which stays until this is signed."""
    reason = clean_text(reason)
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.AMEND)
        if not reason or len(reason) > LONGEST_REASON:
            code = "listing.too_long" if reason else "review.reason_required"
            raise Rejected([ChanjiaoError(code, field="reason", limit=LONGEST_REASON)])
        base = _base(agreement)
        drafter = own_party(actor, base)
        draft = AgreementVersion(
            agreement=agreement,
            number=max(one.number for one in agreement.versions.all()) + 1,
            drafted_by=drafter,
            reason=reason,
            created_at=now,
        )
        store(draft, kind_of(agreement.kind), content_of(base), base)
        record_change(actor=actor, action="amend_agreement", instance=draft, now=now)
    return draft


def _base(agreement: Agreement) -> AgreementVersion:
    waiting = [one for one in agreement.versions.all() if one.state in (VersionState.PROPOSED, VersionState.IN_FORCE)]
    return max(waiting, key=lambda one: one.number)
