"""Rounds of placement: seats for everybody, runs and offers for who runs a round."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import paginate

from chanjiao.apps.placement.actions.run_allocation import ask_for_run
from chanjiao.apps.placement.models import (
    PlacementOffer,
    PlacementRound,
    PlacementRun,
    RunKind,
    SeatGroup,
    SeatResult,
)
from chanjiao.apps.placement.selectors import results, rounds, standing
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import actor_of, known_actor

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
    return rounds.rounds(actor_of(request)).select_related("lottery")


@router.get("/rounds/{int:pk}", response=RoundOut)
def one_round(request: HttpRequest, pk: int) -> PlacementRound:
    """One round."""
    return rounds.placement_round(actor_of(request), pk)


@router.get("/rounds/{int:pk}/seats", response=list[SeatOut])
@paginate(Paging)
def seats(request: HttpRequest, pk: int, filters: Query[SeatFilterIn]) -> QuerySet[SeatGroup]:
    """The seat groups of a round."""
    actor = actor_of(request)
    narrowed = rounds.SeatFilters(text=filters.q, firm=filters.firm, sort=filters.sort.replace("listed", "firm"))
    return rounds.seats(actor, rounds.placement_round(actor, pk), narrowed)


@router.get("/rounds/{int:pk}/runs", response=list[RunOut])
@paginate(Paging)
def runs(request: HttpRequest, pk: int) -> QuerySet[PlacementRun]:
    """The runs of a round: all for who runs it, the published one for everybody else."""
    actor = actor_of(request)
    return results.runs(actor, rounds.placement_round(actor, pk))


@router.post("/rounds/{int:pk}/runs", response={202: RunJobOut})
def start(request: HttpRequest, pk: int, told: RunIn) -> Status[object]:
    """A run is started in the background."""
    if told.kind not in RunKind.values:
        raise ChanjiaoError("option.unknown", name="kind", value=told.kind, expected=", ".join(RunKind.values))
    actor, kind = known_actor(request), RunKind(told.kind)
    return Status(202, ask_for_run(actor=actor, round_id=pk, kind=kind, note=told.note, now=clock.now()))


@router.get("/runs/{int:pk}", response=RunOut)
def one_run(request: HttpRequest, pk: int) -> PlacementRun:
    """One run with its certificate."""
    return results.run(actor_of(request), pk)


@router.get("/runs/{int:pk}/files")
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The zip with which anybody can check the run."""
    return HttpResponse(results.files_of(actor_of(request), pk), content_type="application/zip")


@router.get("/runs/{int:pk}/seats", response=list[SeatResultOut])
@paginate(Paging)
def seat_results(request: HttpRequest, pk: int) -> QuerySet[SeatResult]:
    """What a run made of the seats that the caller may see."""
    actor = actor_of(request)
    return results.seat_results(actor, results.run(actor, pk))


@router.get("/rounds/{int:pk}/offers", response=list[AliasedOfferOut])
@paginate(Paging)
def offers(request: HttpRequest, pk: int, state: str = "") -> QuerySet[PlacementOffer]:
    """The offers of a round by alias, for who runs it."""
    actor = known_actor(request)
    return standing.offers(actor, rounds.placement_round(actor, pk), standing.OfferFilters(state=state))
