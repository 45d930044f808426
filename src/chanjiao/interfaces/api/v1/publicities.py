"""Publicised prices: the list and one of them, and everything that can be done to them."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import paginate

from chanjiao.apps.cooperation import publicity_selectors as selectors
from chanjiao.apps.cooperation.actions.object_to_price import answer_objection, object_to_price
from chanjiao.apps.cooperation.actions.publicise_price import publicise_price, stop_publicity
from chanjiao.apps.cooperation.publicity_rules import PublicityTerms
from chanjiao.core import clock
from chanjiao.core.rows import Rows
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["transfer"])


class PublicityFilters(Schema):
    """What narrows the list; `state` is running, passed or stopped."""

    state: str = ""
    q: str = Field("", max_length=100)
    sort: str = ""


class PublicityOut(Schema):
    """A publicised price; `agreement_id` is null where the caller does not see the agreement."""

    id: int
    subject: str
    organisation_id: int
    organisation: str
    price: Decimal
    begins_on: date
    ends_on: date
    state: str
    agreement_id: int | None
    number: str


class PublicityDetail(PublicityOut):
    """One publicised price, with the objections that are open to the caller."""

    kind: str
    place: str
    contact: str
    note: str
    closed_at: datetime | None
    objections: list[dict[str, Any]]


class PublicityTermsIn(Schema):
    """How long a price is made known, where else, and who takes objections."""

    begins_on: date
    ends_on: date
    contact: str
    place: str = ""


class ObjectionIn(Schema):
    """What is objected; `name` where whoever publicises enters what another wrote to them."""

    reason: str
    name: str = ""


class ObjectionAnswerIn(Schema):
    """What becomes of an objection, and why."""

    upheld: bool
    answer: str


class PublicityStopIn(Schema):
    """Why a publicity is stopped."""

    note: str


@router.get("/publicities", response=list[PublicityOut])
@paginate(Paging)
def publicities(request: HttpRequest, filters: Query[PublicityFilters]) -> Rows[selectors.PublicityRow]:
    """Every publicised price."""
    told = filters.model_dump(exclude={"q"})
    return selectors.publicities(actor_of(request), selectors.PublicityFilters(**told, text=filters.q))


@router.get("/publicities/{int:pk}", response=PublicityDetail)
def publicity(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One publicised price."""
    return _shown(request, pk)


@router.post("/contracts/{int:pk}/publicities", response={201: PublicityDetail})
def publicise(request: HttpRequest, pk: int, told: PublicityTermsIn) -> Status[dict[str, Any]]:
    """The price of the agreement is made known to everybody."""
    made = publicise_price(actor=known_actor(request), pk=pk, told=PublicityTerms(**told.dict()), now=clock.now())
    return Status(201, _shown(request, made.pk))


@router.post("/publicities/{int:pk}/objections", response={201: PublicityDetail})
def object_to(request: HttpRequest, pk: int, told: ObjectionIn) -> Status[dict[str, Any]]:
    """The objection waits for an answer."""
    object_to_price(actor=known_actor(request), pk=pk, now=clock.now(), **told.dict())
    return Status(201, _shown(request, pk))


@router.post("/publicities/{int:pk}/objections/{int:objection_id}/answer", response=PublicityDetail)
def answer(request: HttpRequest, pk: int, objection_id: int, told: ObjectionAnswerIn) -> dict[str, Any]:
    """The objection is dismissed or upheld."""
    answer_objection(actor=known_actor(request), pk=pk, objection_id=objection_id, now=clock.now(), **told.dict())
    return _shown(request, pk)


@router.post("/publicities/{int:pk}/stop", response=PublicityDetail)
def stop(request: HttpRequest, pk: int, told: PublicityStopIn) -> dict[str, Any]:
    """The price is made known no longer."""
    stop_publicity(actor=known_actor(request), pk=pk, note=told.note, now=clock.now())
    return _shown(request, pk)


def _shown(request: HttpRequest, pk: int) -> dict[str, Any]:
    view = selectors.publicity(actor_of(request), pk)
    told = {name: getattr(view, name) for name in ("kind", "place", "contact", "note", "closed_at")}
    return {**asdict(view.row), **told, "objections": [asdict(one) for one in view.objections]}
