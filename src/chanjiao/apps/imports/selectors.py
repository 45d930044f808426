"""Reads over imports, and records as they go into files; all filtered by who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from chanjiao.apps.imports.actions.start_import import layouts_named
from chanjiao.apps.imports.batches import owns
from chanjiao.apps.imports.kinds import kind_named
from chanjiao.apps.imports.models import ImportBatch, ImportedRow, RowOutcome
from chanjiao.core.errors import ChanjiaoError, words_of
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row rejected, kept when the import was taken back, or read with a note: its cells, and why by column."""

    number: int
    cells: tuple[str, ...]
    reasons: tuple[str, ...]
    object_type: str
    object_id: int | None


def imports(actor: Actor) -> QuerySet[ImportBatch]:
    """The imports that the actor's organisation asked for, newest first."""
    rows = ImportBatch.objects.select_related("asked_by")
    if actor.sees_all:
        return rows
    own = actor.organisation_id if actor.acts_for(actor.organisation_id) else None
    return rows.filter(organisation_id=own) if own is not None else rows.none()


def import_batch(actor: Actor, pk: int) -> ImportBatch:
    """One import; `record.not_found` where it is not the actor's."""
    found = ImportBatch.objects.select_related("asked_by").filter(pk=pk).first()
    if found is None or not owns(actor, found):
        raise ChanjiaoError("record.not_found")
    return found


def rejected_rows(actor: Actor, batch: ImportBatch, language: str, *, limit: int | None = None) -> Iterator[Faulty]:
    """The rows of the import that were rejected, with reasons in the reader's language."""
    return _faulty(actor, batch, batch.rows.filter(outcome=RowOutcome.REJECTED), language, limit)


def noted_rows(actor: Actor, batch: ImportBatch, language: str, *, limit: int | None = None) -> Iterator[Faulty]:
    """The rows that were read otherwise than they were written, with what was taken instead."""
    return _faulty(actor, batch, batch.rows.exclude(notes=[]), language, limit)


def kept_rows(actor: Actor, batch: ImportBatch, language: str, *, limit: int | None = None) -> Iterator[Faulty]:
    """The rows whose records stayed when the import was taken back, with reasons."""
    kept = batch.rows.exclude(outcome=RowOutcome.REJECTED).filter(is_undone=False).exclude(errors=[])
    return _faulty(actor, batch, kept, language, limit)


def _faulty(
    actor: Actor, batch: ImportBatch, rows: QuerySet[ImportedRow], language: str, limit: int | None
) -> Iterator[Faulty]:
    if not owns(actor, batch):
        raise ChanjiaoError("record.not_found")
    headings = _headings(batch, language)
    for row in rows.order_by("number")[:limit].iterator(500):
        reasons = tuple(_reason(error, headings, language) for error in (*row.errors, *row.notes))
        yield Faulty(row.number, tuple(row.cells), reasons, row.object_type, row.object_id)


def _headings(batch: ImportBatch, language: str) -> dict[str, str]:
    """The heading of each column by its name, and by the names under which actions know it."""
    kind = kind_named(batch.kind)
    layouts = sorted(kind.layouts, key=lambda layout: layout.key == batch.layout)
    named = {column.name: column.told(language) for layout in layouts for column in layout.columns}
    return {**{f"{name}_code": heading for name, heading in named.items()}, **named}


def _reason(error: dict[str, object], headings: dict[str, str], language: str) -> str:
    params = error["params"]
    assert isinstance(params, dict)
    words = words_of(ChanjiaoError(str(error["code"]), **params), language)
    field = str(error["field"])
    return f"{headings.get(field, field)}: {words}" if field else words


def exported_rows(actor: Actor, kind: str, layout: str, language: str) -> tuple[list[str], Iterator[list[str]]]:
    """Headings and rows of everything of a kind that the actor keeps, in a layout (our own columns if empty)."""
    found = kind_named(kind)
    form = layouts_named(found, layout)[0]
    names = [column.name for column in form.columns]
    records = found.records(actor, form) if form.is_written else ()
    rows = ([record.get(name, "") for name in names] for record in records)
    return form.headings(language), rows
