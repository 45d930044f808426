"""Reads over needs and offers, filtered by who asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from chanjiao.apps.exchange.changes import content_of, is_visible, listing_for, owns
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import MODELS, AnyListing, ListingState
from chanjiao.apps.exchange.rules import Content, Deed, deeds
from chanjiao.apps.exchange.shown import Kept, Listings, ListingView, confidential_of, public_fields, row_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import column_asked, readable

SORTS = {
    "number": "number",
    "opened": "opened_at",
    "expires": "expires_on",
    "title": "title",
    "organisation": "organisation__pinyin",
    "quantity": "quantity",
    "kind": "kind",
    "state": "state",
}
PUBLIC_STATES = (ListingState.OPEN, ListingState.MATCHED)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list, and its order; codes take everything below them, `sort` falls with a leading minus."""

    kind: str = ""
    state: str = ""
    organisation: int | None = None
    zone: int | None = None
    industry: str = ""
    occupation: str = ""
    programme: str = ""
    region: str = ""
    text: str = ""
    sort: str = "-opened"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many listings of a side and kind are in a state, and the quantity they add up to."""

    side: Side
    kind: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded change of a listing."""

    at: datetime
    action: str
    person: str
    organisation: str
    state: str


def visible_listings(actor: Actor, side: Side) -> QuerySet[Any]:
    """The needs or offers that the actor may open, in every state."""
    return _rows(side).filter(_visible_to(actor))


def open_listings(actor: Actor, side: Side, filters: Filters = Filters()) -> Listings:
    """Needs or offers that everybody may see: open ones, or matched ones where the filter asks for them."""
    filters = readable(filters)
    state = filters.state if filters.state in PUBLIC_STATES else ListingState.OPEN
    return Listings(side, _narrowed(_rows(side).filter(state=state), filters))


def own_listings(actor: Actor, side: Side, filters: Filters = Filters()) -> Listings:
    """Needs or offers of the organisation the actor is staff of, in every state, the latest first."""
    filters = readable(filters)
    rows = _rows(side).filter(organisation_id=actor.organisation_id)
    if actor.organisation_id is None or not actor.belongs_to(actor.organisation_id):
        rows = rows.none()
    if filters.state:
        rows = rows.filter(state=filters.state)
    return Listings(side, _narrowed(rows, filters).order_by(*_order(filters.sort, newest="-id")))


def awaiting_review(actor: Actor, side: Side) -> Listings:
    """Needs or offers that wait for the actor's review, the longest waiting first."""
    rows = _rows(side).filter(_run_by(actor), state=ListingState.SUBMITTED)
    return Listings(side, rows.order_by("submitted_at", "id"))


def listing(actor: Actor, side: Side, pk: int) -> ListingView:
    """One need or offer as the actor may see it; `record.not_found` where there is none for them."""
    found = _rows(side).select_related("organisation", "consortium__organisation").filter(pk=pk).first()
    if found is None or not is_visible(actor, found):
        raise ChanjiaoError("record.not_found")
    runs, belongs = actor.runs(found.consortium_id), actor.belongs_to(found.organisation_id)
    inside = runs or belongs
    return ListingView(
        row=row_of(found),
        consortium=found.consortium.organisation.name,
        fields=public_fields(found),
        source=found.source,
        created_at=found.created_at,
        review_note=found.review_note if inside else "",
        confidential=confidential_of(found) if inside else None,
        deeds=deeds(found.state, owns=owns(actor, found), runs=runs),
    )


def content(actor: Actor, side: Side, pk: int) -> tuple[AnyListing, Content]:
    """A listing that the actor may edit, and what its writer filled in."""
    found = listing_for(actor, side, pk, Deed.EDIT)
    return found, content_of(found)


def history(actor: Actor, side: Side, pk: int) -> tuple[Step, ...]:
    """The recorded changes of a listing, the latest first, for its own people and the secretariat; none for others."""
    if listing(actor, side, pk).confidential is None:
        return ()
    records = AuditRecord.objects.filter(object_type=MODELS[side]._meta.label_lower, object_id=pk).order_by("-id")
    return tuple(
        Step(one.at, one.action, one.actor_name, one.organisation_name, one.after.get("state", "")) for one in records
    )


def figures(actor: Actor, consortium_id: int | None = None) -> tuple[Figure, ...]:
    """Counts by side, kind and state of all that the actor may see, for every kind and state that occurs."""
    counted: list[Figure] = []
    of_consortium = Q() if consortium_id is None else Q(consortium_id=consortium_id)
    for side in Side:
        rows = (
            _rows(side)
            .filter(_visible_to(actor), of_consortium)
            .order_by()
            .values_list("kind", "state")
            .annotate(Count("pk"))
        )
        counted += [Figure(side, kind, state, count) for kind, state, count in rows]
    order = {kind: place for place, kind in enumerate(Kind)}
    return tuple(sorted(counted, key=lambda one: (one.side, order[Kind(one.kind)], one.state)))


def kind_counts(actor: Actor, side: Side) -> dict[str, int]:
    """Kind → number of open listings of one side, zero where there is none."""
    rows = _rows(side).filter(state=ListingState.OPEN).order_by().values_list("kind").annotate(Count("pk"))
    counted = Counter(dict(rows))
    return {kind.value: counted[kind.value] for kind in Kind}


def kept_listings(actor: Actor, side: Side, kind: str = "") -> Iterator[Kept]:
    """Every listing that the actor keeps, whole: of their organisation and the consortia they run, oldest first."""
    rows = _rows(side)
    if not actor.sees_all:
        own = actor.organisation_id if actor.acts_for(actor.organisation_id) else None
        rows = rows.filter(_run_by(actor) | Q(organisation_id=own))
    if kind:
        rows = rows.filter(kind=kind)
    for row in rows.select_related("organisation", "consortium__organisation").order_by("pk").iterator(500):
        yield kept(row)


def kept_of_kind(actor: Actor, side: Side, kind: Kind, *, limit: int) -> list[Kept]:
    """What the actor's own organisation posted last of this kind, whatever became of it."""
    own = actor.organisation_id if actor.acts_for(actor.organisation_id) else None
    rows = _rows(side).filter(organisation_id=own, kind=kind).select_related("organisation", "consortium__organisation")
    return [kept(row) for row in rows.order_by("-pk")[:limit]] if own is not None else []


def kept_listing(actor: Actor, side: Side, number: str) -> Kept | None:
    """The listing of that number, None where the actor does not keep one."""
    rows = _rows(side).filter(number=number).select_related("organisation", "consortium__organisation")
    found = rows.first()
    if found is None or not (owns(actor, found) or actor.runs(found.consortium_id)):
        return None
    return kept(found)


def kept(listing: AnyListing) -> Kept:
    """The listing as its keepers see it."""
    return Kept(
        id=listing.pk,
        number=listing.number,
        organisation=listing.organisation.name,
        credit_code=listing.organisation.credit_code or "",
        consortium=str(listing.consortium),
        kind=listing.kind,
        state=listing.state,
        version=listing.version,
        content=content_of(listing),
    )


def _rows(side: Side) -> QuerySet[Any]:
    return MODELS[side]._default_manager.all()


def _run_by(actor: Actor) -> Q:
    return Q() if actor.sees_all else Q(consortium_id__in=actor.secretariat_of)


def _visible_to(actor: Actor) -> Q:
    if actor.sees_all:
        return Q()
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    return Q(state__in=PUBLIC_STATES) | Q(organisation_id=own) | Q(consortium_id__in=actor.secretariat_of)


def _narrowed(rows: QuerySet[Any], filters: Filters) -> QuerySet[Any]:
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.organisation is not None:
        rows = rows.filter(organisation_id=filters.organisation)
    if filters.zone is not None:
        rows = rows.filter(Q(organisation__zone_id=filters.zone) | Q(consortium__zone_id=filters.zone))
    for word in filters.text.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(number__iexact=word)
        )
    return rows.filter(_by_codes(filters)).order_by(*_order(filters.sort, newest="-opened_at"))


def _by_codes(filters: Filters) -> Q:
    wanted = Q()
    if filters.occupation:
        wanted &= Q(occupation_code__startswith=filters.occupation)
    if filters.programme:
        wanted &= Q(programme_code__startswith=filters.programme)
    # A listing that names no branch or place stands in its organisation's.
    for column, prefix in (("industry_code", filters.industry), ("region_code", _region_stem(filters.region))):
        if prefix:
            own = Q(**{f"{column}__startswith": prefix})
            wanted &= own | Q(**{column: "", f"organisation__{column}__startswith": prefix})
    return wanted


def _region_stem(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _order(sort: str, *, newest: str) -> tuple[str, str]:
    asked = column_asked(sort, SORTS)
    return (newest if sort == "-opened" or not asked else asked), "-id"
