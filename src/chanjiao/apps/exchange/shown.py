"""What readers are handed of a listing: frozen values, whose confidential part is absent where it is not theirs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from chanjiao.apps.exchange.kinds import Kind, Side, fields_of
from chanjiao.apps.exchange.models import AnyListing
from chanjiao.apps.exchange.rules import Content, Deed, Typed
from chanjiao.core.rows import Rows


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A line of a list: nothing in it is confidential."""

    id: int
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
    submitted_at: datetime | None
    opened_at: datetime | None
    version: int
    side: Side


@dataclass(frozen=True, slots=True)
class Kept:
    """A listing as its keepers hand it on whole: to a file, or to somebody who repeats it."""

    id: int
    number: str
    organisation: str
    credit_code: str
    consortium: str
    kind: str
    state: str
    version: int
    content: Content


_PATHS = {"organisation": "organisation__name"}
_NAMES = [field.name for field in fields(ListingRow) if field.name != "side"]
_COLUMNS = [_PATHS.get(name, name) for name in _NAMES]


class Listings(Rows[ListingRow]):
    """Rows of a list of needs or of offers."""

    def __init__(self, side: Side, rows: QuerySet[Any]) -> None:
        super().__init__(rows.values_list(*_COLUMNS), partial(_row_of, side))


def _row_of(side: Side, values: tuple[Any, ...]) -> ListingRow:
    return ListingRow(**dict(zip(_NAMES, values, strict=True)), side=side)


@dataclass(frozen=True, slots=True)
class Confidential:
    """What only the listing's own people, the secretariat and an accepted partner read."""

    detail: str
    contact_name: str
    contact_phone: str
    partners: list[str]
    fields: dict[str, Typed]


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing as one reader sees it; `confidential` is None where it is not theirs, `deeds` what they may do."""

    row: ListingRow
    consortium: str
    fields: dict[str, Typed]
    source: str
    created_at: datetime
    review_note: str
    confidential: Confidential | None
    deeds: frozenset[Deed]


def row_of(listing: AnyListing) -> ListingRow:
    """The public line of a listing that is loaded with its organisation."""
    values = {field.name: getattr(listing, field.name) for field in fields(ListingRow) if field.name != "organisation"}
    return ListingRow(**values, organisation=listing.organisation.name)


def confidential_of(listing: AnyListing) -> Confidential:
    """The confidential part; whoever calls this has made sure that the reader may have it."""
    return Confidential(
        detail=listing.detail,
        contact_name=listing.contact_name or listing.organisation.contact_name,
        contact_phone=listing.contact_phone or listing.organisation.contact_phone,
        partners=list(listing.partners),
        fields=_fields(listing, confidential=True),
    )


def public_fields(listing: AnyListing) -> dict[str, Typed]:
    """The typed fields that are not confidential, in the order of the form."""
    return _fields(listing, confidential=False)


def _fields(listing: AnyListing, *, confidential: bool) -> dict[str, Typed]:
    known = fields_of(listing.side, Kind(listing.kind))
    return {
        field.name: listing.fields[field.name]
        for field in known
        if field.confidential is confidential and field.name in listing.fields
    }
