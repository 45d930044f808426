"""Discard the draft of an agreement or of its amendment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.cooperation.changes import agreement_for, claimed, the_version
from chanjiao.apps.cooperation.models import Agreement, AgreementState, VersionState
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.permissions import Actor


def discard_draft(*, actor: Actor, pk: int, version: int, now: datetime) -> Agreement:
    """The draft is gone; an agreement that nobody else has seen yet is not concluded, any other stands as before."""
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.DISCARD)
        draft = the_version(agreement, VersionState.DRAFT)
        before = state_of(agreement)
        claimed(agreement, version)
        if agreement.state == AgreementState.DRAFT:
            agreement.state, draft.state, draft.settled_at = AgreementState.WITHDRAWN, VersionState.WITHDRAWN, now
            draft.save(update_fields=["state", "settled_at"])
        else:
            draft.delete()
        agreement.save()
        record_change(actor=actor, action="discard_draft", instance=agreement, now=now, before=before)
    return agreement
