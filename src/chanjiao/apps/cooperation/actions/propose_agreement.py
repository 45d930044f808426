"""Propose an agreement to its parties."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.changes import agreement_for, announce, claimed, the_version, version_in
from chanjiao.apps.cooperation.contents import checked, content_of, names_of
from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.models import Agreement, AgreementState, AgreementVersion, VersionState
from chanjiao.apps.cooperation.notices import tell_of_proposal
from chanjiao.apps.cooperation.publicity import NEW_PRICE, stop_running
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.apps.cooperation.text import sha256_of, text_of
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.permissions import Actor


def propose_agreement(*, actor: Actor, pk: int, version: int, now: datetime) -> Agreement:
    """The draft's exact text is fixed, and every party sees it and may sign it.

    A version that waited for signatures is replaced by it. A `Rejected` lists what is missing, which rules are broken,
    and a term that overlaps (`agreement.breaks_rule`, `agreement.overlaps`).
    """
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.PROPOSE)
        draft = the_version(agreement, VersionState.DRAFT)
        claimed(agreement, version)
        _fix_text(actor, agreement, draft, now)
        stop_running(actor=actor, agreement=agreement, note=NEW_PRICE, now=now, but_for=draft)
        before = state_of(agreement, _COLUMNS)
        if agreement.state == AgreementState.DRAFT:
            agreement.state = AgreementState.PROPOSED
        agreement.proposed_at = agreement.proposed_at or now
        if agreement.state == AgreementState.PROPOSED:
            agreement.current = draft
        agreement.save()
        record_change(actor=actor, action="propose_agreement", instance=agreement, now=now, before=before)
        announce(actor=actor, name="agreement.proposed", version=draft, now=now, bodies=[draft.drafted_by])
        settle_notices(about=agreement, now=now)
        tell_of_proposal(actor, draft, now)
    return agreement


_COLUMNS = ("state", "proposed_at", "current_id", "version")


def _fix_text(actor: Actor, agreement: Agreement, draft: AgreementVersion, now: datetime) -> None:
    kind, today = kind_of(agreement.kind), timezone.localdate(now)
    content = checked(kind, content_of(draft), today=today, complete=True, leaving_out=agreement.pk)
    before = state_of(draft)
    replaced = version_in(agreement, VersionState.PROPOSED)
    if replaced is not None:
        replaced.state, replaced.settled_at = VersionState.SUPERSEDED, now
        replaced.save(update_fields=["state", "settled_at"])
    draft.text = text_of(kind, content, names_of(draft), agreement.number, draft.number)
    draft.text_sha256, draft.state, draft.proposed_at = sha256_of(draft.text), VersionState.PROPOSED, now
    draft.save()
    record_change(actor=actor, action="propose_agreement", instance=draft, now=now, before=before)
