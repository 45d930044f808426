"""Reads over the turns of matches: who owes an answer, how fast answers come, and what was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from chanjiao.apps.matching.answers import is_visible
from chanjiao.apps.matching.models import Match, MatchMessage, Reply, ReplyOutcome
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.survival import Curve, kaplan_meier

STANDINGS = ("waiting", "overdue", "replied", "lapsed")
"""How a turn stands: within its time, past it without a sign of life, replied to, fallen away before a reply."""


@dataclass(frozen=True, slots=True)
class TurnFilters:
    """What narrows the list of turns; `owed` keeps those that others owe the actor's organisation."""

    organisation: int | None = None
    consortium: int | None = None
    kind: str = ""
    standing: str = ""
    owed: bool = False


@dataclass(frozen=True, slots=True)
class ReplyFigures:
    """How a group of turns was replied to. `due` are those whose deadline is over; medians are in days.

    The rate is over the turns whose deadline is over: a turn that still has time has not failed to reply. The median is
    estimated over all turns, counting those without a reply as long as they waited (Kaplan–Meier).
    """

    asked: int
    due: int
    replied: int
    in_time: int
    overdue: int
    curve: Curve

    @property
    def rate(self) -> float | None:
        """The share of due turns that were replied to, late ones included; None where none is due."""
        return self.replied / self.due if self.due else None

    @property
    def median_days(self) -> float | None:
        """Days until half have replied; None where fewer than half were seen to."""
        return self.curve.median


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """The figures of one member, or of one member and kind."""

    organisation_id: int
    organisation: str
    kind: str
    figures: ReplyFigures


def turns(actor: Actor, filters: TurnFilters = TurnFilters(), *, now: datetime) -> QuerySet[Reply]:
    """Turns of the actor's organisation, of its matches' other sides, and of the consortia they run; by deadline."""
    found = _visible(actor).select_related("organisation", "match__need__organisation", "match__offer__organisation")
    if filters.organisation is not None:
        found = found.filter(organisation_id=filters.organisation)
    if filters.consortium is not None:
        found = found.filter(consortium_id=filters.consortium)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.owed:
        found = found.filter(_matches_of(actor)).exclude(organisation=_own(actor))
    if filters.standing:
        found = found.filter(_standing(filters.standing, now))
    return found.order_by("closed_at", "due_at", "pk") if filters.standing == "" else found.order_by("due_at", "pk")


def standing_of(turn: Reply, now: datetime) -> str:
    """How the turn stands, one of `STANDINGS`."""
    if turn.replied_at is not None:
        return "replied"
    if turn.outcome == ReplyOutcome.LAPSED:
        return "lapsed"
    return "overdue" if turn.due_at <= now else "waiting"


def reply_figures(actor: Actor, *, now: datetime, consortium_id: int | None = None) -> ReplyFigures:
    """Figures over all turns, or those of a consortium; they name nobody, so everybody may see them."""
    found = Reply.objects.all() if consortium_id is None else Reply.objects.filter(consortium_id=consortium_id)
    return _figures(found.values_list(*_COLUMNS), now)


def figures_by_member(
    actor: Actor, *, now: datetime, by_kind: bool = False, filters: TurnFilters = TurnFilters()
) -> list[MemberFigures]:
    """Figures of every member that the actor may see, or of every member and kind; the most overdue first."""
    grouped: dict[tuple[int, str, str], list[tuple[datetime | None, ...]]] = defaultdict(list)
    rows = turns(actor, filters, now=now).values_list("organisation_id", "organisation__name", "kind", *_COLUMNS)
    for organisation_id, name, kind, *times in rows:
        grouped[organisation_id, name, kind if by_kind else ""].append(tuple(times))
    told = [MemberFigures(*key, _figures(times, now)) for key, times in grouped.items()]
    return sorted(told, key=lambda one: (-one.figures.overdue, one.organisation, one.kind))


def messages_of(actor: Actor, match_id: int) -> list[MatchMessage]:
    """What was written on a match, in order, for those who see it."""
    found = Match.objects.select_related("need", "offer").filter(pk=match_id).first()
    if found is None or not is_visible(actor, found):
        raise ChanjiaoError("record.not_found")
    return list(found.messages.order_by("pk"))


def open_turns_of(actor: Actor, match_id: int) -> list[Reply]:
    """The turns of a match in which an answer is awaited, for those who see it."""
    return list(_visible(actor).filter(match=match_id, closed_at=None))


_COLUMNS = ("asked_at", "due_at", "replied_at", "closed_at")


def _figures(rows: Iterable[tuple[datetime | None, ...]], now: datetime) -> ReplyFigures:
    told = [_Times(*row) for row in rows]  # type: ignore[arg-type]
    due = [one for one in told if one.due_at <= now and not one.fell_away_in_time]
    return ReplyFigures(
        asked=len(told),
        due=len(due),
        replied=sum(1 for one in due if one.replied_at),
        in_time=sum(1 for one in due if one.replied_at and one.replied_at <= one.due_at),
        overdue=sum(1 for one in due if one.replied_at is None and one.closed_at is None),
        curve=kaplan_meier([one.days(now) for one in told], [one.replied_at is not None for one in told]),
    )


@dataclass(frozen=True, slots=True)
class _Times:
    asked_at: datetime
    due_at: datetime
    replied_at: datetime | None
    closed_at: datetime | None

    @property
    def fell_away_in_time(self) -> bool:
        return self.replied_at is None and self.closed_at is not None and self.closed_at < self.due_at

    def days(self, now: datetime) -> float:
        end = self.replied_at or self.closed_at or now
        return max(0.0, (end - self.asked_at) / timedelta(days=1))


def _standing(standing: str, now: datetime) -> Q:
    silent = Q(replied_at=None)
    return {
        "replied": ~silent,
        "lapsed": silent & Q(outcome=ReplyOutcome.LAPSED),
        "overdue": silent & Q(closed_at=None, due_at__lte=now),
        "waiting": silent & Q(closed_at=None, due_at__gt=now),
    }.get(standing, Q(pk__in=[]))


def _visible(actor: Actor) -> QuerySet[Reply]:
    if actor.sees_all:
        return Reply.objects.all()
    seen = _matches_of(actor) if actor.belongs_to(actor.organisation_id) else Q(pk__in=[])
    if actor.secretariat_of:
        seen |= Q(consortium_id__in=actor.secretariat_of)
    return Reply.objects.filter(seen)


def _own(actor: Actor) -> int:
    return actor.organisation_id or 0


def _matches_of(actor: Actor) -> Q:
    own = _own(actor)
    return Q(match__need__organisation_id=own) | Q(match__offer__organisation_id=own)
