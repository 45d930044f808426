"""Placement for students, and for officers of their college who answer for them: wishes, consent, result, team."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from chanjiao.apps.placement.actions.answer_offer import answer_for_student, answer_offer
from chanjiao.apps.placement.actions.give_consent import give_consent, withdraw_consent
from chanjiao.apps.placement.actions.join_team import join_team, leave_team
from chanjiao.apps.placement.actions.make_appeal import make_appeal
from chanjiao.apps.placement.actions.save_wishes import save_wishes
from chanjiao.apps.placement.models import Placement, PlacementOffer
from chanjiao.apps.placement.selectors import results, rounds, students
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import known_actor

router = Router(tags=["placement"])


class ChoiceOut(Schema):
    """A seat as the student sees it: codes of what stands against it, minutes, points by rules."""

    seat_id: int = Field(alias="seat.pk")
    title: str = Field(alias="seat.title")
    is_open: bool
    obstacles: list[str]
    minutes: int | None
    points: float | None

    @staticmethod
    def resolve_obstacles(row: students.SeatChoice) -> list[str]:
        """The codes alone."""
        return [one.code for one in row.obstacles]


class WishesOut(Schema):
    """The student's list, best first; send `version` back with the next change."""

    seats: list[int]
    saved_at: datetime | None
    version: int | None
    consents: bool


class WishesIn(Schema):
    """The whole list, best first, made from the `version` that was read (none for the first)."""

    seats: list[Whole] = Field(max_length=50)
    version: Whole | None = None


class OfferOut(Schema):
    """A place offered to the student who asks."""

    id: int
    seat_id: int
    seat: str = Field(alias="seat.title")
    organisation: str = Field(alias="seat.organisation.name")
    rank: int
    state: str
    from_line: bool
    answer_until: datetime


class ResultOut(Schema):
    """The student's result; reasons are the engine's codes with their parameters."""

    seat_id: int | None
    rank: int | None
    reasons: list[dict[str, Any]]
    offers: list[OfferOut]
    line: dict[int, int]


class AnswerIn(Schema):
    """The answer to an offer."""

    accept: bool


class AnswerForIn(Schema):
    """The answer that an officer gives for a student, and how the student told it."""

    accept: bool
    told: str = Field(max_length=120)


class TeamIn(Schema):
    """The code of the team to join."""

    code: str = Field(max_length=8)


class AppealIn(Schema):
    """What is wrong, in words."""

    text: str = Field(max_length=1000)


class AppealOut(Schema):
    """An appeal of the student who asks."""

    id: int
    state: str
    text: str
    answer: str


@router.get("/rounds/{int:pk}/choices", response=list[ChoiceOut])
def choices(request: HttpRequest, pk: int) -> list[students.SeatChoice]:
    """Every seat of the round for the student who asks, open ones first."""
    actor = known_actor(request)
    return students.seat_choices(actor, rounds.placement_round(actor, pk))


@router.get("/rounds/{int:pk}/wishes", response=WishesOut)
def wishes(request: HttpRequest, pk: int) -> dict[str, object]:
    """The list of the student who asks."""
    return _wishes(known_actor(request), pk)


@router.put("/rounds/{int:pk}/wishes", response=WishesOut)
def put_wishes(request: HttpRequest, pk: int, told: WishesIn) -> dict[str, object]:
    """Replace the list; 409 where it was changed meanwhile or the deadline has passed."""
    actor = known_actor(request)
    save_wishes(actor=actor, round_id=pk, seat_ids=told.seats, version=told.version, now=clock.now())
    return _wishes(actor, pk)


@router.put("/rounds/{int:pk}/consent", response=WishesOut)
def put_consent(request: HttpRequest, pk: int) -> dict[str, object]:
    """The student who asks agrees that their data go to the firm of their place."""
    actor = known_actor(request)
    give_consent(actor=actor, round_id=pk, now=clock.now())
    return _wishes(actor, pk)


@router.delete("/rounds/{int:pk}/consent", response=WishesOut)
def delete_consent(request: HttpRequest, pk: int) -> dict[str, object]:
    """The student who asks withdraws the consent."""
    actor = known_actor(request)
    withdraw_consent(actor=actor, round_id=pk, now=clock.now())
    return _wishes(actor, pk)


@router.get("/rounds/{int:pk}/result", response=ResultOut)
def result(request: HttpRequest, pk: int) -> dict[str, object]:
    """The result of the student who asks."""
    actor = known_actor(request)
    own = results.own_result(actor, rounds.placement_round(actor, pk))
    placed: Placement | None = own.placement
    return {
        "seat_id": placed.seat_id if placed else None,
        "rank": placed.rank if placed else None,
        "reasons": placed.reasons if placed else [],
        "offers": list(own.offers),
        "line": own.line,
    }


@router.post("/rounds/{int:pk}/appeals", response={201: AppealOut})
def appeal(request: HttpRequest, pk: int, told: AppealIn) -> Status[object]:
    """The student who asks appeals."""
    return Status(201, make_appeal(actor=known_actor(request), round_id=pk, text=told.text, now=clock.now()))


@router.post("/offers/{int:pk}/answer", response=OfferOut)
def answer(request: HttpRequest, pk: int, told: AnswerIn) -> PlacementOffer:
    """Accept or decline an offer; 409 where it was answered already or the deadline has passed."""
    return answer_offer(actor=known_actor(request), pk=pk, accept=told.accept, now=clock.now())


def _wishes(actor: Actor, pk: int) -> dict[str, object]:
    found = rounds.placement_round(actor, pk)
    own = students.own_wishes(actor, found)
    return {
        "seats": [seat.pk for seat in own.seats],
        "saved_at": own.saved_at,
        "version": own.version,
        "consents": students.own_consent(actor, found) is not None,
    }


@router.post("/offers/{int:pk}/answer-for", response=OfferOut)
def answer_for(request: HttpRequest, pk: int, told: AnswerForIn) -> PlacementOffer:
    """An officer of the college answers as the student told it; the student learns of it."""
    return answer_for_student(actor=known_actor(request), pk=pk, accept=told.accept, told=told.told, now=clock.now())


@router.put("/rounds/{int:pk}/team", response=WishesOut)
def put_team(request: HttpRequest, pk: int, told: TeamIn) -> dict[str, object]:
    """The student who asks joins a team by its code."""
    actor = known_actor(request)
    join_team(actor=actor, round_id=pk, code=told.code.strip().upper(), now=clock.now())
    return _wishes(actor, pk)


@router.delete("/rounds/{int:pk}/team", response=WishesOut)
def delete_team(request: HttpRequest, pk: int) -> dict[str, object]:
    """The student who asks leaves the team."""
    actor = known_actor(request)
    leave_team(actor=actor, round_id=pk, now=clock.now())
    return _wishes(actor, pk)
