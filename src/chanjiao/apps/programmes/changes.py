"""What the actions share: checking figures, fetching with rights, and writing one row with its record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import F
from django.utils import timezone

from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import Figures, faults
from chanjiao.core.audit import record_change, record_removal, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor

Row = TypeVar("Row", bound=models.Model)


def check(figures: Figures, now: datetime, also: list[ChanjiaoError] | None = None) -> None:
    """Raise a `Rejected` with every fault of the figures, and those found `also`."""
    refuse_faults([*(also or []), *faults(figures, this_year=timezone.localdate(now).year)])


def refuse_faults(found: Iterable[ChanjiaoError]) -> None:
    """Raise a `Rejected` with every fault; nothing where there is none."""
    faults = list(found)
    if faults:
        raise Rejected(faults)


def point_named(pk: int) -> ProgrammePoint:
    """The programme point with its college; `record.not_found`."""
    found = ProgrammePoint.objects.select_related("college").filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def rewritten(*, actor: Actor, row: Row, action: str, now: datetime, version: int | None = None, **values: Any) -> Row:
    """The row with new values and its audit record; `record.stale` where it is not in `version` any more."""
    before = state_of(row)
    held = row.version if version is None else version  # type: ignore[attr-defined]
    rows = type(row)._default_manager.filter(pk=row.pk, version=held)
    if not rows.update(**values, version=F("version") + 1):
        raise ChanjiaoError("record.stale")
    row.refresh_from_db()
    record_change(actor=actor, action=action, instance=row, now=now, before=before)
    return row


def taken_back(*, actor: Actor, row: models.Model, action: str, version: int, now: datetime) -> None:
    """The row is gone and the record keeps it; `record.stale` where it is not in `version` any more."""
    if row.version != version:  # type: ignore[attr-defined]
        raise ChanjiaoError("record.stale")
    record_removal(actor=actor, action=action, instance=row, now=now)
    row.delete()
