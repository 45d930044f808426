"""Give up an import that was checked and not stored."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.imports.batches import batch_for
from chanjiao.apps.imports.models import BatchState
from chanjiao.core.audit import record_removal
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def discard_import(*, actor: Actor, batch_id: int, now: datetime) -> None:
    """The file and what was found in it are gone; nothing had been stored of it."""
    with transaction.atomic():
        batch = batch_for(actor, batch_id)
        if batch.state not in (BatchState.CHECKING, BatchState.CHECKED):
            raise ChanjiaoError("state.refused", state=BatchState(batch.state).label)
        record_removal(actor=actor, action="discard_import", instance=batch, now=now)
        batch.delete()
