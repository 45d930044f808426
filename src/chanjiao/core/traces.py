"""Which need a later deed came from: each app says it for its own records, so that a need is followed to its end.

An app registers its kinds of objects in its `commitments.py`; events name objects by these kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from chanjiao.core.models import Event

Trace = Callable[[Collection[int]], Mapping[int, int]]
"""Ids of objects → ids of the needs that they came from; objects that came from none are left out."""

TRACES: dict[str, Trace] = {}


def needs_with(event_names: Collection[str]) -> set[int]:
    """Ids of the needs of whose later objects one of these deeds is told."""
    told = Event.objects.filter(name__in=event_names, object_type__in=TRACES)
    needs: set[int] = set()
    objects: dict[str, set[int]] = {}
    for object_type, object_id in told.order_by().values_list("object_type", "object_id").distinct():
        objects.setdefault(object_type, set()).add(object_id)
    for object_type, ids in objects.items():
        needs |= set(TRACES[object_type](ids).values())
    return needs
