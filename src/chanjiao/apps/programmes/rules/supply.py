"""Yearly figures of a programme point: which are possible, and the rates that are read from them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from math import sqrt

from chanjiao.engines.errors import ChanjiaoError

DESTINATIONS = ("employed", "own_business", "flexible", "further_study")
"""Where those who complete go; who is in none of them is not placed."""
WORKING = ("employed", "own_business", "flexible")
MOST = 100_000


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The figures of a programme point in a year, in people; None where not known.

    Rooms and places are counted, `running_cost` is in 10,000 yuan.
    """

    planned: int | None = None
    admitted: int | None = None
    enrolled: int | None = None
    completed: int | None = None
    employed: int | None = None
    own_business: int | None = None
    flexible: int | None = None
    further_study: int | None = None
    in_city: int | None = None
    in_field: int | None = None
    teachers: int | None = None
    dual_qualified: int | None = None
    rooms: int | None = None
    training_places: int | None = None
    running_cost: int | None = None


FIGURES = tuple(field.name for field in fields(YearFacts))


@dataclass(frozen=True, slots=True)
class Part:
    """People of a whole; `rate` is None where the whole is empty."""

    people: int
    whole: int

    @property
    def rate(self) -> float | None:
        """The part of the whole, 0–1 (above 1 where more came than were planned)."""
        return self.people / self.whole if self.whole else None

    def __add__(self, other: Part) -> Part:
        return Part(self.people + other.people, self.whole + other.whole)


def faults(told: YearFacts, year: int, *, this_year: int, last_year: int | None = None) -> Iterator[ChanjiaoError]:
    """Everything wrong with the figures of a year, each fault at its field; `last_year` is that of the last intake."""
    if not 2000 <= year <= this_year + 2:
        yield ChanjiaoError("programme.out_of_bounds", field="year", low=2000, high=this_year + 2)
    for name in FIGURES:
        value = getattr(told, name)
        if value is not None and not 0 <= value <= MOST:
            yield ChanjiaoError("programme.out_of_bounds", field=name, low=0, high=MOST)
    if _is_beyond(told.dual_qualified, told.teachers):
        yield ChanjiaoError("programme.dual_above_teachers", field="dual_qualified")
    placed, working = _sum(told, DESTINATIONS), _sum(told, WORKING)
    if _is_beyond(placed, told.completed):
        yield ChanjiaoError("programme.more_placed_than_completed", field="completed", placed=placed)
    for name in ("in_city", "in_field"):
        if _is_beyond(getattr(told, name), working):
            yield ChanjiaoError("programme.more_than_work", field=name, working=working)
    if last_year is not None and year > last_year and (told.planned or told.admitted):
        yield ChanjiaoError("programme.closed_then", field="year", last=last_year)


def _is_beyond(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole


def _sum(told: YearFacts, names: tuple[str, ...]) -> int | None:
    """The sum of the figures that are known; None where none is."""
    known = [value for name in names if (value := getattr(told, name)) is not None]
    return sum(known) if known else None


def placed(told: YearFacts) -> Part | None:
    """Those with a destination among those who completed (毕业去向落实率); None where either is not known.

    >>> placed(YearFacts(completed=50, employed=30, further_study=10)).rate
    0.8
    """
    return _part(_sum(told, DESTINATIONS), told.completed)


def in_field(told: YearFacts) -> Part | None:
    """Those whose work fits the programme among those who work (对口率)."""
    return _part(told.in_field, _sum(told, WORKING))


def in_city(told: YearFacts) -> Part | None:
    """Those who work in the city among those who work."""
    return _part(told.in_city, _sum(told, WORKING))


def admitted(told: YearFacts) -> Part | None:
    """Students who came, to the intake plan (报到率)."""
    return _part(told.admitted, told.planned)


def dual_qualified(told: YearFacts) -> Part | None:
    """Dual-qualified teachers among the teachers."""
    return _part(told.dual_qualified, told.teachers)


def _part(people: int | None, whole: int | None) -> Part | None:
    return None if people is None or not whole else Part(people, whole)


def rate_interval(part: Part) -> tuple[float, float]:
    """The 95 % interval of a rate by Wilson's score.

    >>> [round(bound, 2) for bound in rate_interval(Part(40, 50))]
    [0.67, 0.89]
    """
    count, rate, z = part.whole, min(1.0, part.people / part.whole), 1.96
    middle = (rate + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(rate * (1 - rate) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)
