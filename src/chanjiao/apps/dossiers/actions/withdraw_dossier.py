"""Withdraw a dossier before it is decided."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.dossiers.changes import announce, dossier_for, moved
from chanjiao.apps.dossiers.models import Dossier, DossierState
from chanjiao.apps.dossiers.rules import Deed, text_faults
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.core.errors import Rejected
from chanjiao.core.permissions import Actor


def withdraw_dossier(*, actor: Actor, pk: int, version: int, note: str, now: datetime) -> Dossier:
    """The college no longer asks for the change, and says why."""
    note = clean_text(note)
    errors = [*text_faults(note=note)]
    if errors:
        raise Rejected(errors)
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.WITHDRAW)
        told = {"state": DossierState.WITHDRAWN, "note": note}
        moved(actor=actor, dossier=dossier, version=version, action="withdraw_dossier", now=now, **told)
        settle_notices(about=dossier, now=now)
        if dossier.completed_at is not None:
            announce(actor=actor, name="dossier.withdrawn", dossier=dossier, now=now, amount=1, unit="份")
    return dossier
