"""Corrections as training material: kept where the organisation that had the document read has agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from chanjiao.apps.members.facts import Fact, FactKind, Value
from chanjiao.apps.members.models import Correction, Founding, TrainingConsent
from chanjiao.core.permissions import Actor, require


def has_agreed(organisation_id: int | None) -> bool:
    """Whether corrections of the organisation's documents may be kept."""
    return organisation_id is not None and TrainingConsent.objects.filter(organisation_id=organisation_id).exists()


def keep_correction(
    *, founding: Founding, kind: FactKind, read: Fact | None, told: Mapping[str, Value] | None, now: datetime
) -> None:
    """What was read and what a person said instead is kept, where the document's owner has agreed.

    `read` is None for a fact that the reading missed, `told` None for one that a person removed.
    """
    if not has_agreed(founding.document.owner_id):
        return
    Correction.objects.create(
        document=founding.document,
        kind=kind.value,
        spans=[list(span) for span in read.spans] if read else [],
        read=_plain(read.values) if read else None,
        told=_plain(told) if told is not None else None,
        made_at=now,
    )


def _plain(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def correction_lines(actor: Actor) -> Iterator[dict[str, Any]]:
    """Every kept correction with the text it is about, for the administrator alone."""
    require(actor.sees_all)
    for one in Correction.objects.select_related("document").order_by("pk").iterator(500):
        yield {
            "text": one.document.repaired,
            "kind": one.kind,
            "spans": one.spans,
            "read": one.read,
            "told": one.told,
            "made_at": one.made_at.isoformat(),
        }
