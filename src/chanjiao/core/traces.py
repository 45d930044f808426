"""Which need a later deed came from: each app says it for its own records, so that a need is followed to its end.

An app registers the paths of its records in its `commitments.py`; events name objects by their models. An app above may
know a further path by which records of one below came about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.db.models import Model

from chanjiao.core.models import Event

Trace = Callable[[Collection[int]], Mapping[int, int]]
"""Ids of objects → ids of the needs that they came from; objects that came from none are left out."""

TRACES: dict[str, list[Trace]] = {}


def register_path(model: type[Model], need: str) -> None:
    """Objects of that model are followed back along the relations of `need`, such as `agreement__match__need_id`."""

    def trace(ids: Collection[int]) -> Mapping[int, int]:
        rows = model._default_manager.filter(pk__in=ids, **{f"{need}__isnull": False})
        return dict(rows.values_list("pk", need))

    TRACES.setdefault(model._meta.label_lower, []).append(trace)


def needs_with(event_names: Collection[str]) -> set[int]:
    """Ids of the needs of whose later objects one of these deeds is told."""
    told = Event.objects.filter(name__in=event_names, object_type__in=TRACES)
    objects: dict[str, set[int]] = {}
    for object_type, object_id in told.order_by().values_list("object_type", "object_id").distinct():
        objects.setdefault(object_type, set()).add(object_id)
    return {need for kind, ids in objects.items() for trace in TRACES[kind] for need in trace(ids).values()}
