"""The weights in force, kind by kind: what was learned from replies or taken back, the latest version of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, OuterRef, Subquery

from chanjiao.apps.matching.models import DeclineReason, Match, MatchState, WeightOrigin, WeightSet
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.engines.matching import KINDS, Weights
from chanjiao.engines.matching.learning import FLOOR, FLOOR_EACH, Move, Reply
from chanjiao.engines.matching.weights import STANDARD

OWN = 0
"""The version that the engine ships with."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Replies of one kind that nothing has been learned from yet."""

    accepted: int
    declined: int
    unanswered: int

    @property
    def is_enough(self) -> bool:
        """Whether the floor is reached below which nothing moves."""
        return self.accepted + self.declined >= FLOOR and min(self.accepted, self.declined) >= FLOOR_EACH


@dataclass(frozen=True, slots=True)
class Share:
    """What a factor counts of a score: as shipped, and now."""

    factor: str
    own: float
    now: float


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a kind's weights, and what moved when it was made."""

    number: int
    origin: str
    restored: int | None
    made_at: datetime
    counts: Counts
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class KindWeights:
    """The weights of one kind: those in force, the versions before the latest first, and the replies since."""

    kind: str
    number: int
    shares: tuple[Share, ...]
    versions: tuple[Version, ...]
    since: Counts


def may_weigh(actor: Actor) -> bool:
    """Whether the actor may see and change weights: secretariats and administrators."""
    return actor.sees_all or bool(actor.secretariat_of)


def weights_in_force() -> Weights:
    """What every run uses: the latest version of each kind, the engine's own where there is none."""
    stored = {one.kind: one.shares for one in _latest()}
    return Weights(tuple((kind, _in_order(stored.get(kind), shares)) for kind, shares in STANDARD.by_kind))


def _in_order(stored: dict[str, float] | None, shares: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """The stored shares in the engine's order, since a database keeps none in JSON; the engine's own for None."""
    if stored is None:
        return shares
    return tuple((factor, stored[factor]) for factor, _share in shares if factor in stored)


def own_shares(kind: str) -> dict[str, float]:
    """The shares that the engine ships with."""
    return STANDARD.of(kind)


def all_weights(actor: Actor) -> tuple[KindWeights, ...]:
    """The weights of every kind, for secretariats and administrators."""
    require(may_weigh(actor))
    waiting = counts_of(replies_since_last())
    return tuple(_of_kind(kind, waiting[kind]) for kind in KINDS)


def weights_of(actor: Actor, kind: str) -> KindWeights:
    """The weights of one kind; `record.not_found` for an unknown one."""
    require(may_weigh(actor))
    if kind not in KINDS:
        raise ChanjiaoError("record.not_found")
    return _of_kind(kind, counts_of(replies_since_last())[kind])


def _of_kind(kind: str, since: Counts) -> KindWeights:
    sets = list(WeightSet.objects.filter(kind=kind).order_by("-version"))
    own = own_shares(kind)
    now = sets[0].shares if sets else own
    return KindWeights(
        kind=kind,
        number=sets[0].version if sets else OWN,
        shares=tuple(Share(factor, share, now.get(factor, 0.0)) for factor, share in own.items()),
        versions=tuple(_version(one) for one in sets),
        since=since,
    )


def _version(one: WeightSet) -> Version:
    counts = Counts(one.accepted, one.declined, one.unanswered)
    moves = tuple(Move(one.kind, **move) for move in one.moves)
    return Version(one.version, WeightOrigin(one.origin).value, one.restored_version, one.made_at, counts, moves)


def _latest() -> list[WeightSet]:
    newest = WeightSet.objects.filter(kind=OuterRef("kind")).order_by("-version").values("pk")[:1]
    return list(WeightSet.objects.filter(pk=Subquery(newest)))


# Answered for reasons that say nothing of the fit: counted with the unanswered.
_SILENT = frozenset({DeclineReason.SETTLED})


def replies_since_last() -> list[Reply]:
    """What became of the matches since the latest version of their kind; the same reply never teaches twice."""
    made = {one["kind"]: one["at"] for one in WeightSet.objects.values("kind").annotate(at=Max("made_at"))}
    rows = Match.objects.exclude(state=MatchState.WITHDRAWN)
    columns = ("need__kind", "reasons", "state", "decline_reason", "answered_at", "proposed_at")
    found: list[Reply] = []
    for kind, reasons, state, reason, answered, proposed in rows.order_by("pk").values_list(*columns).iterator(1000):
        if kind not in made or (answered or proposed) > made[kind]:
            strengths = tuple((factor["code"], factor["strength"]) for factor in reasons)
            found.append(Reply(kind, strengths, _answer(state, reason), reason))
    return found


def _answer(state: str, reason: str) -> str:
    if state == MatchState.ACCEPTED:
        return "accepted"
    return "declined" if state == MatchState.DECLINED and reason not in _SILENT else "unanswered"


def counts_of(replies: list[Reply]) -> dict[str, Counts]:
    """Kind → how many of its matches were answered how."""
    counted = {kind: dict.fromkeys(("accepted", "declined", "unanswered"), 0) for kind in KINDS}
    for reply in replies:
        counted[reply.kind][reply.answer] += 1
    return {kind: Counts(**answers) for kind, answers in counted.items()}
