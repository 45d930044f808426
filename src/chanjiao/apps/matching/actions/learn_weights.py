"""Learn the weights of the factors from replies."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from chanjiao.apps.matching.models import WeightOrigin, WeightSet
from chanjiao.apps.matching.weight_sets import (
    counts_of,
    may_weigh,
    replies_since_last,
    weights_in_force,
)
from chanjiao.core.audit import emit, record_change
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor, require
from chanjiao.engines.matching.learning import learned


@dataclass(frozen=True, slots=True)
class Learned:
    """The versions that came about, and the kinds left alone with the reason: `too_few` or `nothing_clear`."""

    sets: tuple[WeightSet, ...]
    left_alone: tuple[tuple[str, str], ...]


def learn_weights(*, actor: Actor, now: datetime) -> Learned:
    """A new version of the weights for each kind whose replies show that a factor counts for more or less.

    Below the engine's floor, or where nothing is clear of chance, a kind keeps its weights. Replies that an earlier
    version was learned from, or that came before one was taken back, are not used again. Where weights moved,
    everything open is matched anew in the background.
    """
    require(may_weigh(actor))
    with transaction.atomic():
        replies, standing = replies_since_last(), weights_in_force()
        lesson = learned(replies, standing)
        counts = counts_of(replies)
        moved = {move.kind for move in lesson.moves}
        sets = tuple(
            stored(
                actor=actor,
                kind=kind,
                shares=lesson.weights.of(kind),
                now=now,
                origin=WeightOrigin.LEARNED,
                moves=[_without_kind(asdict(move)) for move in lesson.moves if move.kind == kind],
                **asdict(counts[kind]),
            )
            for kind, _ in standing.by_kind
            if kind in moved
        )
    return Learned(sets, lesson.left_alone)


def stored(*, actor: Actor, kind: str, shares: dict[str, float], now: datetime, **columns: object) -> WeightSet:
    """The next version of a kind's weights, recorded and told of; everything open is then matched anew."""
    latest = WeightSet.objects.select_for_update().filter(kind=kind).order_by("-version").first()
    made = WeightSet.objects.create(
        kind=kind, version=latest.version + 1 if latest else 1, shares=shares, made_at=now, **columns
    )
    action = "learn_weights" if made.origin == WeightOrigin.LEARNED else "restore_weights"
    record_change(actor=actor, action=action, instance=made, now=now)
    emit(actor=actor, name=f"weights.{made.origin}", instance=made, now=now, note=kind)
    enqueue("matching.run", actor=actor, now=now, key="matching.asked")
    return made


def _without_kind(move: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in move.items() if name != "kind"}
