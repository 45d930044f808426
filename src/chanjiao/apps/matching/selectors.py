"""Reads over matches, for the two organisations of each and their secretariat."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import AnyListing, ListingState
from chanjiao.apps.exchange.shown import confidential_of, public_fields, row_of
from chanjiao.apps.matching.answers import is_visible, sides_of
from chanjiao.apps.matching.models import Match, MatchRun, MatchState, Reply
from chanjiao.apps.matching.preferences import is_neutral
from chanjiao.apps.matching.rules import OPEN_STATES, is_open
from chanjiao.apps.matching.shown import Matches, MatchRow, MatchView, RunView, SideView, factors_of, gaps_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import column_asked, readable
from chanjiao.core.traces import needs_with

CARRIED_ON = ("agreement.proposed", "agreement.signed", "agreement.in_force", "project.started")
"""Deeds by which an accepted match has become more than a match."""
SORTS = {
    "score": "score",
    "proposed": "proposed_at",
    "need": "need__title",
    "offer": "offer__title",
    "state": "state",
    "due": "turn_due",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list of matches; `waiting` keeps those that wait for the actor's own answer."""

    state: str = ""
    kind: str = ""
    waiting: bool = False
    text: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many matches were proposed (withdrawn ones left out), answered by a side, accepted by both, declined."""

    proposed: int
    answered: int
    accepted: int
    declined: int


def standing(actor: Actor, consortium_id: int | None = None) -> Standing:
    """Figures over all matches, or over those of a consortium; they name nobody, so everybody may see them."""
    rows = Match.objects.exclude(state=MatchState.WITHDRAWN)
    if consortium_id is not None:
        rows = rows.filter(Q(need__consortium_id=consortium_id) | Q(offer__consortium_id=consortium_id))
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    proposed = sum(counted.values())
    return Standing(
        proposed=proposed,
        answered=proposed - counted.get(MatchState.PROPOSED, 0),
        accepted=counted.get(MatchState.ACCEPTED, 0),
        declined=counted.get(MatchState.DECLINED, 0),
    )


def visible_matches(actor: Actor) -> QuerySet[Match]:
    """The matches that the actor may open, in every state."""
    if actor.sees_all:
        return _joined()
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    run = actor.secretariat_of
    if own is None and not run:
        return Match.objects.none()
    theirs = Q(need__organisation_id=own) | Q(offer__organisation_id=own)
    if run:
        theirs |= Q(need__consortium_id__in=run) | Q(offer__consortium_id__in=run)
    return _joined().filter(theirs)


def matches_for(actor: Actor, filters: Filters = Filters()) -> Matches:
    """The matches of the actor's organisation and of the consortia they run; those the actor must answer first.

    Withdrawn ones appear only where the filter asks for them. Who chose the neutral order gets the oldest first.
    """
    filters, rows = readable(filters), visible_matches(actor)
    rows = rows.filter(state=filters.state) if filters.state else rows.exclude(state=MatchState.WITHDRAWN)
    if filters.kind:
        rows = rows.filter(need__kind=filters.kind)
    for word in filters.text.split():
        rows = rows.filter(_mentions(word))
    waits = Case(When(_waiting_for(actor), then=Value(True)), default=Value(False), output_field=BooleanField())
    turn = Reply.objects.filter(match=OuterRef("pk"), organisation=actor.organisation_id or 0, closed_at=None)
    rows = rows.annotate(waits=waits, turn_due=Subquery(turn.order_by("due_at").values("due_at")[:1]))
    if filters.waiting:
        rows = rows.filter(waits=True)
    neutral = is_neutral(actor)
    return _listed(actor, rows.order_by(*_order(filters.sort, neutral=neutral)), neutral=neutral)


def matches_of(actor: Actor, side: Side, pk: int) -> Matches:
    """The matches of one listing that the actor may see, the best first, or the oldest in the neutral order."""
    rows = visible_matches(actor).filter(**{f"{side}_id": pk}).exclude(state=MatchState.WITHDRAWN)
    neutral = is_neutral(actor)
    return _listed(actor, rows.order_by(*(_NEUTRAL if neutral else ("-score", "pk"))), neutral=neutral)


def best_matches(actor: Actor, limit: int = 10) -> list[MatchRow]:
    """The best match of each need that is open or accepted, over all the actor may see, the best first."""
    rows = visible_matches(actor).filter(state__in=[*OPEN_STATES, MatchState.ACCEPTED], rank=1)
    return _listed(actor, rows.order_by("-score", "pk"))[:limit]


def settled_matches(actor: Actor) -> Matches:
    """Matches of the actor's organisation that both sides accepted and that nothing higher up has taken over yet."""
    own = Q(need__organisation_id=actor.organisation_id) | Q(offer__organisation_id=actor.organisation_id)
    taken_over = needs_with(CARRIED_ON)
    rows = _joined().filter(own, state=MatchState.ACCEPTED).exclude(need__in=taken_over)
    return _listed(actor, rows.order_by("-answered_at", "pk"))


def waiting_count(actor: Actor) -> int:
    """How many matches wait for the answer of the actor's organisation."""
    return visible_matches(actor).filter(_waiting_for(actor)).count() if actor.organisation_id else 0


def state_counts(actor: Actor) -> dict[str, int]:
    """State → number of matches that the actor may see, zero where there is none."""
    counted = dict.fromkeys(MatchState.values, 0)
    counted.update(visible_matches(actor).order_by().values_list("state").annotate(Count("pk")))
    return counted


def match(actor: Actor, pk: int) -> MatchView:
    """One match; `record.not_found` where there is none for the actor.

    The other side's confidential part is there once both have accepted.
    """
    found = _joined().select_related("run").filter(pk=pk).first()
    if found is None or not is_visible(actor, found):
        raise ChanjiaoError("record.not_found")
    return MatchView(
        row=_row(actor, found),
        need=_side(actor, found, found.need),
        offer=_side(actor, found, found.offer),
        gaps=gaps_of(found),
        run=RunView(found.run.engine, found.run.engine_version, found.run.ran_at, found.run.problem_hash),
        declined_by=found.declined_by,
        note=found.note,
        amount=found.amount,
        answered_at=found.answered_at,
        answers=sides_of(actor, found) if is_open(found.state) else (),
        own_sides=sides_of(actor, found),
    )


def last_run(actor: Actor) -> MatchRun | None:
    """The latest run of the engine, for those who may start one."""
    return MatchRun.objects.first() if actor.sees_all or actor.secretariat_of else None


def _joined() -> QuerySet[Match]:
    return Match.objects.select_related("need__organisation", "offer__organisation")


def _waiting_for(actor: Actor) -> Q:
    if actor.organisation_id is None or not actor.acts_for(actor.organisation_id):
        return Q(pk__in=[])
    own = actor.organisation_id
    unanswered = Q(need__organisation_id=own, need_accepted_at=None) | Q(
        offer__organisation_id=own, offer_accepted_at=None
    )
    both_open = Q(need__state=ListingState.OPEN, offer__state=ListingState.OPEN)
    return Q(state__in=OPEN_STATES) & both_open & unanswered


def _mentions(word: str) -> Q:
    return (
        Q(need__title__icontains=word)
        | Q(offer__title__icontains=word)
        | Q(need__organisation__name__icontains=word)
        | Q(offer__organisation__name__icontains=word)
    )


_NEUTRAL = ("proposed_at", "pk")


def _order(sort: str, *, neutral: bool) -> tuple[str, ...]:
    if neutral and sort.removeprefix("-") in ("", "score"):
        return ("-waits", *_NEUTRAL)
    asked = column_asked(sort, SORTS)
    return (asked, "pk") if asked else ("-waits", "-score", "pk")


def _listed(actor: Actor, rows: QuerySet[Match], *, neutral: bool = False) -> Matches:
    lean = rows.defer("gaps", "need__detail", "need__summary", "offer__detail", "offer__summary")
    return Matches(lean, lambda found: _row(actor, found), is_neutral=neutral)


def _row(actor: Actor, found: Match) -> MatchRow:
    need, offer = found.need, found.offer
    return MatchRow(
        id=found.pk,
        score=found.score,
        rank=found.rank,
        state=found.state,
        kind=need.kind,
        need_id=need.pk,
        need_number=need.number,
        need_title=need.title,
        need_organisation_id=need.organisation_id,
        need_organisation=need.organisation.name,
        offer_id=offer.pk,
        offer_number=offer.number,
        offer_title=offer.title,
        offer_organisation_id=offer.organisation_id,
        offer_organisation=offer.organisation.name,
        need_accepted_at=found.need_accepted_at,
        offer_accepted_at=found.offer_accepted_at,
        proposed_at=found.proposed_at,
        decline_reason=found.decline_reason,
        factors=factors_of(found),
        to_answer=_owed(actor, found),
        due_at=getattr(found, "turn_due", None),
    )


def _owed(actor: Actor, found: Match) -> Side | None:
    if not is_open(found.state) or actor.organisation_id is None or not actor.acts_for(actor.organisation_id):
        return None
    if any(listing.state != ListingState.OPEN for listing in (found.need, found.offer)):
        return None
    if found.need.organisation_id == actor.organisation_id and found.need_accepted_at is None:
        return Side.NEED
    if found.offer.organisation_id == actor.organisation_id and found.offer_accepted_at is None:
        return Side.OFFER
    return None


def _side(actor: Actor, found: Match, listing: AnyListing) -> SideView:
    inside = actor.belongs_to(listing.organisation_id) or actor.runs(listing.consortium_id)
    opened = found.state == MatchState.ACCEPTED and any(
        actor.belongs_to(one.organisation_id) for one in (found.need, found.offer)
    )
    return SideView(
        row=row_of(listing),
        fields=public_fields(listing),
        confidential=confidential_of(listing) if inside or opened else None,
        is_inside=inside,
    )
