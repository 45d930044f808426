"""What waits for somebody in the rounds of placement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chanjiao.apps.placement.models import Appeal, AppealState, OfferState, PlacementRound, RoundState, Student
from chanjiao.apps.placement.rules.points import RankingMode
from chanjiao.core.permissions import Actor, Role


class ToDo(StrEnum):
    """What is to be done."""

    ANSWER = "answer"
    WISH = "wish"
    RANK = "rank"
    REMIND = "remind"
    APPEALS = "appeals"
    ADVANCE = "advance"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do in a round, until when, and how many it concerns."""

    task: ToDo
    round: PlacementRound
    due: datetime
    count: int = 1


def waiting_in_placement(actor: Actor, now: datetime) -> list[Waiting]:
    """What waits for the actor, the earliest first; nothing where no round is under way."""
    rounds = list(
        PlacementRound.objects.exclude(state__in=(RoundState.DRAFT, RoundState.CLOSED)).select_related("consortium")
    )
    if not rounds or not actor.is_known:
        return []
    found = _of_student(actor, rounds, now) if actor.role is Role.STUDENT else _of_staff(actor, rounds, now)
    return sorted(found, key=lambda one: one.due)


def _of_student(actor: Actor, rounds: list[PlacementRound], now: datetime) -> Iterator[Waiting]:
    me = Student.objects.filter(user_id=actor.user_id or 0).first()
    if me is None:
        return
    for offer in me.offers.filter(state=OfferState.OPEN, answer_until__gte=now).select_related("round"):
        yield Waiting(ToDo.ANSWER, offer.round, offer.answer_until)
    listed = set(me.wish_lists.filter(wishes__rank=1).values_list("round_id", flat=True))
    for one in rounds:
        if one.state == RoundState.WISHES and one.wishes_until >= now and one.pk not in listed:
            yield Waiting(ToDo.WISH, one, one.wishes_until)


def _of_staff(actor: Actor, rounds: list[PlacementRound], now: datetime) -> Iterator[Waiting]:
    for one in rounds:
        if actor.runs(one.consortium_id):
            yield from _of_secretariat(one, now)
        if actor.organisation_id is not None and actor.acts_for(actor.organisation_id):
            yield from _of_organisation(actor.organisation_id, one, now)


def _of_secretariat(one: PlacementRound, now: datetime) -> Iterator[Waiting]:
    ends = {
        RoundState.WISHES: one.wishes_until,
        RoundState.RANKING: one.rankings_until,
        RoundState.ALLOCATION: one.rankings_until,
        RoundState.DECIDED: one.appeals_until,
    }
    end = ends.get(RoundState(one.state))
    if end is not None and (end <= now or one.state == RoundState.DECIDED):
        yield Waiting(ToDo.ADVANCE, one, end)
    appeals = Appeal.objects.filter(round=one, state=AppealState.OPEN).count()
    if appeals:
        yield Waiting(ToDo.APPEALS, one, one.appeals_until, appeals)


def _of_organisation(organisation_id: int, one: PlacementRound, now: datetime) -> Iterator[Waiting]:
    if one.state in (RoundState.WISHES, RoundState.RANKING) and one.rankings_until >= now:
        seats = one.seats.filter(organisation_id=organisation_id, ranking=RankingMode.HAND, wishes__isnull=False)
        count = seats.filter(rankings__isnull=True).distinct().count()
        if count:
            yield Waiting(ToDo.RANK, one, one.rankings_until, count)
    if one.state == RoundState.WISHES and one.wishes_until >= now:
        missing = Student.objects.filter(college_id=organisation_id).exclude(
            wish_lists__in=one.wish_lists.filter(wishes__rank=1)
        )
        count = missing.count()
        if count:
            yield Waiting(ToDo.REMIND, one, one.wishes_until, count)
