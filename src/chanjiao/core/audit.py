"""Writing the record: what changed, and which deed was done. Called by actions only, inside their transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from chanjiao.core.bulk import insert_rows
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import Actor

SECRETS = frozenset({"password", "digest"})
"""Columns whose values never enter the record; a table names further ones (`private_columns`)."""
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_JSON = DjangoJSONEncoder()
Told = dict[str, Any]
"""Columns of a row of the record or of an event."""


def state_of(instance: models.Model, fields: Iterable[str] | None = None) -> dict[str, Any]:
    """The stored values of an instance by column, as JSON values; all columns unless `fields` are named."""
    names, values_of, secrets = _columns(type(instance))
    values = dict(zip(names, values_of(instance), strict=True))
    if fields is not None:
        values = {name: values[name] for name in fields}
    values |= {name: _mark(values[name]) for name in secrets if values.get(name)}
    return {name: value if type(value) in _AS_THEY_ARE else _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """The value as JSON holds it; days, moments and amounts without the way through a text, which takes long."""
    if isinstance(value, date | Decimal):
        return _JSON.default(value)
    return json.loads(_JSON.encode(value))


@cache
def _columns(
    model: type[models.Model],
) -> tuple[tuple[str, ...], Callable[[models.Model], tuple[Any, ...]], frozenset[str]]:
    """Names of all columns, what reads their values, and which are secret; an import asks for them row by row."""
    names = tuple(field.attname for field in model._meta.concrete_fields)
    return names, attrgetter(*names), SECRETS | set(getattr(model, "private_columns", ()))


def _mark(value: Any) -> str:
    """What the record keeps of a secret: only a mark that tells whether it changed."""
    return f"({hashlib.sha256(str(value).encode()).hexdigest()[:6]})"


def record_change(
    *, actor: Actor, action: str, instance: models.Model, now: datetime, before: dict[str, Any] | None = None
) -> AuditRecord | None:
    """The record of a change to `instance`, holding only columns whose value differs from `before`.

    Without `before` the instance is new and all its columns stand in `after`. Nothing changed: no record.
    """
    after = state_of(instance)
    old = before or {}
    changed = {name for name, value in after.items() if before is None or old.get(name) != value}
    if not changed:
        return None
    return AuditRecord.objects.create(
        action=action,
        at=now,
        before={name: old[name] for name in sorted(changed) if name in old},
        after={name: after[name] for name in sorted(changed)},
        **_who_and_what(actor, instance),
    )


def record_additions(*, actor: Actor, action: str, instances: Sequence[models.Model], now: datetime) -> None:
    """The records of many new rows, written at once; each like that of `record_change` without `before`."""
    told = ({**_who_and_what(actor, one), "action": action, "at": now, "after": state_of(one)} for one in instances)
    _insert(AuditRecord, told)


def record_removal(*, actor: Actor, action: str, instance: models.Model, now: datetime) -> AuditRecord:
    """The record of a row that is about to be deleted, with all that it held."""
    return AuditRecord.objects.create(
        action=action, at=now, before=state_of(instance), after={}, **_who_and_what(actor, instance)
    )


def emit(
    *,
    actor: Actor,
    name: str,
    instance: models.Model,
    now: datetime,
    consortium_id: int | None = None,
    organisation: tuple[int, str] | None = None,
    amount: Decimal | int | None = None,
    unit: str = "",
    note: str = "",
) -> Event:
    """The event `name` (past tense), credited to `organisation` (id, name), or to the one the actor acts for."""
    told = told_event(
        actor=actor,
        name=name,
        instance=instance,
        now=now,
        consortium_id=consortium_id,
        organisation=organisation,
        amount=amount,
        unit=unit,
        note=note,
    )
    return Event.objects.create(**told)


def emit_all(events: Iterable[Told]) -> None:
    """The events that `told_event` describes, written at once."""
    _insert(Event, events)


def told_event(
    *,
    actor: Actor,
    name: str,
    instance: models.Model,
    now: datetime,
    consortium_id: int | None = None,
    organisation: tuple[int, str] | None = None,
    amount: Decimal | int | None = None,
    unit: str = "",
    note: str = "",
) -> Told:
    """The columns of the event that `emit` writes, for those who write many."""
    told = _who_and_what(actor, instance)
    if organisation is not None:
        told["organisation_id"], told["organisation_name"] = organisation
    return {
        **told,
        "name": name,
        "at": now,
        "consortium_id": consortium_id,
        "amount": amount,
        "unit": unit,
        "note": note,
    }


def _insert(model: type[models.Model], told: Iterable[Told]) -> None:
    rows = list(told)
    if rows:
        columns = list(rows[0])
        insert_rows(model, columns, ([row[name] for name in columns] for row in rows))


def _who_and_what(actor: Actor, instance: models.Model) -> dict[str, Any]:
    return {
        "actor_id": actor.user_id,
        "actor_name": actor.name,
        "organisation_id": actor.organisation_id,
        "organisation_name": actor.organisation_name,
        "object_type": instance._meta.label_lower,
        "object_id": instance.pk,
        "object_name": str(instance)[:300],
    }
