"""Rounds, their seats, and what the rules say of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from chanjiao.apps.cooperation.models import AgreementState
from chanjiao.apps.cooperation.selectors import Filters as Agreements
from chanjiao.apps.cooperation.selectors import agreements
from chanjiao.apps.cooperation.shown import AgreementRow
from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.exchange.models import ListingState, Need
from chanjiao.apps.members.models import Consortium, Membership, MembershipState, Organisation
from chanjiao.apps.placement.changes import round_run_by, round_seen, seat_seen
from chanjiao.apps.placement.faults import SeatFault, seat_faults_of
from chanjiao.apps.placement.models import PlacementRound, RoundState, SeatGroup
from chanjiao.apps.placement.models.answers import HOLDS_A_PLACE
from chanjiao.apps.placement.rights import joined, runs_round
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import column_asked

TRAINING = ("internship", "apprenticeship", "order_class")
"""Kinds of agreement that hold places for students."""
MOST_AGREEMENTS = 200
SEAT_SORTS = {
    "title": "title",
    "firm": "organisation__pinyin",
    "capacity": "capacity",
    "pay": "pay",
    "listed": "listed",
}


@dataclass(frozen=True, slots=True)
class SeatFilters:
    """What narrows a list of seats; `own` keeps those of the organisation acted for, `free` those with free places."""

    text: str = ""
    firm: int | None = None
    own: bool = False
    free: bool = False
    sort: str = "firm"


def rounds(actor: Actor) -> QuerySet[PlacementRound]:
    """The rounds open to the actor with their places and wish lists counted, the latest first."""
    rows = PlacementRound.objects.select_related("consortium__organisation")
    if not actor.sees_all:
        own = {*actor.secretariat_of, *joined(actor)}
        rows = rows.filter(~Q(state=RoundState.DRAFT) | Q(consortium_id__in=own))
    return rows.annotate(places=Sum("seats__capacity", default=0), groups=Count("seats", distinct=True)).order_by("-id")


def placement_round(actor: Actor, pk: int) -> PlacementRound:
    """One round; `record.not_found`."""
    return round_seen(actor, pk)


def consortia_to_run(actor: Actor) -> QuerySet[Consortium]:
    """The consortia whose rounds the actor may plan."""
    rows = Consortium.objects.select_related("organisation").order_by("pk")
    return rows if actor.sees_all else rows.filter(pk__in=actor.secretariat_of)


def seats(actor: Actor, round_: PlacementRound, filters: SeatFilters = SeatFilters()) -> QuerySet[SeatGroup]:
    """The seat groups of a round with how many listed each and how many places are held."""
    rows = round_.seats.select_related("organisation", "round").annotate(
        listed=Count("wishes", distinct=True),
        held=Count("offers", filter=Q(offers__state__in=HOLDS_A_PLACE), distinct=True),
    )
    if filters.text.strip():
        rows = rows.filter(Q(title__icontains=filters.text) | Q(organisation__name__icontains=filters.text))
    if filters.firm is not None:
        rows = rows.filter(organisation_id=filters.firm)
    if filters.own:
        rows = rows.filter(organisation_id=actor.organisation_id or 0)
    if filters.free:
        rows = rows.filter(held__lt=F("capacity"))
    return rows.order_by(column_asked(filters.sort, SEAT_SORTS, SEAT_SORTS["firm"]), "pk")


def seat(actor: Actor, pk: int) -> SeatGroup:
    """One seat group; `record.not_found`."""
    return seat_seen(actor, pk)


def may_edit_seats(actor: Actor, round_: PlacementRound) -> bool:
    """Whether the actor may enter seats now: who runs the round, and acting staff of enterprises in it."""
    if round_.state != RoundState.DRAFT:
        return False
    return runs_round(actor, round_) or firms(actor, round_).exists()


def may_edit_seat(actor: Actor, seat_: SeatGroup) -> bool:
    """Whether the actor may change this seat now."""
    is_draft = seat_.round.state == RoundState.DRAFT
    return is_draft and (runs_round(actor, seat_.round) or actor.acts_for(seat_.organisation_id))


def firms(actor: Actor, round_: PlacementRound) -> QuerySet[Organisation]:
    """The members of the consortium whose seats the actor may enter."""
    members = Membership.objects.filter(consortium=round_.consortium, state=MembershipState.ACTIVE)
    rows = Organisation.objects.filter(pk__in=members.values("organisation"), type__in=("enterprise", "institute"))
    if not runs_round(actor, round_):
        own = actor.organisation_id if actor.acts_for(actor.organisation_id) else None
        rows = rows.filter(pk=own or 0)
    return rows.order_by("pinyin", "pk")


def needs_for_seats(actor: Actor, round_: PlacementRound) -> QuerySet[Need]:
    """Open needs for posts of the consortium from which the actor may take seats, those taken already left out."""
    rows = Need.objects.select_related("organisation").filter(
        consortium=round_.consortium, kind=Kind.POST, state=ListingState.OPEN, organisation__in=firms(actor, round_)
    )
    return rows.exclude(pk__in=round_.seats.filter(need__isnull=False).values("need")).order_by("title", "pk")


def agreements_for_seats(actor: Actor, round_: PlacementRound) -> list[AgreementRow]:
    """Agreements in force on training from which the actor may take seats, those taken already left out."""
    own = set(firms(actor, round_).values_list("pk", flat=True))
    taken = set(round_.seats.filter(agreement__isnull=False).values_list("agreement_id", flat=True))
    found = agreements(actor, Agreements(state=AgreementState.IN_FORCE, consortium=round_.consortium_id))
    return [
        row
        for row in found[:MOST_AGREEMENTS]
        if row.kind in TRAINING and row.id not in taken and own & set(row.organisation_ids)
    ]


def seats_of_agreement(actor: Actor, agreement_id: int) -> QuerySet[SeatGroup]:
    """The seats taken from an agreement that the actor may see, with the places held, the latest round first."""
    rows = SeatGroup.objects.filter(agreement_id=agreement_id, round__in=rounds(actor).values("pk"))
    held = Count("offers", filter=Q(offers__state__in=HOLDS_A_PLACE))
    return rows.select_related("round").annotate(held=held).order_by("-round", "pk")


def seat_faults(actor: Actor, pk: int) -> list[SeatFault]:
    """Every breach of the rules of internships by seats of the round, for who runs it."""
    return seat_faults_of(round_run_by(actor, pk))
