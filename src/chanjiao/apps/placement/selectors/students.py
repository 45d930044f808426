"""Students, for themselves and for officers of their college; what each may wish for, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.placement.changes import own_student, student_seen
from chanjiao.apps.placement.models import (
    Consent,
    PlacementOffer,
    PlacementRound,
    SeatGroup,
    Student,
    Wish,
    WishList,
)
from chanjiao.apps.placement.models.answers import HOLDS_A_PLACE
from chanjiao.apps.placement.rights import keeps_students
from chanjiao.apps.placement.rules.eligibility import Obstacle, obstacles, way
from chanjiao.apps.placement.rules.points import RankingMode, points_of
from chanjiao.apps.placement.rules.students import COLLEGES
from chanjiao.apps.placement.snapshot import round_terms, rules_of, seat_terms, student_facts
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import column_asked

SORTS = {"number": "number", "name": "name", "programme": "programme_code", "mark": "mark", "wishes": "wish_count"}


@dataclass(frozen=True, slots=True)
class StudentFilters:
    """What narrows a college's list; `missing` is `wishes` or `consent`, in the round asked about."""

    text: str = ""
    missing: str = ""
    sort: str = "number"


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """A seat as one student sees it: what stands against it, how far it is, their points there where rules say."""

    seat: SeatGroup
    obstacles: tuple[Obstacle, ...]
    minutes: int | None
    points: object

    @property
    def is_open(self) -> bool:
        """Whether the student may list it."""
        return not self.obstacles


@dataclass(frozen=True, slots=True)
class OwnWishes:
    """A student's list in a round: the seats best first, when saved, and the version to save from."""

    seats: tuple[SeatGroup, ...]
    saved_at: datetime | None
    version: int | None


def is_placement_student(actor: Actor) -> bool:
    """Whether the actor is a student known to placement."""
    return actor.user_id is not None and Student.objects.filter(user_id=actor.user_id).exists()


def myself(actor: Actor) -> Student:
    """The student that the actor is; `record.not_found`."""
    return own_student(actor)


def student(actor: Actor, pk: int) -> Student:
    """One student, for themself and officers of the college; `record.not_found`."""
    return student_seen(actor, pk)


def college_kept(actor: Actor) -> Organisation:
    """The college whose students the actor keeps; `action.denied` for who is no officer of a college."""
    own = actor.organisation_id if actor.is_known and actor.acts_for(actor.organisation_id) else None
    found = Organisation.objects.filter(pk=own or 0, type__in=COLLEGES).first()
    if found is None:
        raise ChanjiaoError("action.denied")
    return found


def students(
    actor: Actor, filters: StudentFilters = StudentFilters(), round_: PlacementRound | None = None
) -> QuerySet[Student]:
    """The students whom the actor keeps, with what they did in the round: wishes counted, consent in force.

    Nothing for who is no officer of a college.
    """
    rows = Student.objects.select_related("college", "user")
    if not actor.sees_all:
        own = actor.organisation_id if actor.acts_for(actor.organisation_id) else None
        rows = rows.filter(college_id=own)
    if filters.text.strip():
        text = filters.text.strip()
        rows = rows.filter(Q(name__icontains=text) | Q(number__icontains=text) | Q(alias=text))
    if round_ is not None:
        rows = _with_deeds(rows, round_, filters.missing)
    sorts = SORTS if round_ is not None else {**SORTS, "wishes": "number"}
    return rows.order_by(column_asked(filters.sort, sorts, "number"), "pk")


def _with_deeds(rows: QuerySet[Student], round_: PlacementRound, missing: str) -> QuerySet[Student]:
    consent = Consent.objects.filter(round=round_, student=OuterRef("pk"), withdrawn_at__isnull=True)
    listed = Count("wish_lists__wishes", filter=Q(wish_lists__round=round_))
    rows = rows.annotate(wish_count=listed, has_consent=Exists(consent))
    if missing == "wishes":
        return rows.filter(wish_count=0)
    return rows.filter(has_consent=False) if missing == "consent" else rows


def own_wishes(actor: Actor, round_: PlacementRound) -> OwnWishes:
    """What the student has on the list."""
    found = WishList.objects.filter(round=round_, student=own_student(actor)).first()
    if found is None:
        return OwnWishes((), None, None)
    rows = found.wishes.select_related("seat__organisation", "seat__round").order_by("rank")
    return OwnWishes(tuple(wish.seat for wish in rows), found.saved_at, found.version)


def offer_kept(actor: Actor, pk: int) -> PlacementOffer:
    """An offer to a student of the college acted for; `record.not_found`."""
    found = PlacementOffer.objects.select_related("student").filter(pk=pk).first()
    if found is None or not keeps_students(actor, found.student.college_id):
        raise ChanjiaoError("record.not_found")
    return found


def own_consent(actor: Actor, round_: PlacementRound) -> Consent | None:
    """The student's consent in force in the round."""
    return Consent.objects.filter(round=round_, student=own_student(actor), withdrawn_at__isnull=True).first()


def holds_a_place_before(actor: Actor, round_: PlacementRound) -> bool:
    """Whether the student holds a place of the round that this one follows, and so takes no part."""
    if round_.follows_id is None:
        return False
    held = PlacementOffer.objects.filter(round=round_.follows_id, state__in=HOLDS_A_PLACE)
    return held.filter(student=own_student(actor)).exists()


def seat_choices(actor: Actor, round_: PlacementRound, text: str = "") -> list[SeatChoice]:
    """Every seat of the round as the student sees it: those they may list first, by points or in order."""
    me = own_student(actor)
    terms, facts = round_terms(round_), student_facts(me)
    rows = round_.seats.select_related("organisation").prefetch_related("reserves")
    if text.strip():
        rows = rows.filter(Q(title__icontains=text.strip()) | Q(organisation__name__icontains=text.strip()))
    made = []
    for seat in rows:
        place = seat_terms(seat)
        minutes = way(facts, place, terms)
        own = points_of(rules_of(seat), facts, minutes) if seat.ranking == RankingMode.RULES else None
        made.append(SeatChoice(seat, tuple(obstacles(facts, place, terms)), minutes, own))
    return sorted(made, key=lambda one: not one.is_open)


def seat_choice(actor: Actor, seat: SeatGroup) -> SeatChoice | None:
    """The seat as the student sees it; None for who is no student."""
    if not is_placement_student(actor):
        return None
    return next(one for one in seat_choices(actor, seat.round) if one.seat.pk == seat.pk)


def own_data(actor: Actor, pk: int) -> dict[str, object]:
    """Everything held about a student, as plain values, for a copy on request."""
    one = student_seen(actor, pk)
    if one is None:
        raise ChanjiaoError("record.not_found")
    columns = ("number", "alias", "name", "level", "programme_code", "birth_date", "mark", "home", "groups")
    told: dict[str, object] = {name: getattr(one, name) for name in columns}
    told["college"] = one.college.name
    told["consents"] = list(one.consents.values("round__title", "given_at", "withdrawn_at"))
    wishes = Wish.objects.filter(wish_list__student=one).order_by("wish_list", "rank")
    told["wishes"] = list(wishes.values("wish_list__round__title", "rank", "seat__title"))
    told["points"] = list(one.rankings.values("seat__title", "points", "given_at"))
    told["placements"] = list(
        one.placements.filter(run__is_published=True).values("run__round__title", "seat__title", "rank", "reasons")
    )
    told["offers"] = list(one.offers.values("seat__title", "rank", "state", "offered_at", "answered_at", "joined_on"))
    told["appeals"] = list(one.appeals.values("round__title", "text", "made_at", "state", "answer"))
    return told
