"""How what is taught answers to what is asked, by programme, college, class, zone, chain or occupation. Public."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from chanjiao.apps.members.models import Membership, MembershipState, Organisation
from chanjiao.apps.programmes.models import ProgrammePoint, YearFigures
from chanjiao.apps.programmes.rules import supply
from chanjiao.apps.programmes.rules.cells import (
    NO_POINT,
    Aligned,
    Cell,
    PointFacts,
    Problem,
    Totals,
    aligned,
    grouped,
    totals,
)
from chanjiao.apps.programmes.rules.demand import Asked, Demand, asked, places
from chanjiao.apps.programmes.rules.indices import Indices, indices
from chanjiao.apps.programmes.rules.links import Destination
from chanjiao.apps.programmes.rules.supply import Part, YearFacts
from chanjiao.apps.programmes.selectors.demand import known_chains, shown_to
from chanjiao.apps.programmes.snapshot import demand_rows, destinations_of, year_facts
from chanjiao.core.permissions import Actor
from chanjiao.engines.alignment import Completions
from chanjiao.engines.alignment.gaps import YEARS_AVERAGED

DIMENSIONS = ("programme", "college", "class", "zone", "chain", "occupation", "point")
"""What lines may be taken by; `point` is one programme at one college."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """All cells of a reference year, of the whole city or of one consortium's colleges.

    `demand_years` tells from which year an occupation's demand was taken where the reference year has none;
    `unlinked` are points whose programme leads nowhere that is known.
    """

    year: int
    consortium_id: int | None
    found: Aligned
    cells: tuple[Cell, ...]
    demand_years: dict[str, int]
    unlinked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One group of cells with its sums; `key` is a code or an id as text, empty for cells that have none."""

    by: str
    key: str
    totals: Totals
    cells: tuple[Cell, ...]


def alignment(actor: Actor, *, year: int, consortium_id: int | None = None) -> Alignment:
    """What is taught beside what is asked in a year.

    Completions are averaged over three years up to it; an occupation without demand in it takes that of the latest of
    the two years before. A consortium narrows the points to its members' colleges; openings are divided over all points
    of the site first, so that they are counted once whatever is looked at.
    """
    points = list(_points(year))
    rows = demand_rows(range(year - YEARS_AVERAGED + 1, year + 1))
    told, where, demand_years = _latest(rows, year)
    problem = Problem(
        points=_facts(points, year),
        destinations=_destinations(points),
        completions=tuple(_completions(points, year)),
        asked=told,
        places=where,
        chains=known_chains(),
    )
    found = aligned(problem)
    cells = found.cells
    if consortium_id is not None:
        colleges = members_of(consortium_id)
        kept = {point.pk for point in points if point.college_id in colleges}
        cells = tuple(cell for cell in cells if cell.point in kept)
    unlinked = tuple(pk for pk, parts in problem.destinations.items() if not parts)
    return Alignment(year, consortium_id, found, cells, demand_years, unlinked)


def lines(found: Alignment, by: str) -> list[Line]:
    """The cells of an alignment in one line each key, the largest gap first; without indices (`indices_of`)."""
    groups = grouped(found.cells, _keys(found, by))
    made = [Line(by, str(key), totals(found.found, cells), tuple(cells)) for key, cells in groups.items()]
    return sorted(made, key=lambda line: (-line.totals.gap.value, line.key))


def line(found: Alignment, by: str, key: str) -> Line | None:
    """The line of one key; None where no cell has it."""
    return next((one for one in lines(found, by) if one.key == key), None)


def whole(found: Alignment) -> Line:
    """All cells as one line."""
    return Line("whole", "", totals(found.found, found.cells), found.cells)


def indices_of(found: Alignment, line: Line) -> Indices:
    """The indices of a line with their intervals."""
    return indices(found.found, line.cells)


def _keys(found: Alignment, by: str) -> Callable[[Cell], object]:
    points = {point.id: point for point in found.found.problem.points}

    def code(cell: Cell) -> str:
        return points[cell.point].code if cell.point != NO_POINT else ""

    keys: dict[str, Callable[[Cell], object]] = {
        "programme": code,
        "class": lambda cell: code(cell)[:4],
        "college": lambda cell: points[cell.point].college_id if cell.point != NO_POINT else "",
        "point": lambda cell: cell.point or "",
        "occupation": lambda cell: cell.occupation,
        "zone": lambda cell: cell.zone or "",
        "chain": lambda cell: cell.chain or "",
    }
    return keys[by]


def demand_behind(actor: Actor, found: Alignment, occupations: set[str]) -> list[Demand]:
    """The rows of demand from which the openings of occupations were taken."""
    latest = {code: found.demand_years.get(code) for code in occupations}
    return shown_to(actor, (row for row in demand_rows() if row.year == latest.get(row.occupation)))


def bodies_named(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Colleges and zones by id, with their short names where they have one."""
    rows = Organisation.objects.filter(pk__in=set(ids)).values_list("pk", "short_name", "name")
    return {pk: short or name for pk, short, name in rows}


def latest_year(actor: Actor) -> int | None:
    """The latest year in which completions are known; None where none is."""
    found: int | None = YearFigures.objects.filter(completed__isnull=False).aggregate(last=Max("year"))["last"]
    return found


def members_of(consortium_id: int) -> set[int]:
    """The organisations that are members of the consortium now."""
    joined = Membership.objects.filter(consortium_id=consortium_id, state=MembershipState.ACTIVE)
    return set(joined.values_list("organisation_id", flat=True))


def zones(actor: Actor) -> QuerySet[Organisation]:
    """The zones of the site."""
    return Organisation.objects.filter(type="park").order_by("pinyin", "pk")


def _points(year: int) -> QuerySet[ProgrammePoint]:
    """Points that take students, or may still have some: the last intake no longer ago than three years averaged."""
    return ProgrammePoint.objects.exclude(last_year__lt=year - 2 * YEARS_AVERAGED).order_by("pk")


def _latest(
    rows: list[Demand], year: int
) -> tuple[dict[str, Asked], dict[str, dict[tuple[str, int | None], float]], dict[str, int]]:
    """Demand and its places by occupation in the latest year told, and which year that is."""
    told, where = asked(rows), places(rows)
    latest: dict[str, int] = {}
    for occupation, one in told:
        latest[occupation] = max(one, latest.get(occupation, 0))
    return (
        {code: told[code, one] for code, one in latest.items()},
        {code: where[code, one] for code, one in latest.items() if (code, one) in where},
        latest,
    )


def _destinations(points: list[ProgrammePoint]) -> dict[int, tuple[Destination, ...]]:
    by_code = destinations_of({point.code for point in points})
    return {point.pk: by_code[point.code] for point in points}


def _completions(points: list[ProgrammePoint], year: int) -> list[Completions]:
    rows = YearFigures.objects.filter(
        point__in=points, completed__isnull=False, year__gt=year - YEARS_AVERAGED, year__lte=year
    )
    return [Completions(str(row.point_id), row.year, float(row.completed or 0)) for row in rows]


def _facts(points: list[ProgrammePoint], year: int) -> tuple[PointFacts, ...]:
    told: dict[int, list[YearFacts]] = {}
    rows = YearFigures.objects.filter(point__in=points, year__gt=year - YEARS_AVERAGED, year__lte=year).order_by("year")
    for row in rows:
        told.setdefault(row.point_id, []).append(year_facts(row))
    return tuple(_facts_of(point, told.get(point.pk, [])) for point in points)


def _facts_of(point: ProgrammePoint, years: list[YearFacts]) -> PointFacts:
    def summed(of: Callable[[YearFacts], Part | None]) -> Part | None:
        known = [part for one in years if (part := of(one))]
        return sum(known[1:], known[0]) if known else None

    return PointFacts(
        id=point.pk,
        college_id=point.college_id,
        code=point.code,
        intake=point.intake,
        placed=summed(supply.placed),
        in_field=summed(supply.in_field),
        in_city=summed(supply.in_city),
    )
