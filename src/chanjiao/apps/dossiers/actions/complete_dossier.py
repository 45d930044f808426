"""Hand a dossier in as complete."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from chanjiao.apps.dossiers.book import change_of
from chanjiao.apps.dossiers.changes import announce, dossier_for, moved
from chanjiao.apps.dossiers.models import Dossier, DossierState
from chanjiao.apps.dossiers.notices import COMPLETED, RETURNED, tell_of_dossier
from chanjiao.apps.dossiers.rules import Deed, lacking
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.apps.notices.addressees import secretariat
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def complete_dossier(*, actor: Actor, pk: int, version: int, now: datetime) -> Dossier:
    """The dossier is complete and goes to the secretariat; `dossier.lacking` names each requirement that is not met."""
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.COMPLETE)
        errors = _lacking(dossier)
        if errors:
            raise Rejected(errors)
        told = {"state": DossierState.COMPLETE, "completed_at": dossier.completed_at or now, "reason": "", "note": ""}
        moved(actor=actor, dossier=dossier, version=version, action="complete_dossier", now=now, **told)
        settle_notices(about=dossier, kind=RETURNED, now=now)
        announce(actor=actor, name="dossier.completed", dossier=dossier, now=now, amount=1, unit="份")
        tell_of_dossier(actor, COMPLETED, dossier, [secretariat(dossier.consortium_id)], now=now)
    return dossier


def _lacking(dossier: Dossier) -> list[ChanjiaoError]:
    kind = change_of(dossier.change)
    missing = lacking(kind.requirements, dossier.evidence.values_list("kind", flat=True))
    pairs = zip(kind.labels, missing, strict=True)
    language = get_language() or "zh-hans"
    told = [(label.in_language(language), count) for label, count in pairs if count]
    return [ChanjiaoError("dossier.lacking", what=what, count=count) for what, count in told]
