"""Reads over programme points; they are public."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Q, QuerySet, Sum
from django.db.models.functions import Concat

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import ListingState, Need
from chanjiao.apps.exchange.shown import Listings
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import COLLEGES
from chanjiao.apps.reference.link_selectors import LinkedTerm, links_of_programme
from chanjiao.apps.reference.selectors import courses_of, suggest
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import column_asked, readable

SORTS = {
    "college": "college__pinyin",
    "code": "code_sort",
    "level": "level",
    "years": "years",
    "intake": "intake",
    "enrolled": "enrolled",
    "first_year": "first_year",
    "teachers": "teachers",
    "dual_qualified": "dual_qualified",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; `code` takes everything below it, `text` is a programme's name, code or initials."""

    college: int | None = None
    level: str = ""
    code: str = ""
    text: str = ""
    sort: str = "college"


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a list of programme points."""

    intake: int
    enrolled: int
    teachers: int
    dual_qualified: int


def programme_points(actor: Actor, filters: Filters = Filters()) -> QuerySet[ProgrammePoint]:
    """Programme points with their colleges."""
    filters = readable(filters)
    rows = ProgrammePoint.objects.select_related("college").annotate(
        code_sort=Concat("programme_code", "major_code", output_field=CharField())
    )
    if filters.college is not None:
        rows = rows.filter(college_id=filters.college)
    if filters.level:
        rows = rows.filter(level=filters.level)
    if filters.code:
        rows = rows.filter(code_sort__startswith=filters.code)
    if filters.text.strip():
        rows = rows.filter(
            Q(code_sort__in=_codes_meant(actor, filters.text)) | Q(college__name__icontains=filters.text)
        )
    return rows.order_by(column_asked(filters.sort, SORTS, SORTS["college"]), "code_sort", "pk")


def totals(points: QuerySet[ProgrammePoint]) -> Totals:
    """The sums over all points of a list."""
    names = ("intake", "enrolled", "teachers", "dual_qualified")
    sums = points.aggregate(**{name: Sum(name) for name in names})
    return Totals(**{name: sums[name] or 0 for name in names})


def programme_point(actor: Actor, pk: int) -> ProgrammePoint:
    """One programme point with its college; `record.not_found`."""
    found = ProgrammePoint.objects.select_related("college").filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def occupations_of(actor: Actor, point: ProgrammePoint) -> list[LinkedTerm]:
    """The occupations and minor groups that the programme officially leads to; none for undergraduate majors."""
    return links_of_programme(actor, point.programme_code) if point.programme_code else []


def courses(actor: Actor, point: ProgrammePoint) -> tuple[str, ...]:
    """The courses that the programme's teaching standard names."""
    return courses_of(actor, point.programme_code) if point.programme_code else ()


def needs_asking_for(actor: Actor, point: ProgrammePoint, links: list[LinkedTerm]) -> Listings:
    """Open needs that name the programme, or an occupation that it officially leads to."""
    wanted = Q(programme_code=point.code)
    for link in links:
        wanted |= Q(occupation_code=link.code) | Q(occupation_code__startswith=f"{link.code}-")
    return Listings(Side.NEED, Need.objects.filter(wanted, state=ListingState.OPEN).order_by("-opened_at", "-id"))


def colleges(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that teach at least one programme, by name."""
    return Organisation.objects.filter(programme_points__isnull=False).distinct().order_by("pinyin", "pk")


def colleges_to_edit(actor: Actor) -> QuerySet[Organisation]:
    """The colleges whose programme points the actor may add and edit."""
    rows = Organisation.objects.filter(type__in=COLLEGES).order_by("pinyin", "pk")
    if actor.sees_all:
        return rows
    own = actor.organisation_id
    return rows.filter(pk=own) if own is not None and actor.acts_for(own) else rows.none()


def _codes_meant(actor: Actor, text: str) -> list[str]:
    found = [one for system in ("programme", "major") for one in suggest(actor, text, system, limit=60)]
    return [one.code for one in found]
