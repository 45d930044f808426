"""Edit the draft of an agreement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.changes import agreement_for, claimed, the_version
from chanjiao.apps.cooperation.content import Content
from chanjiao.apps.cooperation.contents import checked, store
from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.models import Agreement, VersionState
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def edit_agreement(*, actor: Actor, pk: int, version: int, content: Content, now: datetime) -> Agreement:
    """The draft holds the content, which need not be complete yet; its writer stays among the parties.

    `record.stale` where somebody changed it since `version`; a `Rejected` lists every wrong field.
    """
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.EDIT)
        draft = the_version(agreement, VersionState.DRAFT)
        before, kind = state_of(draft), kind_of(agreement.kind)
        told = checked(kind, content, today=timezone.localdate(now), complete=False)
        if draft.drafted_by_id not in [party.organisation_id for party in told.parties]:
            raise Rejected([ChanjiaoError("agreement.drafter_left_out", field="parties")])
        claimed(agreement, version).save(update_fields=["version"])
        store(draft, kind, told)
        record_change(actor=actor, action="edit_agreement", instance=draft, now=now, before=before)
    return agreement
