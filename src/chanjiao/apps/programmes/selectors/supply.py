"""Reads over the yearly figures of programme points and where programmes lead; they are public like the points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Concat

from chanjiao.apps.programmes.models import LinkShare, ProgrammePoint, YearFigures
from chanjiao.apps.programmes.rules import supply
from chanjiao.apps.programmes.rules.links import Destination
from chanjiao.apps.programmes.rules.supply import FIGURES, Part, YearFacts
from chanjiao.apps.programmes.snapshot import destinations_of, year_facts
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows, column_asked, readable

SORTS = {
    "college": "point__college__pinyin",
    "code": "code_sort",
    "year": "year",
    **{name: name for name in FIGURES},
}


@dataclass(frozen=True, slots=True)
class YearFilters:
    """What narrows the list of yearly figures; `code` takes everything below it."""

    year: int | None = None
    college: int | None = None
    point: int | None = None
    code: str = ""
    sort: str = "-year"


@dataclass(frozen=True, slots=True)
class YearRow:
    """The figures of a programme point in a year, with their source; `id` and `version` are those of the row."""

    id: int
    point_id: int
    code: str
    system: str
    college_id: int
    college: str
    year: int
    facts: YearFacts
    source: str
    told_at: datetime
    version: int

    @property
    def placed(self) -> Part | None:
        """Those with a destination among those who completed."""
        return supply.placed(self.facts)

    @property
    def admitted(self) -> Part | None:
        """Those who came, to the plan."""
        return supply.admitted(self.facts)

    @property
    def in_field(self) -> Part | None:
        """Those whose work fits among those who work."""
        return supply.in_field(self.facts)

    @property
    def in_city(self) -> Part | None:
        """Those who work in the city among those who work."""
        return supply.in_city(self.facts)


def year_figures(actor: Actor, filters: YearFilters = YearFilters()) -> Rows[YearRow]:
    """The yearly figures of programme points."""
    filters = readable(filters)
    rows: QuerySet[Any] = YearFigures.objects.select_related("point__college").annotate(
        code_sort=Concat("point__programme_code", "point__major_code", output_field=CharField())
    )
    wanted = {"year": filters.year, "point__college": filters.college, "point": filters.point}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if filters.code:
        rows = rows.filter(code_sort__startswith=filters.code)
    order = column_asked(filters.sort, SORTS, "year")
    return Rows(rows.order_by(order, "code_sort", "-year", "pk"), year_row)


def year_row(found: YearFigures) -> YearRow:
    """The row as a value; its point and college must be at hand."""
    point = found.point
    return YearRow(
        id=found.pk,
        point_id=point.pk,
        code=point.code,
        system=point.system,
        college_id=point.college_id,
        college=point.college.name,
        year=found.year,
        facts=year_facts(found),
        source=found.source,
        told_at=found.told_at,
        version=found.version,
    )


def years_told(actor: Actor) -> list[int]:
    """The years of which figures are known, the latest first."""
    return list(YearFigures.objects.order_by("-year").values_list("year", flat=True).distinct())


def completion_rates(actor: Actor, point_ids: Iterable[int] | None = None) -> dict[int, Part]:
    """Point → those who completed among those admitted `years` earlier, summed over the years where both are known."""
    rows = YearFigures.objects.select_related("point")
    if point_ids is not None:
        rows = rows.filter(point_id__in=list(point_ids))
    admitted: dict[tuple[int, int], int] = {}
    completed: dict[tuple[int, int], tuple[int, int]] = {}
    for row in rows:
        if row.admitted:
            admitted[row.point_id, row.year] = row.admitted
        if row.completed is not None:
            completed[row.point_id, row.year] = (row.point.years, row.completed)
    found: dict[int, Part] = defaultdict(lambda: Part(0, 0))
    for (point, year), (years, people) in completed.items():
        began = admitted.get((point, year - years))
        if began:
            found[point] += Part(people, began)
    return dict(found)


def destinations_by_point(actor: Actor, points: Iterable[ProgrammePoint]) -> dict[int, tuple[Destination, ...]]:
    """Point → where those who complete it turn to, in parts; empty for a programme without a link."""
    kept = list(points)
    by_code = destinations_of({point.code for point in kept})
    return {point.pk: by_code[point.code] for point in kept}


def shares(actor: Actor, programme_code: str = "") -> QuerySet[LinkShare]:
    """The shares told on this site, of one programme or all."""
    rows = LinkShare.objects.all()
    return rows.filter(programme_code=programme_code) if programme_code else rows
