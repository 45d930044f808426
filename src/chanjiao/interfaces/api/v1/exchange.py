"""Needs and offers: lists, one of them, and everything that can be done to it."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import paginate

from chanjiao.apps.exchange import selectors
from chanjiao.apps.exchange.actions.close_listing import close_listing
from chanjiao.apps.exchange.actions.edit_listing import edit_listing
from chanjiao.apps.exchange.actions.review_listing import Verdict
from chanjiao.apps.exchange.actions.submit_listing import submit_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import CloseReason
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.exchange.shown import Listings
from chanjiao.apps.matching.actions.post_and_match import post_and_match, rematch, renew_and_match, review_and_match
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["exchange"])

SidePath = Literal["needs", "offers"]


class ListingFilters(Schema):
    """What narrows a list; codes take everything below them. `mine` lists the caller's own in every state."""

    kind: str = ""
    state: str = ""
    organisation: Whole | None = None
    zone: Whole | None = None
    industry: str = ""
    occupation: str = ""
    programme: str = ""
    region: str = ""
    q: str = Field("", max_length=100)
    sort: str = "-opened"
    mine: bool = False

    def filters(self) -> selectors.Filters:
        """As the selectors take them."""
        told = self.model_dump(exclude={"mine", "q"})
        return selectors.Filters(**told, text=self.q)


class ListingOut(Schema):
    """The public part of a need or an offer."""

    id: int
    side: str
    number: str
    kind: str
    title: str
    summary: str
    organisation_id: int
    organisation: str
    consortium_id: int
    occupation_code: str
    programme_code: str
    industry_code: str
    region_code: str
    education_level: str
    quantity: int
    taken: int
    unit: str
    skills: list[str]
    state: str
    close_reason: str
    starts_on: date | None
    ends_on: date | None
    expires_on: date
    opened_at: datetime | None
    version: int


class ConfidentialOut(Schema):
    """What only the listing's own people and the secretariat read here."""

    detail: str
    contact_name: str
    contact_phone: str
    partners: list[str]
    fields: dict[str, Any]


class ListingDetail(ListingOut):
    """One listing; `confidential` is null for those it is not open to, `deeds` is what the caller may do."""

    consortium: str
    fields: dict[str, Any]
    source: str
    created_at: datetime
    review_note: str
    confidential: ConfidentialOut | None
    deeds: list[str]


class ContentIn(Schema):
    """What the writer of a listing fills in; `fields` are the typed fields of its kind."""

    title: str = ""
    summary: str = ""
    detail: str = ""
    occupation_code: str = Field("", max_length=16)
    programme_code: str = Field("", max_length=16)
    industry_code: str = Field("", max_length=16)
    region_code: str = Field("", max_length=16)
    education_level: str = ""
    quantity: int = 1
    unit: str = ""
    skills: list[str] = []
    partners: list[str] = []
    fields: dict[str, str | int | float | bool | None] = {}
    starts_on: date | None = None
    ends_on: date | None = None
    expires_on: date | None = None
    contact_name: str = ""
    contact_phone: str = ""

    def content(self) -> Content:
        """As the actions take it."""
        told = self.model_dump(include=set(ContentIn.model_fields))
        lists = {"skills": tuple(self.skills), "partners": tuple(self.partners), "fields": tuple(self.fields.items())}
        return Content(**told | lists)


class ListingIn(ContentIn):
    """A new listing; with `submit` it goes to review at once."""

    kind: Kind
    organisation_id: Whole
    consortium_id: Whole
    submit: bool = False


class ListingEdit(ContentIn):
    """A listing's whole new content, made from the `version` that was read."""

    version: Whole


class VersionIn(Schema):
    """The version that the caller has read."""

    version: Whole


class CloseIn(VersionIn):
    """Why it is closed."""

    reason: CloseReason


class RenewIn(VersionIn):
    """Until when it stays open; for the usual time where nothing is said."""

    expires_on: date | None = None


class ReviewIn(VersionIn):
    """What the secretariat decides."""

    verdict: Verdict
    note: str = ""


@router.get("/{side}", response=list[ListingOut])
@paginate(Paging)
def listings(request: HttpRequest, side: SidePath, filters: Query[ListingFilters]) -> Listings:
    """Open needs or offers, or the caller's own."""
    read = selectors.own_listings if filters.mine else selectors.open_listings
    return read(actor_of(request), _side(side), filters.filters())


@router.get("/{side}/{int:pk}", response=ListingDetail)
def listing(request: HttpRequest, side: SidePath, pk: int) -> dict[str, Any]:
    """One need or offer as the caller may see it."""
    return _detail(actor_of(request), _side(side), pk)


@router.post("/{side}", response={201: ListingDetail})
def post(request: HttpRequest, side: SidePath, told: ListingIn) -> Status[dict[str, Any]]:
    """Post a need or an offer."""
    actor = known_actor(request)
    made = post_and_match(
        actor=actor,
        side=_side(side),
        kind=told.kind,
        organisation_id=told.organisation_id,
        consortium_id=told.consortium_id,
        content=told.content(),
        now=clock.now(),
        submit=told.submit,
    )
    return Status(201, _detail(actor, made.side, made.pk))


@router.put("/{side}/{int:pk}", response=ListingDetail)
def edit(request: HttpRequest, side: SidePath, pk: int, told: ListingEdit) -> dict[str, Any]:
    """Replace the content; 409 where somebody changed it since the version that was read."""
    actor, now = known_actor(request), clock.now()
    changed = edit_listing(actor=actor, side=_side(side), pk=pk, version=told.version, content=told.content(), now=now)
    rematch(listing=changed, now=now)
    return _detail(actor, changed.side, pk)


@router.post("/{side}/{int:pk}/submit", response=ListingDetail)
def submit(request: HttpRequest, side: SidePath, pk: int, told: VersionIn) -> dict[str, Any]:
    """Send a draft to review."""
    actor, now = known_actor(request), clock.now()
    changed = submit_listing(actor=actor, side=_side(side), pk=pk, version=told.version, now=now)
    rematch(listing=changed, now=now)
    return _detail(actor, changed.side, pk)


@router.post("/{side}/{int:pk}/review", response=ListingDetail)
def review(request: HttpRequest, side: SidePath, pk: int, told: ReviewIn) -> dict[str, Any]:
    """Approve, return or refuse; for the secretariat."""
    actor = known_actor(request)
    review_and_match(
        actor=actor,
        side=_side(side),
        pk=pk,
        version=told.version,
        verdict=told.verdict,
        note=told.note,
        now=clock.now(),
    )
    return _detail(actor, _side(side), pk)


@router.post("/{side}/{int:pk}/close", response=ListingDetail)
def close(request: HttpRequest, side: SidePath, pk: int, told: CloseIn) -> dict[str, Any]:
    """Close it for a coded reason."""
    actor, now = known_actor(request), clock.now()
    done = close_listing(actor=actor, side=_side(side), pk=pk, version=told.version, reason=told.reason, now=now)
    rematch(listing=done, now=now)
    return _detail(actor, done.side, pk)


@router.post("/{side}/{int:pk}/renew", response=ListingDetail)
def renew(request: HttpRequest, side: SidePath, pk: int, told: RenewIn) -> dict[str, Any]:
    """Keep it open, or open it again."""
    actor = known_actor(request)
    renew_and_match(
        actor=actor, side=_side(side), pk=pk, version=told.version, expires_on=told.expires_on, now=clock.now()
    )
    return _detail(actor, _side(side), pk)


def _detail(actor: Actor, side: Side, pk: int) -> dict[str, Any]:
    view = selectors.listing(actor, side, pk)
    line = {name: getattr(view.row, name) for name in ListingOut.model_fields}
    return line | {
        "consortium": view.consortium,
        "fields": view.fields,
        "source": view.source,
        "created_at": view.created_at,
        "review_note": view.review_note,
        "confidential": view.confidential,
        "deeds": sorted(deed.value for deed in view.deeds),
    }


def _side(side: SidePath) -> Side:
    return Side(side.removesuffix("s"))
