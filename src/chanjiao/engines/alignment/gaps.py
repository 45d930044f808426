"""Openings that programmes lead to, each counted once, less those who complete (Lightcast's programme gap)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

YEARS_AVERAGED = 3


@dataclass(frozen=True, slots=True)
class Openings:
    """People that an occupation asks for in a year: least, expected, most."""

    occupation: str
    low: float
    expected: float
    high: float


@dataclass(frozen=True, slots=True)
class Link:
    """The part of those who complete a programme point that turns to an occupation; parts of a point add up to ≤ 1."""

    point: str
    occupation: str
    share: float


@dataclass(frozen=True, slots=True)
class Completions:
    """People who completed a programme point in a year."""

    point: str
    year: int
    people: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Openings (least, expected, most) less completions a year; above 0 is too little supply.

    `years` tells how many years the completions were averaged over; 0 means that none is known.
    """

    low: float
    expected: float
    high: float
    completions: float
    years: int

    @property
    def gap(self) -> float:
        """Expected openings that no graduate fills (people a year)."""
        return self.expected - self.completions

    @property
    def interval(self) -> tuple[float, float]:
        """The gap at the least and at the most openings."""
        return self.low - self.completions, self.high - self.completions


def mean_completions(rows: Iterable[Completions]) -> dict[str, tuple[float, int]]:
    """By point: completions a year over its last three years known, and how many years those are.

    >>> mean_completions([Completions("a", 2023, 30), Completions("a", 2025, 50), Completions("a", 2021, 900)])
    {'a': (40.0, 2)}

    The year 2021 lies outside the three years that end with the last one known of all points.
    """
    kept = list(rows)
    last = max((row.year for row in kept), default=0)
    known: dict[str, dict[int, float]] = defaultdict(dict)
    for row in kept:
        if row.year > last - YEARS_AVERAGED:
            known[row.point][row.year] = known[row.point].get(row.year, 0.0) + row.people
    return {point: (sum(years.values()) / len(years), len(years)) for point, years in known.items()}


def openings_by_link(
    openings: Collection[Openings], links: Collection[Link], completions: Iterable[Completions]
) -> dict[tuple[str, str], Openings]:
    """By (point, occupation): the point's part of the openings; the parts of an occupation add up to all of it.

    An occupation that several points lead to is divided in proportion to what each brings to it (share × completions),
    and by share alone where none brings anybody. Occupations without a link are not in the result.
    """
    brought = {point: people for point, (people, _years) in mean_completions(completions).items()}
    by_occupation: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.share > 0:
            by_occupation[link.occupation].append(link)
    parts = {}
    for asked in openings:
        leading = by_occupation.get(asked.occupation, [])
        weights = [link.share * brought.get(link.point, 0.0) for link in leading]
        if not sum(weights):
            weights = [link.share for link in leading]
        for link, weight in zip(leading, weights, strict=True):
            part = weight / sum(weights)
            parts[link.point, asked.occupation] = Openings(
                asked.occupation, asked.low * part, asked.expected * part, asked.high * part
            )
    return parts


def gaps_of(
    openings: Collection[Openings], links: Collection[Link], completions: Collection[Completions]
) -> dict[str, Gap]:
    """The gap of every point that has a link or completions, each opening counted once across points.

    >>> asked = [Openings("welder", 80, 100, 130)]
    >>> links = [Link("a", "welder", 1.0), Link("b", "welder", 0.5)]
    >>> done = [Completions("a", 2025, 30), Completions("b", 2025, 20)]
    >>> {point: round(gap.gap, 1) for point, gap in gaps_of(asked, links, done).items()}
    {'a': 45.0, 'b': 5.0}
    """
    points = dict.fromkeys([*(link.point for link in links), *(row.point for row in completions)])
    parts = openings_by_link(openings, links, completions)
    mean = mean_completions(completions)
    by_point: dict[str, list[Openings]] = defaultdict(list)
    for (point, _occupation), part in parts.items():
        by_point[point].append(part)
    return {point: _gap(by_point[point], *mean.get(point, (0.0, 0))) for point in points}


def gap_of(gaps: Iterable[Gap]) -> Gap:
    """The gap of several points together; nothing is counted twice, because the points' openings are parts.

    >>> gap_of([Gap(1, 2, 3, 1.0, 3), Gap(10, 20, 30, 5.0, 2)])
    Gap(low=11, expected=22, high=33, completions=6.0, years=2)
    """
    kept = list(gaps)
    return Gap(
        sum(gap.low for gap in kept),
        sum(gap.expected for gap in kept),
        sum(gap.high for gap in kept),
        sum(gap.completions for gap in kept),
        min((gap.years for gap in kept), default=0),
    )


def _gap(parts: list[Openings], completions: float, years: int) -> Gap:
    return Gap(
        sum(part.low for part in parts),
        sum(part.expected for part in parts),
        sum(part.high for part in parts),
        completions,
        years,
    )
