"""From the database to the planning engine: the points of a consortium's colleges, where they lead, what is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from django.db.models import Q

from chanjiao.apps.plans.capacity import Key, Note, capacities
from chanjiao.apps.plans.models import PlanScenario
from chanjiao.apps.plans.rules import Options
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.demand import Asked
from chanjiao.apps.programmes.selectors.alignment import members_of
from chanjiao.apps.programmes.selectors.demand import OccupationOutlook, outlooks
from chanjiao.apps.programmes.selectors.supply import completion_rates
from chanjiao.apps.programmes.snapshot import destinations_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM
from chanjiao.engines.planning import Demand, Limit, Link, Point, Settings, Use

COMPLETION_UNKNOWN = 0.95
"""The share that completes where no cohort is known; the plan says so in a note."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows of the problem as they stand, the point behind each (college, programme), and what was noticed."""

    points: list[Point]
    links: list[Link]
    demands: list[Demand]
    limits: list[Limit]
    uses: list[Use]
    settings: Settings
    of: dict[Key, ProgrammePoint]
    notes: list[Note]


def gather(scenario: PlanScenario, this_year: int) -> Gathered:
    """The problem of a scenario; colleges are named by id, programmes by code, occupations by minor group.

    Openings that other colleges fill at today's intake are taken off the demand first. `plan.nothing_to_plan` where no
    college of the consortium teaches, `planning.no_demand` where nothing is asked of their occupations.
    """
    options, colleges = scenario.told, members_of(scenario.consortium_id)
    points = list(ProgrammePoint.objects.filter(_taught(options.first_year)).order_by("college_id", "pk"))
    own = {(str(one.college_id), one.code): one for one in points if one.college_id in colleges}
    if not own:
        raise ChanjiaoError("planning.nothing_to_plan")
    completion = _completions(points)
    parts = destinations_of({point.code for point in points})
    leads = {code: {one.occupation: one.share for one in found} for code, found in parts.items()}
    others = [point for point in points if (str(point.college_id), point.code) not in own]
    filled = _filled(others, leads, completion)
    reached = {occupation for _, code in own for occupation in leads[code]}
    found = [one for one in outlooks(SYSTEM, ahead=options.years + 2, this_year=this_year) if one.occupation in reached]
    limits, uses, short = capacities(own, options)
    unknown = [{"code": "completion_unknown", "point": one.pk} for one in own.values() if one.pk not in completion]
    return Gathered(
        points=[_point(key, one, completion.get(one.pk, COMPLETION_UNKNOWN), options) for key, one in own.items()],
        links=[
            Link(f"links.csv:{code}", code, occupation, share)
            for code in sorted({code for _, code in own})
            for occupation, share in leads[code].items()
        ],
        demands=[row for one in found for row in _demands(one, filled.get(one.occupation, 0.0), options)],
        limits=limits,
        uses=uses,
        settings=_settings(options),
        of=own,
        notes=[*unknown, *short],
    )


def _taught(first_year: int) -> Q:
    return Q(last_year__isnull=True) | Q(last_year__gte=first_year)


def _settings(options: Options) -> Settings:
    return Settings(
        shortage=options.shortage,
        surplus=options.surplus,
        change=options.change,
        max_change=options.max_change / 100,
        robust=options.demand == "robust",
    )


def _point(key: Key, point: ProgrammePoint, completion: float, options: Options) -> Point:
    step = float(options.class_size)
    most = max(point.intake * (1 + options.growth / 100), float(options.least_class))
    return Point(
        place=f"programmes.csv:{point.pk}",
        college=key[0],
        programme=key[1],
        years=point.years,
        seats_now=float(point.intake),
        seats_max=ceil(most / step) * step,
        step=step,
        minimum_open=float(min(options.least_class, point.intake or options.least_class)),
        open_cost=options.opening,
        close_cost=options.closing,
        completion=completion,
    )


def _completions(points: Iterable[ProgrammePoint]) -> dict[int, float]:
    """Point → the share of those who came that completes, over all cohorts that are known."""
    found = completion_rates(SYSTEM, [point.pk for point in points])
    return {pk: min(1.0, cohorts.people / cohorts.whole) for pk, cohorts in found.items()}


def _filled(
    others: Iterable[ProgrammePoint], leads: dict[str, dict[str, float]], completion: dict[int, float]
) -> dict[str, float]:
    """Occupation → graduates a year whom colleges outside the consortium bring at today's intake."""
    filled: dict[str, float] = defaultdict(float)
    for point in others:
        for occupation, share in leads[point.code].items():
            filled[occupation] += point.intake * completion.get(point.pk, COMPLETION_UNKNOWN) * share
    return filled


def _demands(found: OccupationOutlook, filled: float, options: Options) -> Iterator[Demand]:
    for year in range(options.first_year, options.first_year + options.years):
        asked = _asked(found, year)
        low, expected, high = (round(max(0.0, one - filled), 1) for one in (asked.low, asked.expected, asked.high))
        if options.demand in ("low", "high"):
            low = expected = high = low if options.demand == "low" else high
        yield Demand(f"demand.csv:{found.occupation}:{year}", found.occupation, year, low, expected, high)


def _asked(found: OccupationOutlook, year: int) -> Asked:
    """What is told of the year, else what is forecast, else what the nearest year told says."""
    if year in found.years:
        return found.years[year]
    ahead = found.forecast
    if ahead is not None and year in ahead.years:
        at = ahead.years.index(year)
        low, expected = max(0.0, ahead.low[at]), max(0.0, ahead.expected[at])
        return Asked(low, expected, max(expected, ahead.high[at]), 0)
    return found.years[min(found.years, key=lambda told: abs(told - year))]
