"""Writing the record: what changed, and which deed was done. Called by actions only, inside their transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import Actor

SECRETS = frozenset({"password", "digest"})
"""Columns whose values never enter the record; a table names further ones (`private_columns`)."""


def state_of(instance: models.Model, fields: Iterable[str] | None = None) -> dict[str, Any]:
    """The stored values of an instance by column, as JSON values; all columns unless `fields` are named."""
    names = list(fields) if fields is not None else [field.attname for field in instance._meta.concrete_fields]
    told = [(name, getattr(instance, name)) for name in names]
    secrets = SECRETS | set(getattr(instance, "private_columns", ()))
    values = {name: _mark(value) if name in secrets and value else value for name, value in told}
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


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
    told = _who_and_what(actor, instance)
    if organisation is not None:
        told["organisation_id"], told["organisation_name"] = organisation
    return Event.objects.create(
        name=name, at=now, consortium_id=consortium_id, amount=amount, unit=unit, note=note, **told
    )


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
