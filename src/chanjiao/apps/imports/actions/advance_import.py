"""Check or store the rows of an import, chunk by chunk, each chunk whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import dropwhile, islice
from typing import Any

from django.db import transaction
from django.db.models import F

from chanjiao.apps.imports.actions.start_import import opened
from chanjiao.apps.imports.batches import actor_of, kept_errors
from chanjiao.apps.imports.kinds import kind_named
from chanjiao.apps.imports.kinds.base import Options, Planned, Reading, ReadRow, Stored
from chanjiao.apps.imports.models import BatchState, ImportBatch, ImportedRow, ImportFile, RowOutcome
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.bulk import insert_rows
from chanjiao.core.errors import ChanjiaoError

CHUNK = 500
COLUMNS = tuple("batch_id number outcome object_type object_id object_version before errors notes cells".split())
Advanced = Callable[[int], None]
"""Told how many further rows are finished."""


def advance_import(*, batch_id: int, now: datetime, advanced: Advanced = lambda rows: None) -> ImportBatch:
    """Every row is checked, or stored where the import was confirmed; safe to run again after being cut off.

    A chunk's records, its rows and the place reached are one transaction, so that nothing is lost and nothing stored
    twice. It runs with the rights that who asked for it has now.
    """
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state not in (BatchState.CHECKING, BatchState.STORING):
        return batch
    kind, actor = kind_named(batch.kind), actor_of(batch)
    table = opened(kind, bytes(batch.file.content), batch.layout, batch.sheet)
    reading = kind.begin(actor, table.layout, Options(**batch.options), now)
    rows = dropwhile(_is_done(batch.position), reading.plan(table.rows()))
    while read := list(islice(rows, CHUNK)):
        with transaction.atomic():
            _claim(batch)
            stores = batch.state == BatchState.STORING
            done = _stored(reading, [one.planned for one in read if one.planned]) if stores else []
            insert_rows(ImportedRow, COLUMNS, _rows(batch, read, done))
            _count(batch, read)
        advanced(len(read))
    return _finish(batch, now)


def _is_done(position: int) -> Callable[[ReadRow], bool]:
    return lambda row: row.number <= position


def _stored(reading: Reading, planned: Sequence[Planned]) -> list[Stored]:
    changing = iter(reading.store([one for one in planned if one.outcome != RowOutcome.UNCHANGED]))
    return [one.payload if one.outcome == RowOutcome.UNCHANGED else next(changing) for one in planned]


def _claim(batch: ImportBatch) -> None:
    """The batch is this worker's for one chunk; another that took it over meanwhile is noticed by the place reached."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if (held.position, held.state) != (batch.position, batch.state):
        raise ChanjiaoError("record.stale")


def _rows(batch: ImportBatch, read: Sequence[ReadRow], done: Sequence[Stored]) -> Iterable[tuple[Any, ...]]:
    """Rows to keep, by `COLUMNS`: rejected ones with their cells, others with notes or what they did."""
    stored = iter(done)
    for one in read:
        if one.planned is None:
            errors = kept_errors(one.refused) if one.refused else []
            yield batch.pk, one.number, RowOutcome.REJECTED.value, "", None, None, None, errors, [], list(one.cells)
            continue
        notes = kept_errors(one.planned.note) if one.planned.note else []
        if batch.state == BatchState.STORING:
            what = next(stored)
            did = (what.object_type, what.object_id, what.version, what.before)
            yield batch.pk, one.number, str(one.planned.outcome), *did, [], notes, []
        elif notes:
            yield batch.pk, one.number, str(one.planned.outcome), "", None, None, None, [], notes, list(one.cells)


def _count(batch: ImportBatch, read: Sequence[ReadRow]) -> None:
    batch.position = read[-1].number
    counted = dict.fromkeys(RowOutcome.values, 0)
    for one in read:
        counted[one.planned.outcome if one.planned else RowOutcome.REJECTED] += 1
    ImportBatch.objects.filter(pk=batch.pk).update(
        position=batch.position, **{outcome: F(outcome) + count for outcome, count in counted.items()}
    )


def _finish(batch: ImportBatch, now: datetime) -> ImportBatch:
    with transaction.atomic():
        batch.refresh_from_db()
        before = state_of(batch)
        was_stored = batch.state == BatchState.STORING
        batch.state = BatchState.DONE if was_stored else BatchState.CHECKED
        batch.finished_at = now
        batch.save(update_fields=["state", "finished_at"])
        if was_stored:
            ImportFile.objects.filter(batch=batch).delete()
            actor = actor_of(batch)
            record_change(actor=actor, action="finish_import", instance=batch, now=now, before=before)
            amount = batch.created + batch.updated
            kind_named(batch.kind).afterwards(actor, now)
            emit(actor=actor, name="import.done", instance=batch, now=now, amount=amount, note=batch.kind)
    return batch
