"""From need to deed: how far every need came, and where the way breaks off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import pairwise

from django.db.models import Q, QuerySet

from chanjiao.apps.exchange.models import Need
from chanjiao.apps.matching.models import Match, MatchState, Reply
from chanjiao.core.permissions import Actor, require
from chanjiao.core.traces import needs_with


class Stage(IntEnum):
    """How far a need has come; each stage stands for those before it."""

    POSTED = 0
    MATCHED = 1
    ANSWERED = 2
    ACCEPTED = 3
    AGREED = 4
    STARTED = 5
    PROVED = 6


class BountyStage(IntEnum):
    """How far a technical problem that was put out for a bounty has come."""

    PUT_OUT = 0
    ANSWERED = 1
    CHOSEN = 2
    CONTRACTED = 3
    REGISTERED = 4
    USED = 5


DEEDS: dict[str, dict[int, tuple[str, ...]]] = {
    "need": {
        Stage.MATCHED: ("challenge.published",),
        Stage.ANSWERED: ("challenge.answered",),
        Stage.ACCEPTED: ("challenge.chosen",),
        Stage.AGREED: ("agreement.in_force",),
        Stage.STARTED: ("project.started",),
        Stage.PROVED: ("milestone.proved",),
    },
    "challenge": {
        BountyStage.PUT_OUT: ("challenge.published",),
        BountyStage.ANSWERED: ("challenge.answered",),
        BountyStage.CHOSEN: ("challenge.chosen",),
        BountyStage.CONTRACTED: ("agreement.in_force",),
        BountyStage.REGISTERED: ("contract.registered",),
        BountyStage.USED: ("result.first_used",),
    },
}
"""By the way that is looked at: deeds of the apps above, by their names, that bring a need to a stage."""
STAGES: dict[str, type[IntEnum]] = {"need": Stage, "challenge": BountyStage}
"""The stages of each way: of every need, or of those put out for a bounty."""
GROUPINGS = ("kind", "zone", "member")


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need and how far it has come."""

    id: int
    number: str
    title: str
    kind: str
    organisation_id: int
    organisation: str
    zone_id: int | None
    zone: str
    opened_at: datetime
    stage: int


@dataclass(frozen=True, slots=True)
class FunnelGroup:
    """The needs of one kind, zone or member: how many have reached each stage."""

    key: str
    label: str
    counts: tuple[int, ...]

    @property
    def breaks_after(self) -> int | None:
        """The stage at which most of them stay behind; None where all go on."""
        return worst_break(self.counts)


@dataclass(frozen=True, slots=True)
class FunnelFilters:
    """What narrows the needs: published since, of one consortium, kind, zone or member; `reached` a stage of the way at
    least, or `stuck` exactly there.
    """

    way: str = "need"
    since: datetime | None = None
    consortium: int | None = None
    kind: str = ""
    zone: int | None = None
    organisation: int | None = None
    reached: int | None = None
    stuck: int | None = None


def needs_on_their_way(actor: Actor, filters: FunnelFilters = FunnelFilters()) -> list[NeedLine]:
    """The needs that were published, the latest first, each with the stage it has reached; for secretariats."""
    require(actor.sees_all or bool(actor.secretariat_of))
    found = list(_published(actor, filters))
    reached = _stages(filters.way)
    if filters.way == "need":
        reached = dict.fromkeys((need.pk for need in found), 0) | reached
    lines = (_line(need, reached[need.pk]) for need in found if need.pk in reached)
    return [line for line in lines if _fits(line, filters)]


def stage_counts(lines: Iterable[NeedLine], way: str = "need") -> tuple[int, ...]:
    """How many needs have reached each stage of the way, in their order."""
    stages = [line.stage for line in lines]
    return tuple(sum(1 for one in stages if one >= stage) for stage in STAGES[way])


def grouped(lines: Iterable[NeedLine], by: str, way: str = "need") -> list[FunnelGroup]:
    """The needs by `kind`, `zone` or `member`, the largest group first."""
    groups: dict[tuple[str, str], list[NeedLine]] = defaultdict(list)
    for line in lines:
        groups[_group_of(line, by)].append(line)
    told = [FunnelGroup(key, label, stage_counts(group, way)) for (key, label), group in groups.items()]
    return sorted(told, key=lambda group: (-group.counts[0], group.label))


def worst_break(counts: Sequence[int]) -> int | None:
    """The stage at which most of the needs stay behind. Of equals, the earliest; None where all go on.

    >>> worst_break([10, 9, 3, 3, 1, 1, 1])
    1
    """
    lost = [before - after for before, after in pairwise(counts)]
    return lost.index(max(lost)) if any(lost) else None


def _published(actor: Actor, filters: FunnelFilters) -> QuerySet[Need]:
    found = Need.objects.filter(opened_at__isnull=False).select_related("organisation__zone")
    if not actor.sees_all:
        found = found.filter(consortium__in=actor.secretariat_of)
    if filters.consortium is not None:
        found = found.filter(Q(consortium=filters.consortium) | Q(consortium__group=filters.consortium))
    if filters.since is not None:
        found = found.filter(opened_at__gte=filters.since)
    return found.only(*COLUMNS).order_by("-opened_at", "-pk")


COLUMNS = (
    "number",
    "title",
    "kind",
    "opened_at",
    "organisation__name",
    "organisation__zone__name",
)


def _line(need: Need, stage: int) -> NeedLine:
    body = need.organisation
    assert need.opened_at is not None
    return NeedLine(
        id=need.pk,
        number=need.number,
        title=need.title,
        kind=need.kind,
        organisation_id=body.pk,
        organisation=body.name,
        zone_id=body.zone_id,
        zone=body.zone.name if body.zone else "",
        opened_at=need.opened_at,
        stage=stage,
    )


def _stages(way: str) -> dict[int, int]:
    """Need → the furthest stage of the way that it has reached; those that reached none are left out."""
    ids = {stage: needs_with(names) for stage, names in DEEDS[way].items()}
    if way == "need":
        for stage, matched in _matched().items():
            ids[stage] |= matched
    return {need: stage for stage in sorted(ids) for need in ids[stage]}


def _matched() -> dict[int, set[int]]:
    matches = Match.objects.exclude(state=MatchState.WITHDRAWN)
    reacted = Q(state__in=[MatchState.ACCEPTED_BY_ONE, MatchState.ACCEPTED, MatchState.DECLINED])
    replied = Reply.objects.filter(replied_at__isnull=False).values_list("match__need_id", flat=True)
    return {
        Stage.MATCHED: set(matches.values_list("need_id", flat=True)),
        Stage.ANSWERED: {*matches.filter(reacted).values_list("need_id", flat=True), *replied},
        Stage.ACCEPTED: set(matches.filter(state=MatchState.ACCEPTED).values_list("need_id", flat=True)),
    }


def _fits(line: NeedLine, filters: FunnelFilters) -> bool:
    return (
        (not filters.kind or line.kind == filters.kind)
        and filters.zone in (None, line.zone_id)
        and filters.organisation in (None, line.organisation_id)
        and (filters.reached is None or line.stage >= filters.reached)
        and filters.stuck in (None, line.stage)
    )


def _group_of(line: NeedLine, by: str) -> tuple[str, str]:
    if by == "member":
        return str(line.organisation_id), line.organisation
    if by == "zone":
        return str(line.zone_id or ""), line.zone
    return line.kind, line.kind
