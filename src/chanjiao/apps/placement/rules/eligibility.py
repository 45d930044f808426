"""Whether a student may have a seat, and each reason why not, as codes that every page words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chanjiao.apps.placement.rules.facts import RoundTerms, SeatTerms, StudentFacts


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a student may not have a seat. Parameters are values ready to be shown or looked up."""

    code: str
    params: dict[str, str | int]


def obstacles(student: StudentFacts, seat: SeatTerms, terms: RoundTerms) -> Iterator[Obstacle]:
    """Every reason against it; none means eligible."""
    if seat.levels and student.level not in seat.levels:
        yield Obstacle("level", {"own": student.level, "asked": ", ".join(seat.levels)})
    if seat.programme_codes and not student.programme_code.startswith(seat.programme_codes):
        yield Obstacle("programme", {"own": student.programme_code, "asked": ", ".join(seat.programme_codes)})
    yield from _age_obstacles(student, terms)
    minutes = way(student, seat, terms)
    if terms.most_minutes is not None and not seat.lodging and minutes is not None and minutes > terms.most_minutes:
        yield Obstacle("too_far", {"minutes": minutes, "most": terms.most_minutes})


def way(student: StudentFacts, seat: SeatTerms, terms: RoundTerms) -> int | None:
    """The minutes from home to the seat; 0 within one zone, None where the table has no such way."""
    if student.home and student.home == seat.zone:
        return terms.minutes.get((student.home, seat.zone), 0)
    return terms.minutes.get((student.home, seat.zone))


def age_on(birth_date: date, day: date) -> int:
    """Whole years on a day.

    >>> age_on(date(2010, 3, 2), date(2026, 3, 1))
    15
    """
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _age_obstacles(student: StudentFacts, terms: RoundTerms) -> Iterator[Obstacle]:
    if terms.least_age is None:
        return
    if student.birth_date is None:
        yield Obstacle("age_unknown", {"least": terms.least_age})
    elif age_on(student.birth_date, terms.starts_on) < terms.least_age:
        own = age_on(student.birth_date, terms.starts_on)
        yield Obstacle("too_young", {"own": own, "least": terms.least_age})
