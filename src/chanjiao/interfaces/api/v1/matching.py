"""Matches: the caller's, one with its reasons, and the answers to it."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.matching import selectors
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.decline_match import decline_match
from chanjiao.apps.matching.models import DeclineReason
from chanjiao.apps.matching.shown import Matches, SideView
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.engines.matching import Gap
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.v1.exchange import ConfidentialOut, ListingOut
from chanjiao.interfaces.callers import known_actor

router = Router(tags=["matching"])


class MatchFilters(Schema):
    """What narrows the list; `waiting` keeps those that wait for the caller's own answer."""

    state: str = ""
    kind: str = ""
    waiting: bool = False
    q: str = Field("", max_length=100)
    sort: str = ""

    def filters(self) -> selectors.Filters:
        """As the selectors take them."""
        return selectors.Filters(**self.model_dump(exclude={"q"}), text=self.q)


class EvidenceOut(Schema):
    """One thing behind a factor."""

    how: str
    need: str
    offer: str
    strength: float


class FactorOut(Schema):
    """A part of the score."""

    code: str
    value: float
    weight: float
    strength: float
    evidence: list[EvidenceOut]


class MatchOut(Schema):
    """A need and an offer that fit; the factors' values add up to the score."""

    id: int
    score: float
    rank: int
    state: str
    kind: str
    need_id: int
    need_number: str
    need_title: str
    need_organisation_id: int
    need_organisation: str
    offer_id: int
    offer_number: str
    offer_title: str
    offer_organisation_id: int
    offer_organisation: str
    need_accepted_at: datetime | None
    offer_accepted_at: datetime | None
    proposed_at: datetime
    decline_reason: str
    to_answer: str | None
    factors: list[FactorOut]


class SideOut(ListingOut):
    """One side of a match; `confidential` is null until it is open to the caller."""

    fields: dict[str, Any]
    confidential: ConfidentialOut | None


class GapOut(Schema):
    """Something that holds the score down."""

    code: str
    factor: str
    side: str
    gain: float
    params: dict[str, str]


class MatchDetail(MatchOut):
    """A match with both sides and what is missing."""

    need: SideOut
    offer: SideOut
    gaps: list[GapOut]
    engine: str
    engine_version: str
    problem_hash: str
    declined_by: str
    note: str
    amount: int | None
    answered_at: datetime | None
    answers: list[str]


class AcceptIn(Schema):
    """`side` is needed only from those who may act for both."""

    side: Side | None = None


class DeclineIn(AcceptIn):
    """Why, in a code, and a note for the other side."""

    reason: DeclineReason
    note: str = ""


@router.get("", response=list[MatchOut])
@paginate(Paging)
def matches(request: HttpRequest, filters: Query[MatchFilters]) -> Matches:
    """The caller's matches, those they must answer first."""
    return selectors.matches_for(known_actor(request), filters.filters())


@router.get("/{int:pk}", response=MatchDetail)
def match(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One match with its reasons."""
    return _detail(known_actor(request), pk)


@router.post("/{int:pk}/accept", response=MatchDetail)
def accept(request: HttpRequest, pk: int, told: AcceptIn) -> dict[str, Any]:
    """Accept for the caller's side."""
    actor = known_actor(request)
    accept_match(actor=actor, pk=pk, now=clock.now(), side=told.side)
    return _detail(actor, pk)


@router.post("/{int:pk}/decline", response=MatchDetail)
def decline(request: HttpRequest, pk: int, told: DeclineIn) -> dict[str, Any]:
    """Decline for the caller's side."""
    actor = known_actor(request)
    decline_match(actor=actor, pk=pk, reason=told.reason, note=told.note, now=clock.now(), side=told.side)
    return _detail(actor, pk)


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    view = selectors.match(actor, pk)
    return asdict(view.row) | {
        "need": _half(view.need),
        "offer": _half(view.offer),
        "gaps": [gap_out(gap) for gap in view.gaps],
        "engine": view.run.engine,
        "engine_version": view.run.version,
        "problem_hash": view.run.problem_hash,
        "declined_by": view.declined_by,
        "note": view.note,
        "amount": view.amount,
        "answered_at": view.answered_at,
        "answers": [side.value for side in view.answers],
    }


def gap_out(gap: Gap) -> dict[str, Any]:
    """A gap as `GapOut` takes it."""
    return asdict(gap) | {"params": dict(gap.params)}


def _half(half: SideView) -> dict[str, Any]:
    return asdict(half.row) | {"fields": half.fields, "confidential": half.confidential}
