"""Plans of intake: scenarios, a plan, and what it changes."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from chanjiao.apps.plans import selectors
from chanjiao.apps.plans.models import IntakePlan, PlannedChange, PlanScenario
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import known_actor

router = Router(tags=["plans"])


class ScenarioOut(Schema):
    """A scenario with its options; `latest` is the id of its latest plan."""

    id: int
    consortium_id: int
    title: str
    options: dict[str, float | int | str]
    latest: int | None
    version: int


class PlanOut(Schema):
    """A verified plan: its cost, the bound that no plan can beat, the gap between both, sums, prices of limits."""

    id: int
    scenario_id: int
    options: dict[str, float | int | str]
    years: list[int]
    engine: str
    engine_version: str
    method: str
    problem_hash: str
    objective: float
    bound: float
    gap: float
    checked: float
    figures: dict[str, float]
    prices: list[dict[str, Any]]
    seconds: float
    made_at: datetime


class PlannedChangeFilters(Schema):
    """What narrows the changes."""

    college: Whole | None = None
    direction: str = ""
    q: str = Field("", max_length=80)
    sort: str = ""

    def filters(self) -> selectors.Filters:
        """As the selectors take them."""
        return selectors.Filters(**self.model_dump(exclude={"q"}), text=self.q)


class PlannedChangeOut(Schema):
    """A programme point whose intake changes, and why."""

    id: int
    college_id: int
    point_id: int | None
    code: str
    direction: str
    before: float
    planned: float
    intake: list[float]
    causes: list[dict[str, Any]]
    saving: float
    broken: list[dict[str, Any]]
    used_up: list[dict[str, Any]]


@router.get("", response=list[ScenarioOut])
@paginate(Paging)
def scenarios(request: HttpRequest) -> QuerySet[PlanScenario]:
    """The scenarios that the caller sees."""
    return selectors.scenarios(known_actor(request))


@router.get("/results/{int:pk}", response=PlanOut)
def plan(request: HttpRequest, pk: int) -> IntakePlan:
    """One plan."""
    return selectors.plan(known_actor(request), pk)


@router.get("/results/{int:pk}/changes", response=list[PlannedChangeOut])
@paginate(Paging)
def changes(request: HttpRequest, pk: int, filters: Query[PlannedChangeFilters]) -> QuerySet[PlannedChange]:
    """What a plan changes."""
    actor = known_actor(request)
    return selectors.changes(actor, selectors.plan(actor, pk), filters.filters())
