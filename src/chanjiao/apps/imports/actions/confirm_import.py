"""Store what was checked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.imports.batches import batch_for
from chanjiao.apps.imports.models import BatchState, ImportBatch
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor


def confirm_import(*, actor: Actor, batch_id: int, now: datetime, unchecked: bool = False) -> ImportBatch:
    """The checked rows are being stored from the first on, each checked once more; a job goes on with it.

    With `unchecked` an import that nobody has checked is stored at once.
    """
    with transaction.atomic():
        batch = batch_for(actor, batch_id)
        if batch.state != BatchState.CHECKED and not (unchecked and batch.state == BatchState.CHECKING):
            raise ChanjiaoError("state.refused", state=BatchState(batch.state).label)
        before = state_of(batch)
        batch.rows.all().delete()
        batch.state, batch.position, batch.finished_at = BatchState.STORING, 0, None
        batch.created = batch.updated = batch.unchanged = batch.rejected = 0
        batch.save()
        record_change(actor=actor, action="confirm_import", instance=batch, now=now, before=before)
        enqueue("imports.advance", actor=actor, now=now, key=f"import.{batch.pk}", batch_id=batch.pk)
    return batch
