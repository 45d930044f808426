"""Send a dossier back to its college."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.dossiers.changes import announce, dossier_for, moved
from chanjiao.apps.dossiers.models import Dossier, DossierState
from chanjiao.apps.dossiers.notices import RETURNED, tell_of_dossier
from chanjiao.apps.dossiers.reasons import checked_reason
from chanjiao.apps.dossiers.rules import Deed
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.apps.notices.addressees import organisation
from chanjiao.core.audit import record_removal
from chanjiao.core.permissions import Actor


def return_dossier(*, actor: Actor, pk: int, version: int, reason: str, note: str, now: datetime) -> Dossier:
    """The dossier is a draft again, for a coded reason and a note that says what to mend.

    Opinions were on what it was: they are taken out, and the record keeps them.
    """
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.RETURN)
        told = checked_reason(reason, note) | {"state": DossierState.DRAFT, "ready_at": None}
        for one in dossier.opinions.all():
            record_removal(actor=actor, action="return_dossier", instance=one, now=now)
            one.delete()
        moved(actor=actor, dossier=dossier, version=version, action="return_dossier", now=now, **told)
        settle_notices(about=dossier, now=now)
        announce(actor=actor, name="dossier.returned", dossier=dossier, now=now, amount=1, unit="份")
        tell_of_dossier(actor, RETURNED, dossier, [organisation(dossier.college_id)], now=now)
    return dossier
