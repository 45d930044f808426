"""Rules over programme points: whose code belongs to which level, and what figures are possible. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chanjiao.engines.errors import ChanjiaoError

COLLEGES = frozenset({"school_vocational", "university"})
"""Types of organisation that teach programmes."""

BOUNDS = {
    "years": (1, 8),
    "intake": (0, 20_000),
    "enrolled": (0, 100_000),
    "teachers": (0, 10_000),
    "dual_qualified": (0, 10_000),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """The yearly figures of a programme point, `years` being those of study."""

    years: int
    intake: int
    enrolled: int
    teachers: int = 0
    dual_qualified: int = 0
    first_year: int | None = None
    last_year: int | None = None


def faults(figures: Figures, *, this_year: int) -> Iterator[ChanjiaoError]:
    """Everything wrong with the figures, each fault at its field."""
    for name, (low, high) in BOUNDS.items():
        if not low <= getattr(figures, name) <= high:
            yield ChanjiaoError("programme.out_of_bounds", field=name, low=low, high=high)
    if figures.first_year is not None and not 1900 <= figures.first_year <= this_year + 2:
        yield ChanjiaoError("programme.out_of_bounds", field="first_year", low=1900, high=this_year + 2)
    if figures.last_year is not None and not (figures.first_year or 1900) <= figures.last_year <= this_year + 2:
        yield ChanjiaoError(
            "programme.out_of_bounds", field="last_year", low=figures.first_year or 1900, high=this_year + 2
        )
    if figures.dual_qualified > figures.teachers:
        yield ChanjiaoError("programme.dual_above_teachers", field="dual_qualified")


def level_of(code: str) -> str:
    """The level whose catalogue a programme's code belongs to, by its first digit; bachelor for all majors.

    >>> level_of("460103"), level_of("660103"), level_of("260102"), level_of("080202")
    ('associate', 'secondary', 'bachelor', 'bachelor')
    """
    return {"4": "associate", "5": "associate", "6": "secondary", "7": "secondary"}.get(code[:1], "bachelor")
