"""Edit a dossier that is a draft."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.dossiers.changes import dossier_for, moved
from chanjiao.apps.dossiers.facts import ChangeFacts, checked
from chanjiao.apps.dossiers.models import Dossier
from chanjiao.apps.dossiers.rules import Deed
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def edit_dossier(*, actor: Actor, pk: int, version: int, facts: ChangeFacts, now: datetime) -> Dossier:
    """The draft asks for this change; what it cites stays."""
    try:
        with transaction.atomic():
            dossier = dossier_for(actor, pk, Deed.EDIT)
            told = checked(facts, college_id=dossier.college_id, now=now)
            return moved(actor=actor, dossier=dossier, version=version, action="edit_dossier", now=now, **told)
    except IntegrityError:
        raise ChanjiaoError("dossier.pending", field="point") from None
