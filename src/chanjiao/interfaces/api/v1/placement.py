"""Rounds of placement: seats for everybody, wishes and results for students, runs for who runs a round."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import paginate

from chanjiao.apps.placement.actions.answer_offer import answer_offer
from chanjiao.apps.placement.actions.give_consent import give_consent, withdraw_consent
from chanjiao.apps.placement.actions.make_appeal import make_appeal
from chanjiao.apps.placement.actions.run_allocation import ask_for_run
from chanjiao.apps.placement.actions.save_wishes import save_wishes
from chanjiao.apps.placement.models import (
    Placement,
    PlacementOffer,
    PlacementRound,
    PlacementRun,
    RunKind,
    SeatGroup,
    SeatResult,
)
from chanjiao.apps.placement.selectors import results, rounds, standing, students
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.v1.exchange import Whole

router = Router(tags=["placement"])


class RoundOut(Schema):
    """A round; `lottery_digest` is published before the first wish, `lottery_seed` with the result."""

    id: int
    consortium_id: int
    follows_id: int | None
    title: str
    state: str
    method: str
    short_rule: str
    most_choices: int
    most_minutes: int | None
    starts_on: date
    ends_on: date
    wishes_until: datetime
    rankings_until: datetime
    appeals_until: datetime
    answers_until: datetime
    lottery_digest: str = ""
    lottery_seed: str = ""

    @staticmethod
    def resolve_lottery_digest(row: PlacementRound) -> str:
        """The digest once wishes are open."""
        lottery = getattr(row, "lottery", None)
        return lottery.digest if lottery else ""

    @staticmethod
    def resolve_lottery_seed(row: PlacementRound) -> str:
        """The seed once it is revealed."""
        lottery = getattr(row, "lottery", None)
        return lottery.seed if lottery and lottery.revealed_at else ""


class SeatOut(Schema):
    """A seat group of a round; `name_in_files` is its name in the published files."""

    id: int
    name_in_files: str
    organisation_id: int
    organisation: str = Field(alias="organisation.name")
    title: str
    description: str
    capacity: int
    minimum: int
    levels: list[str]
    programme_codes: list[str]
    pay: int | None
    lodging: bool
    zone: str
    ranking: str


class SeatFilterIn(Schema):
    """What narrows the list of seats."""

    q: str = Field("", max_length=100)
    firm: Whole | None = None
    sort: str = "firm"


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


class AppealIn(Schema):
    """What is wrong, in words."""

    text: str = Field(max_length=1000)


class AppealOut(Schema):
    """An appeal of the student who asks."""

    id: int
    state: str
    text: str
    answer: str


class RunOut(Schema):
    """A verified run with its certificate."""

    id: int
    kind: str
    engine: str
    engine_version: str
    method: str
    seed: str
    problem_hash: str
    students: int = Field(alias="students_count")
    places: int = Field(alias="places_count")
    placed: int = Field(alias="placed_count")
    is_published: bool
    ran_at: datetime
    seconds: float
    certificate: dict[str, Any]


class RunIn(Schema):
    """A run to be made in the background: draft, final or rerun."""

    kind: str
    note: str = Field("", max_length=120)


class RunJobOut(Schema):
    """The job that makes a run."""

    id: int
    state: str
    done: int = Field(alias="done_count")
    total: int | None = Field(alias="total_count")
    outcome: str


class SeatResultOut(Schema):
    """What a run made of a seat."""

    seat_id: int
    placed: int
    listed: int
    is_closed: bool
    reasons: list[dict[str, Any]]


class AliasedOfferOut(Schema):
    """An offer as who runs the round sees it: by alias."""

    id: int
    student: str = Field(alias="student.alias")
    seat_id: int
    rank: int
    state: str
    from_line: bool
    offered_at: datetime
    answer_until: datetime


@router.get("/rounds", response=list[RoundOut])
@paginate(Paging)
def round_list(request: HttpRequest) -> QuerySet[PlacementRound]:
    """Rounds open to the caller, the latest first."""
    return rounds.rounds(_actor(request)).select_related("lottery")


@router.get("/rounds/{int:pk}", response=RoundOut)
def one_round(request: HttpRequest, pk: int) -> PlacementRound:
    """One round."""
    return rounds.placement_round(_actor(request), pk)


@router.get("/rounds/{int:pk}/seats", response=list[SeatOut])
@paginate(Paging)
def seats(request: HttpRequest, pk: int, filters: Query[SeatFilterIn]) -> QuerySet[SeatGroup]:
    """The seat groups of a round."""
    actor = _actor(request)
    narrowed = rounds.SeatFilters(text=filters.q, firm=filters.firm, sort=filters.sort.replace("listed", "firm"))
    return rounds.seats(actor, rounds.placement_round(actor, pk), narrowed)


@router.get("/rounds/{int:pk}/choices", response=list[ChoiceOut])
def choices(request: HttpRequest, pk: int) -> list[students.SeatChoice]:
    """Every seat of the round for the student who asks, open ones first."""
    actor = _known(request)
    return students.seat_choices(actor, rounds.placement_round(actor, pk))


@router.get("/rounds/{int:pk}/wishes", response=WishesOut)
def wishes(request: HttpRequest, pk: int) -> dict[str, object]:
    """The list of the student who asks."""
    return _wishes(_known(request), pk)


@router.put("/rounds/{int:pk}/wishes", response=WishesOut)
def put_wishes(request: HttpRequest, pk: int, told: WishesIn) -> dict[str, object]:
    """Replace the list; 409 where it was changed meanwhile or the deadline has passed."""
    actor = _known(request)
    save_wishes(actor=actor, round_id=pk, seat_ids=told.seats, version=told.version, now=clock.now())
    return _wishes(actor, pk)


@router.put("/rounds/{int:pk}/consent", response=WishesOut)
def put_consent(request: HttpRequest, pk: int) -> dict[str, object]:
    """The student who asks agrees that their data go to the firm of their place."""
    actor = _known(request)
    give_consent(actor=actor, round_id=pk, now=clock.now())
    return _wishes(actor, pk)


@router.delete("/rounds/{int:pk}/consent", response=WishesOut)
def delete_consent(request: HttpRequest, pk: int) -> dict[str, object]:
    """The student who asks withdraws the consent."""
    actor = _known(request)
    withdraw_consent(actor=actor, round_id=pk, now=clock.now())
    return _wishes(actor, pk)


@router.get("/rounds/{int:pk}/result", response=ResultOut)
def result(request: HttpRequest, pk: int) -> dict[str, object]:
    """The result of the student who asks."""
    actor = _known(request)
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
    return Status(201, make_appeal(actor=_known(request), round_id=pk, text=told.text, now=clock.now()))


@router.post("/offers/{int:pk}/answer", response=OfferOut)
def answer(request: HttpRequest, pk: int, told: AnswerIn) -> PlacementOffer:
    """Accept or decline an offer; 409 where it was answered already or the deadline has passed."""
    return answer_offer(actor=_known(request), pk=pk, accept=told.accept, now=clock.now())


@router.get("/rounds/{int:pk}/runs", response=list[RunOut])
@paginate(Paging)
def runs(request: HttpRequest, pk: int) -> QuerySet[PlacementRun]:
    """The runs of a round: all for who runs it, the published one for everybody else."""
    actor = _actor(request)
    return results.runs(actor, rounds.placement_round(actor, pk))


@router.post("/rounds/{int:pk}/runs", response={202: RunJobOut})
def start(request: HttpRequest, pk: int, told: RunIn) -> Status[object]:
    """A run is started in the background."""
    if told.kind not in RunKind.values:
        raise ChanjiaoError("option.unknown", name="kind", value=told.kind, expected=", ".join(RunKind.values))
    actor, kind = _known(request), RunKind(told.kind)
    return Status(202, ask_for_run(actor=actor, round_id=pk, kind=kind, note=told.note, now=clock.now()))


@router.get("/runs/{int:pk}", response=RunOut)
def one_run(request: HttpRequest, pk: int) -> PlacementRun:
    """One run with its certificate."""
    return results.run(_actor(request), pk)


@router.get("/runs/{int:pk}/files")
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The zip with which anybody can check the run."""
    return HttpResponse(results.files_of(_actor(request), pk), content_type="application/zip")


@router.get("/runs/{int:pk}/seats", response=list[SeatResultOut])
@paginate(Paging)
def seat_results(request: HttpRequest, pk: int) -> QuerySet[SeatResult]:
    """What a run made of the seats that the caller may see."""
    actor = _actor(request)
    return results.seat_results(actor, results.run(actor, pk))


@router.get("/rounds/{int:pk}/offers", response=list[AliasedOfferOut])
@paginate(Paging)
def offers(request: HttpRequest, pk: int, state: str = "") -> QuerySet[PlacementOffer]:
    """The offers of a round by alias, for who runs it."""
    actor = _known(request)
    return standing.offers(actor, rounds.placement_round(actor, pk), standing.OfferFilters(state=state))


def _wishes(actor: Actor, pk: int) -> dict[str, object]:
    found = rounds.placement_round(actor, pk)
    own = students.own_wishes(actor, found)
    return {
        "seats": [seat.pk for seat in own.seats],
        "saved_at": own.saved_at,
        "version": own.version,
        "consents": students.own_consent(actor, found) is not None,
    }


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _known(request: HttpRequest) -> Actor:
    actor = _actor(request)
    require(actor.is_known, "login.required")
    return actor
