"""How many people an occupation asks for in a year, from sources that overlap. Pure.

Rows of one document add up. Different documents are estimates of one number, so their weighted mean is taken. What is
posted on the exchange and the headcounts of firms are certain but know some employers only: no estimate falls below
either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.words import N_

HALF_WIDTH_95 = 1.96
MOST = 1_000_000


class Source(StrEnum):
    """Where a figure of demand comes from."""

    EXCHANGE = "exchange"
    VACANCIES = "vacancies"
    HEADCOUNT = "headcount"
    SURVEY = "survey"
    FORECAST = "forecast"


SOURCE_WORDS = {
    Source.EXCHANGE: N_("Needs on this exchange"),
    Source.VACANCIES: N_("Vacancies"),
    Source.HEADCOUNT: N_("Headcounts of enterprises"),
    Source.SURVEY: N_("Survey"),
    Source.FORECAST: N_("Forecast"),
}
WEIGHTS = {
    Source.EXCHANGE: 1.0,
    Source.VACANCIES: 0.8,
    Source.HEADCOUNT: 0.6,
    Source.SURVEY: 0.5,
    Source.FORECAST: 0.4,
}
"""How much a source counts where its rows do not say."""
FLOORS = (Source.EXCHANGE, Source.HEADCOUNT)
"""Sources that know some employers only: their weight divides a demand among places, and has no part in the mean."""


@dataclass(frozen=True, slots=True)
class DemandFacts:
    """A figure of demand as a document tells it; `source` is one of `models.demand.TOLD_SOURCES`."""

    occupation_code: str
    year: int
    source: str
    title: str
    expected: int
    told_on: date
    low: int | None = None
    high: int | None = None
    weight: float | None = None
    industry_code: str = ""
    zone_id: int | None = None


@dataclass(frozen=True, slots=True)
class HeadcountFacts:
    """People of a firm in an occupation at the end of a year, and those who left in it."""

    organisation_id: int
    occupation_code: str
    year: int
    people: int
    leavers: int
    told_on: date


@dataclass(frozen=True, slots=True)
class Demand:
    """One row of demand: people an occupation asks for in a year, where, by whom told, and where the row stands.

    `occupation` is the minor group of `code`; `industry` has no letter; `record` is (table, id), None for a sum of
    rows that the reader may not see one by one.
    """

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
    industry: str = ""
    zone_id: int | None = None
    organisation: str = ""
    record: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """People an occupation asks for in a year: least, expected, most, and by how many documents."""

    low: float
    expected: float
    high: float
    sources: int


def group_of(code: str) -> str:
    """The minor group that an occupation's code stands in; empty for a wider group.

    >>> group_of("6-18-01-07"), group_of("6-18-01"), group_of("6-18")
    ('6-18-01', '6-18-01', '')
    """
    parts = code.split("-")
    return "-".join(parts[:3]) if len(parts) >= 3 else ""


def years_missing(years: Iterable[int]) -> tuple[int, ...]:
    """The years between the first and the last that are not among them.

    >>> years_missing([2022, 2025, 2023])
    (2024,)
    """
    told = set(years)
    return tuple(year for year in range(min(told), max(told)) if year not in told) if told else ()


def demand_faults(told: DemandFacts, *, this_year: int) -> Iterator[ChanjiaoError]:
    """Everything wrong with a figure of demand, each fault at its field."""
    if not this_year - 20 <= told.year <= this_year + 10:
        yield ChanjiaoError("programme.out_of_bounds", field="year", low=this_year - 20, high=this_year + 10)
    for name in ("expected", "low", "high"):
        value = getattr(told, name)
        if value is not None and not 0 <= value <= MOST:
            yield ChanjiaoError("programme.out_of_bounds", field=name, low=0, high=MOST)
    if told.low is not None and told.low > told.expected:
        yield ChanjiaoError("demand.range", field="low")
    if told.high is not None and told.high < told.expected:
        yield ChanjiaoError("demand.range", field="high")
    if told.weight is not None and not 0 <= told.weight <= 1:
        yield ChanjiaoError("demand.weight", field="weight")
    if not told.title.strip():
        yield ChanjiaoError("demand.no_document", field="title")


def headcount_faults(told: HeadcountFacts, *, this_year: int) -> Iterator[ChanjiaoError]:
    """Everything wrong with a headcount, each fault at its field."""
    if not this_year - 20 <= told.year <= this_year:
        yield ChanjiaoError("programme.out_of_bounds", field="year", low=this_year - 20, high=this_year)
    for name in ("people", "leavers"):
        if not 0 <= getattr(told, name) <= MOST:
            yield ChanjiaoError("programme.out_of_bounds", field=name, low=0, high=MOST)


def openings_of_headcounts(people: int, leavers: int, before: int | None) -> int:
    """People taken on in a year: those who left, and the growth since the year before where that is known.

    >>> openings_of_headcounts(120, 10, 100), openings_of_headcounts(90, 10, 100), openings_of_headcounts(90, 4, None)
    (30, 0, 4)
    """
    return max(0, leavers + (people - before if before is not None else 0))


def asked(rows: Iterable[Demand]) -> dict[tuple[str, int], Asked]:
    """By (minor group, year): what all sources together say.

    A row without a range has that of its count (±1.96 √people). The range of an occupation goes from the least to the
    most that any of its documents says.

    >>> day = date(2026, 1, 1)
    >>> def row(source, people, weight):
    ...     return Demand("6-18-01", "6-18-01", 2026, source, source, people, people, people, weight, day)
    >>> asked([row("vacancies", 100, 0.8), row("forecast", 160, 0.4), row("exchange", 130, 1)])["6-18-01", 2026]
    Asked(low=130, expected=130, high=160.0, sources=3)
    """
    documents: dict[tuple[str, int], dict[tuple[str, str], list[Demand]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        documents[row.occupation, row.year][row.source, row.title].append(row)
    return {key: _joined(list(told.values())) for key, told in documents.items()}


def _joined(documents: list[list[Demand]]) -> Asked:
    certain = [_range(rows) for rows in documents if rows[0].source in FLOORS]
    told = [(_range(rows), _weight(rows)) for rows in documents if rows[0].source not in FLOORS]
    floor = max((expected for _, expected, _ in certain), default=0.0)
    if not any(weight for _, weight in told):
        known = certain or [figures for figures, _ in told]
        least, expected, most = (max(figures[place] for figures in known) for place in range(3))
        return Asked(least, expected, most, len(documents))
    expected = sum(figures[1] * weight for figures, weight in told) / sum(weight for _, weight in told)
    return Asked(
        low=max(floor, min(figures[0] for figures, _ in told)),
        expected=max(floor, expected),
        high=max(floor, *(figures[2] for figures, _ in told)),
        sources=len(documents),
    )


def _range(rows: list[Demand]) -> tuple[float, float, float]:
    expected = sum(row.expected for row in rows)
    counted = HALF_WIDTH_95 * sqrt(sum(row.expected for row in rows if row.low is None and row.high is None))
    low = sum(row.expected if row.low is None else row.low for row in rows) - counted
    high = sum(row.expected if row.high is None else row.high for row in rows) + counted
    return max(0.0, low), expected, high


def _weight(rows: list[Demand]) -> float:
    """The weight of a document: the mean over its rows by people."""
    people = sum(row.expected for row in rows)
    if not people:
        return sum(row.weight for row in rows) / len(rows)
    return sum(row.weight * row.expected for row in rows) / people


def places(rows: Iterable[Demand]) -> dict[tuple[str, int], dict[tuple[str, int | None], float]]:
    """By (minor group, year): the part of its demand in each (industry, zone), parts adding up to 1."""
    found: dict[tuple[str, int], dict[tuple[str, int | None], float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        found[row.occupation, row.year][row.industry, row.zone_id] += row.weight * row.expected
    return {
        key: {place: people / sum(parts.values()) for place, people in parts.items()}
        for key, parts in found.items()
        if sum(parts.values())
    }
