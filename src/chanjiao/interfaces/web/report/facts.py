"""What the yearly report is written from: read once, for a year, for the city or for one consortium's colleges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chanjiao.apps.dossiers.selectors import Filters as DossierFilters
from chanjiao.apps.dossiers.selectors import dossiers
from chanjiao.apps.dossiers.shown import DossierRow
from chanjiao.apps.plans import selectors as planning
from chanjiao.apps.plans.models import IntakePlan, PlannedChange
from chanjiao.apps.programmes.rules.cells import ELSEWHERE
from chanjiao.apps.programmes.rules.indices import Indices
from chanjiao.apps.programmes.rules.supply import Part
from chanjiao.apps.programmes.selectors.alignment import (
    Alignment,
    Line,
    alignment,
    indices_of,
    lines,
    members_of,
    whole,
)
from chanjiao.apps.programmes.selectors.demand import OccupationOutlook, outlooks
from chanjiao.apps.programmes.selectors.points import Totals, programme_points, totals
from chanjiao.apps.programmes.selectors.supply import YearFilters, YearRow, year_figures
from chanjiao.apps.programmes.selectors.warnings import Card, CardFilters, warning_cards
from chanjiao.apps.programmes.snapshot import demand_rows
from chanjiao.core.permissions import Actor

SHOWN, AHEAD = 5, 3
"""How many of a ranking are named, and how many years the outlook reaches."""
Planned = tuple[IntakePlan, list[PlannedChange], list[PlannedChange]]
"""The latest plan of a scenario, where it adds most and where it takes most away."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Every row behind the report of a year."""

    year: int
    consortium_id: int | None
    points: int
    colleges: int
    programmes: int
    sums: Totals
    years: tuple[YearRow, ...]
    found: Alignment
    city: Line
    indices: Indices
    indices_before: Indices | None
    """Those of the year before; None where nobody completed then, as far as is known."""
    by_programme: tuple[Line, ...]
    by_chain: tuple[Line, ...]
    by_occupation: tuple[Line, ...]
    sources: dict[str, tuple[int, int]]
    """Source of demand → (rows, people) in the year."""
    cards: tuple[Card, ...]
    dossiers: tuple[DossierRow, ...]
    outlooks: tuple[OccupationOutlook, ...]
    plans: tuple[Planned, ...]

    @property
    def completed(self) -> int | None:
        """Those who completed in the year; None where no point has told."""
        known = [row.facts.completed for row in self.years if row.facts.completed is not None]
        return sum(known) if known else None

    def rate(self, name: str) -> Part | None:
        """A rate over all points that told both of its numbers: placed, in_field or in_city."""
        known = [part for row in self.years if (part := getattr(row, name)) is not None]
        return sum(known[1:], known[0]) if known else None

    @property
    def shortages(self) -> list[Line]:
        """Programmes with more openings than completions even at the least of their range, the largest gap first."""
        return [one for one in self.by_programme if one.key and one.totals.years and one.totals.gap.low > 0]

    @property
    def surpluses(self) -> list[Line]:
        """Programmes with more completions than openings even at the most of their range, the largest first.

        One of whose openings nothing is known is in no surplus: it is not known.
        """
        known = (one for one in self.by_programme if one.key and one.totals.years and one.totals.expected)
        found = [one for one in known if one.totals.gap.high < 0]
        return sorted(found, key=lambda one: one.totals.gap.value)

    @property
    def untaught(self) -> list[Line]:
        """Occupations that are asked for and that no programme of the city leads to, most openings first."""
        named = (one for one in self.by_occupation if one.key != ELSEWHERE)
        found = [one for one in named if not any(cell.point for cell in one.cells)]
        return sorted(found, key=lambda one: -one.totals.expected)

    @property
    def without_dossier(self) -> tuple[list[Line], list[Line]]:
        """Shortages and surpluses on whose programme no dossier runs."""
        running = {row.code for row in self.dossiers if row.state not in ("measured", "withdrawn")}
        return (
            [one for one in self.shortages if one.key not in running],
            [one for one in self.surpluses if one.key not in running],
        )


def report_facts(actor: Actor, *, year: int, consortium_id: int | None = None) -> ReportFacts:
    """What the actor may read of the year; sums over rows that are not theirs to read are told all the same."""
    found = alignment(actor, year=year, consortium_id=consortium_id)
    points = programme_points(actor)
    if consortium_id is not None:
        points = points.filter(college_id__in=members_of(consortium_id))
    kept = {point.pk: point for point in points}
    city = whole(found)
    return ReportFacts(
        year=year,
        consortium_id=consortium_id,
        points=len(kept),
        colleges=len({point.college_id for point in kept.values()}),
        programmes=len({point.code for point in kept.values()}),
        sums=totals(points),
        years=tuple(row for row in year_figures(actor, YearFilters(year=year)) if row.point_id in kept),
        found=found,
        city=city,
        indices=indices_of(found, city),
        indices_before=_indices(actor, year - 1, consortium_id),
        by_programme=tuple(lines(found, "programme")),
        by_chain=tuple(lines(found, "chain")),
        by_occupation=tuple(lines(found, "occupation")),
        sources=_sources(year),
        cards=tuple(one for one in warning_cards(actor, CardFilters(year=year)) if one.point_id in kept),
        dossiers=tuple(
            one
            for one in dossiers(actor, DossierFilters())
            if consortium_id is None or one.consortium_id == consortium_id
        ),
        outlooks=tuple(outlooks(actor, ahead=AHEAD, this_year=year)),
        plans=tuple(_plans(actor, year, consortium_id)),
    )


def _indices(actor: Actor, year: int, consortium_id: int | None) -> Indices | None:
    """The indices of a year as the report of that year tells them."""
    found = alignment(actor, year=year, consortium_id=consortium_id)
    return indices_of(found, whole(found)) if any(one.year == year for one in found.found.problem.completions) else None


def _plans(actor: Actor, year: int, consortium_id: int | None) -> Iterator[Planned]:
    """The latest plans made in the year or for the year after it, with their largest changes each way."""
    rows = planning.scenarios(actor)
    if consortium_id is not None:
        rows = rows.filter(consortium_id=consortium_id)
    made = planning.latest_plans(actor, list(rows.order_by("pk").values_list("pk", flat=True)))
    for plan in [one for one in made if one.years[0] in (year, year + 1)][:SHOWN]:
        changes = sorted(planning.changes(actor, plan), key=lambda one: one.before - one.planned)
        more = [one for one in changes[:SHOWN] if one.planned > one.before]
        fewer = [one for one in reversed(changes[-SHOWN:]) if one.planned < one.before]
        yield plan, more, fewer


def _sources(year: int) -> dict[str, tuple[int, int]]:
    rows, people = Counter[str](), Counter[str]()
    for one in demand_rows([year]):
        rows[one.source] += 1
        people[one.source] += round(one.expected)
    return {source: (count, people[source]) for source, count in rows.items()}
