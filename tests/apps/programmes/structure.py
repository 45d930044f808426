"""A small programme structure for tests: two machining points and accounting, years of figures, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chanjiao.apps.programmes.models import (
    DemandFigure,
    IndustryChain,
    LinkShare,
    ProgrammePoint,
    YearFigures,
)
from tests.cast import NOW, Cast, organisation

MACHINING, ACCOUNTING = "6-18-01", "2-06-03"


@dataclass(frozen=True, slots=True)
class Structure:
    """The points and the key chain."""

    machining: ProgrammePoint
    second: ProgrammePoint
    accounting: ProgrammePoint
    chain: IndustryChain


def structure(cast: Cast) -> Structure:
    """60 and 20 complete machining a year, 100 accounting; 200 machinists are asked for, 50 accountants."""
    other = organisation("青浦川技师学院", "school_vocational")
    machining = point(cast.college.pk, "460103", 60, 97)
    second = point(other.pk, "460104", 20, 97)
    accounting = point(cast.college.pk, "530302", 100, 70)
    for code, occupation in (("460103", MACHINING), ("460104", MACHINING), ("530302", ACCOUNTING)):
        LinkShare.objects.create(programme_code=code, occupation_code=occupation, share=Decimal(1), told_at=NOW)
    zone = cast.consortium.zone_id
    for year in range(2021, 2027):
        demand(MACHINING, year, 200, industry_code="C3484", zone_id=zone)
        demand(ACCOUNTING, year, 50)
    chain = IndustryChain.objects.create(name="高端装备", is_key=True, industry_codes=["C34", "C35"])
    return Structure(machining, second, accounting, chain)


def point(college_id: int, code: str, people: int, placed: int) -> ProgrammePoint:
    """A point with three years in which `people` complete, of whom `placed` in a hundred have a destination."""
    made = ProgrammePoint.objects.create(
        college_id=college_id, level="associate", programme_code=code, years=3, intake=people, enrolled=3 * people,
        first_year=2005, teachers=10, dual_qualified=6,
    )  # fmt: skip
    for year in (2024, 2025, 2026):
        employed = people * placed // 100
        YearFigures.objects.create(
            point=made, year=year, planned=people, admitted=people, enrolled=3 * people, completed=people,
            employed=employed, in_city=employed // 2, in_field=employed * 3 // 4, teachers=10, dual_qualified=6,
            told_at=NOW,
        )  # fmt: skip
    return made


def demand(occupation: str, year: int, people: int, **fields: object) -> DemandFigure:
    """A figure of the city's register of vacancies."""
    values: dict[str, object] = {
        "source": "vacancies", "title": f"{year}年用工台账", "weight": Decimal("0.8"), "told_on": date(year, 10, 1)
    } | fields  # fmt: skip
    return DemandFigure.objects.create(occupation_code=occupation, year=year, expected=people, **values)
