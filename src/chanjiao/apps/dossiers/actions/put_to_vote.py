"""Put a dossier to the vote."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.dossiers.asking import opinions_owed
from chanjiao.apps.dossiers.changes import announce, dossier_for, moved
from chanjiao.apps.dossiers.models import Dossier, DossierState, OpinionSide
from chanjiao.apps.dossiers.rules import Deed
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.core.audit import record_removal
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def put_to_vote(*, actor: Actor, pk: int, version: int, now: datetime) -> Dossier:
    """The council can vote on it; opinions that were asked for beyond the rule and not given are no longer awaited.

    `dossier.opinions_missing` names each side that owes opinions.
    """
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.READY)
        errors = [
            ChanjiaoError("dossier.opinions_missing", side=str(OpinionSide(side).label), count=count)
            for side, count in opinions_owed(dossier).items()
        ]
        if errors:
            raise Rejected(errors)
        for one in dossier.opinions.filter(verdict=""):
            record_removal(actor=actor, action="put_to_vote", instance=one, now=now)
            one.delete()
        told = {"state": DossierState.READY, "ready_at": now}
        moved(actor=actor, dossier=dossier, version=version, action="put_to_vote", now=now, **told)
        settle_notices(about=dossier, now=now)
        announce(actor=actor, name="dossier.ready", dossier=dossier, now=now, amount=1, unit="份")
    return dossier
