"""What colleges teach."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import paginate

from chanjiao.apps.programmes.actions.add_programme_point import add_programme_point
from chanjiao.apps.programmes.actions.edit_programme_point import edit_programme_point
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import Figures
from chanjiao.apps.programmes.selectors import points as selectors
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.v1.exchange import ListingOut
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["programmes"])


class PointFilters(Schema):
    """What narrows the list; `code` takes everything below it."""

    college: Whole | None = None
    level: str = ""
    code: str = ""
    q: str = Field("", max_length=100)
    sort: str = "college"

    def filters(self) -> selectors.Filters:
        """As the selectors take them."""
        return selectors.Filters(**self.model_dump(exclude={"q"}), text=self.q)


class PointOut(Schema):
    """A programme at a college; `system` is programme (vocational) or major (undergraduate)."""

    id: int
    college_id: int
    college: str = Field(alias="college.name")
    level: str
    code: str
    system: str
    years: int
    intake: int
    enrolled: int
    first_year: int | None
    last_year: int | None
    teachers: int
    dual_qualified: int
    version: int


class OccupationOut(Schema):
    """An occupation or minor group that a programme leads to."""

    code: str
    name: str
    source: str
    granularity: str


class PointDetail(PointOut):
    """A programme point with its occupations and the open needs that ask for it."""

    college: str
    occupations: list[OccupationOut]
    needs: list[ListingOut]


class FiguresIn(Schema):
    """The yearly figures; `years` are those of study."""

    years: int
    intake: int
    enrolled: int
    first_year: int | None = None
    last_year: int | None = None
    teachers: int = 0
    dual_qualified: int = 0

    def figures(self) -> Figures:
        """As the actions take them."""
        return Figures(**self.model_dump(include=set(FiguresIn.model_fields)))


class PointIn(FiguresIn):
    """A new programme point."""

    college_id: Whole
    level: str
    code: str = Field(max_length=16)


class PointEdit(FiguresIn):
    """New figures, made from the `version` that was read."""

    version: Whole


SHOWN_NEEDS = 50


@router.get("", response=list[PointOut])
@paginate(Paging)
def points(request: HttpRequest, filters: Query[PointFilters]) -> QuerySet[ProgrammePoint]:
    """Programme points."""
    return selectors.programme_points(actor_of(request), filters.filters())


@router.get("/{int:pk}", response=PointDetail)
def point(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One programme point."""
    return _detail(actor_of(request), pk)


@router.post("", response={201: PointDetail})
def add(request: HttpRequest, told: PointIn) -> Status[dict[str, Any]]:
    """Add a programme that a college teaches."""
    actor = known_actor(request)
    made = add_programme_point(
        actor=actor,
        college_id=told.college_id,
        level=told.level,
        code=told.code,
        figures=told.figures(),
        now=clock.now(),
    )
    return Status(201, _detail(actor, made.pk))


@router.put("/{int:pk}", response=PointDetail)
def edit(request: HttpRequest, pk: int, told: PointEdit) -> dict[str, Any]:
    """Replace the figures; 409 where somebody changed them since the version that was read."""
    actor = known_actor(request)
    edit_programme_point(actor=actor, pk=pk, version=told.version, figures=told.figures(), now=clock.now())
    return _detail(actor, pk)


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    found = selectors.programme_point(actor, pk)
    links = selectors.occupations_of(actor, found)
    own = {name: getattr(found, name) for name in PointOut.model_fields if name != "college"}
    return own | {
        "college": found.college.name,
        "occupations": links,
        "needs": selectors.needs_asking_for(actor, found, links)[:SHOWN_NEEDS],
    }
