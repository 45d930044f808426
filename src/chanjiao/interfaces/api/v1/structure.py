"""The programme structure: yearly figures, demand, alignment, outlook, warning cards. Read only."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from chanjiao.apps.programmes.selectors import alignment as aligning
from chanjiao.apps.programmes.selectors import demand as demands
from chanjiao.apps.programmes.selectors import supply, warnings
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.rows import Rows
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["programmes"])


class FactsOut(Schema):
    """Figures of a year, in people, costs in 10,000 yuan; null where not known."""

    planned: int | None
    admitted: int | None
    enrolled: int | None
    completed: int | None
    employed: int | None
    own_business: int | None
    flexible: int | None
    further_study: int | None
    in_city: int | None
    in_field: int | None
    teachers: int | None
    dual_qualified: int | None
    rooms: int | None
    training_places: int | None
    running_cost: int | None


class YearOut(Schema):
    """A programme point in a year."""

    id: int
    point_id: int
    college_id: int
    college: str
    code: str
    year: int
    facts: FactsOut
    source: str
    told_at: datetime
    version: int


class YearFilters(Schema):
    """What narrows the list; `code` takes everything below it."""

    year: Whole | None = None
    college: Whole | None = None
    point: Whole | None = None
    code: str = Field("", max_length=16)
    sort: str = "-year"


class DemandOut(Schema):
    """A row of demand; `record` is its table and id, null for a sum over enterprises."""

    occupation: str
    code: str
    year: int
    source: str
    title: str
    expected: float
    low: float | None
    high: float | None
    weight: float
    told_on: date
    industry: str
    zone_id: int | None
    organisation: str
    record: tuple[str, int] | None


class DemandFilters(Schema):
    """What narrows the rows; `occupation` takes everything below it, `chain` and `zone` are ids."""

    occupation: str = Field("", max_length=16)
    year: Whole | None = None
    source: str = Field("", max_length=10)
    chain: Whole | None = None
    zone: Whole | None = None
    sort: str = "-year"


class EstimateOut(Schema):
    """A figure with its interval."""

    value: float
    low: float
    high: float


class LineOut(Schema):
    """One line of the alignment; `grade` is at expected, least, most openings. Null is too little data."""

    key: str
    openings: EstimateOut
    completions: float
    years: int
    gap: EstimateOut
    similarity: EstimateOut | None
    deviation: EstimateOut | None
    coordination: EstimateOut | None
    key_share: EstimateOut | None
    grade: tuple[str, str, str] | None


class AlignmentOut(Schema):
    """What is taught beside what is asked in a year; `unlinked` are points that lead nowhere that is known."""

    year: int
    by: str
    unlinked: list[int]
    lines: list[LineOut]


class ForecastOut(Schema):
    """Values of years ahead with a 95 % interval; `errors` holds each method's mean error on its own past."""

    years: list[int]
    expected: list[float]
    low: list[float]
    high: list[float]
    method: str
    errors: dict[str, float]
    is_chosen: bool


class AskedOut(Schema):
    """People asked for in a year, all sources together."""

    low: float
    expected: float
    high: float
    sources: int


class OutlookOut(Schema):
    """An occupation's demand by year and its forecast; `missing` are years in the middle that nobody tells,
    `skipped` those told before them.
    """

    occupation: str
    years: dict[int, AskedOut]
    used: list[int]
    missing: list[int]
    skipped: list[int]
    forecast: ForecastOut | None


class HitRowOut(Schema):
    """The value of a measure in a year; `figures` is the id of the yearly figures."""

    year: int
    value: float
    figures: int


class HitOut(Schema):
    """A rule that was hit, and the rows that show it."""

    rule: str
    label: str
    measure: str
    source: str
    rows: list[HitRowOut]


class CardOut(Schema):
    """A warning card."""

    id: int
    point_id: int
    code: str
    college_id: int
    college: str
    rule_set: str
    year: int
    colour: str
    exemption: str
    hits: list[HitOut]
    state: str
    issued_at: datetime
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    version: int


class CardFilters(Schema):
    """What narrows the cards."""

    year: Whole | None = None
    college: Whole | None = None
    point: Whole | None = None
    rule_set: str = Field("", max_length=40)
    colour: str = Field("", max_length=8)
    state: str = Field("", max_length=10)
    sort: str = "-year"


@router.get("/years", response=list[YearOut], summary="Yearly figures of programme points")
@paginate(Paging)
def years(request: HttpRequest, filters: Query[YearFilters]) -> Rows[supply.YearRow]:
    """Yearly figures, the latest first."""
    return supply.year_figures(actor_of(request), supply.YearFilters(**filters.model_dump()))


@router.get("/demand", response=list[DemandOut], summary="Rows of demand by occupation")
@paginate(Paging)
def demand(request: HttpRequest, filters: Query[DemandFilters]) -> list[Any]:
    """Rows of demand; headcounts of enterprises are summed for who may not see them."""
    return demands.demand(actor_of(request), demands.DemandFilters(**filters.model_dump()))


@router.get("/alignment", response=AlignmentOut, summary="What is taught beside what is asked")
def alignment(
    request: HttpRequest, by: str = "programme", year: Whole | None = None, consortium: Whole | None = None
) -> dict[str, Any]:
    """One line for each programme, college, class, zone, chain, occupation or point, the largest gap first."""
    if by not in aligning.DIMENSIONS:
        expected = ", ".join(aligning.DIMENSIONS)
        raise ChanjiaoError("option.unknown", name="by", value=by[:40], expected=expected)
    actor = actor_of(request)
    wanted = year if year and 2000 <= year <= 2100 else aligning.latest_year(actor) or _this_year()
    found = aligning.alignment(actor, year=wanted, consortium_id=consortium)
    lines = [_line(found, one) for one in aligning.lines(found, by)]
    return {"year": wanted, "by": by, "unlinked": list(found.unlinked), "lines": lines}


@router.get("/outlook/{code}", response=OutlookOut, summary="Demand of an occupation so far and ahead")
def outlook(request: HttpRequest, code: str, ahead: int = Query(3, ge=1, le=8)) -> demands.OccupationOutlook:  # type: ignore[type-arg]
    """A minor group's demand by year, and its forecast."""
    return demands.outlook(actor_of(request), code, ahead=ahead, this_year=_this_year())


@router.get("/warnings", response=list[CardOut], summary="Warning cards")
@paginate(Paging)
def cards(request: HttpRequest, filters: Query[CardFilters]) -> Rows[warnings.Card]:
    """The cards that the actor may see."""
    actor = known_actor(request)
    return warnings.warning_cards(actor, warnings.CardFilters(**filters.model_dump()))


@router.get("/warnings/{int:pk}", response=CardOut, summary="One warning card")
def card(request: HttpRequest, pk: int) -> warnings.Card:
    """One card with the rules it hit."""
    actor = known_actor(request)
    return warnings.warning_card(actor, pk)


def _line(found: aligning.Alignment, line: aligning.Line) -> dict[str, Any]:
    sums, indices = line.totals, aligning.indices_of(found, line)
    names = ("similarity", "deviation", "coordination", "key_share", "grade")
    return {
        "key": line.key,
        "openings": {"value": sums.expected, "low": sums.low, "high": sums.high},
        "completions": sums.completions,
        "years": sums.years,
        "gap": sums.gap,
        **{name: getattr(indices, name) for name in names},
    }


def _this_year() -> int:
    return timezone.localdate(clock.now()).year
