"""What the rules know of a student and of a seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentFacts:
    """A student as the rules see them."""

    level: str = ""
    programme_code: str = ""
    birth_date: date | None = None
    mark: Decimal | None = None
    home: str = ""
    groups: tuple[str, ...] = ()
    consents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTerms:
    """Whom a seat takes; `levels` and `programme_codes` are empty where everybody fits."""

    levels: tuple[str, ...] = ()
    programme_codes: tuple[str, ...] = ()
    zone: str = ""
    lodging: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTerms:
    """What a round asks of every student: age on the first day (None: not asked), and the longest way."""

    starts_on: date
    least_age: int | None = None
    most_minutes: int | None = None
    minutes: dict[tuple[str, str], int]
