"""Take a whole import back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from chanjiao.apps.imports.actions.advance_import import CHUNK, Advanced
from chanjiao.apps.imports.batches import actor_of, batch_for, kept_errors
from chanjiao.apps.imports.kinds import kind_named
from chanjiao.apps.imports.kinds.base import Stored
from chanjiao.apps.imports.models import BatchState, ImportBatch, ImportedRow, RowOutcome
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor

CHANGING = (RowOutcome.CREATED, RowOutcome.UPDATED)


def ask_for_undo(*, actor: Actor, batch_id: int, now: datetime) -> ImportBatch:
    """The import is being taken back by a job; possible once it is done."""
    with transaction.atomic():
        batch = batch_for(actor, batch_id)
        if batch.state != BatchState.DONE:
            raise ChanjiaoError("state.refused", state=BatchState(batch.state).label)
        before = state_of(batch)
        batch.state, batch.finished_at = BatchState.UNDOING, None
        batch.save(update_fields=["state", "finished_at"])
        record_change(actor=actor, action="ask_for_undo", instance=batch, now=now, before=before)
        enqueue("imports.undo", actor=actor, now=now, key=f"import.{batch.pk}", batch_id=batch.pk)
    return batch


def undo_import(*, batch_id: int, now: datetime, advanced: Advanced = lambda rows: None) -> ImportBatch:
    """Records that rows made are gone and changed ones are as before, the last row first; safe to run again.

    What was changed since, or is relied on, is kept with the reason beside its row, and counted as `kept`.
    """
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != BatchState.UNDOING:
        return batch
    actor, kind = actor_of(batch), kind_named(batch.kind)
    waiting = ImportedRow.objects.filter(batch=batch, outcome__in=CHANGING, is_undone=False, errors=[])
    while chunk := list(waiting.order_by("-number")[:CHUNK]):
        with transaction.atomic():
            for row in chunk:
                try:
                    with transaction.atomic():
                        kind.undo(actor, _stored(row), now)
                    row.is_undone = True
                except ChanjiaoError as refused:
                    row.errors = kept_errors(refused)
            ImportedRow.objects.bulk_update(chunk, ["is_undone", "errors"])
            kept = sum(1 for row in chunk if not row.is_undone)
            ImportBatch.objects.filter(pk=batch.pk).update(kept=F("kept") + kept)
        advanced(len(chunk))
    return _finish(batch, actor, now)


def _stored(row: ImportedRow) -> Stored:
    assert row.object_id is not None
    return Stored(row.object_type, row.object_id, row.object_version or 1, row.before)


def _finish(batch: ImportBatch, actor: Actor, now: datetime) -> ImportBatch:
    with transaction.atomic():
        batch.refresh_from_db()
        before = state_of(batch)
        batch.state, batch.finished_at = BatchState.UNDONE, now
        batch.save(update_fields=["state", "finished_at"])
        record_change(actor=actor, action="undo_import", instance=batch, now=now, before=before)
        kind_named(batch.kind).afterwards(actor, now)
        emit(
            actor=actor,
            name="import.undone",
            instance=batch,
            now=now,
            amount=batch.created + batch.updated - batch.kept,
        )
    return batch
