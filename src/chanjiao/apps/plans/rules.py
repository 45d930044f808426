"""What a scenario may set, and within which bounds. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from chanjiao.engines.errors import ChanjiaoError

DEMANDS = ("expected", "low", "high", "robust")
"""Against which demand shortage and surplus count; robust: shortage against high and surplus against low demand."""
MOST_YEARS = 8


@dataclass(frozen=True, slots=True)
class Options:
    """What a scenario sets. Weights are costs in people; percentages of today's intake, teachers, training
    rooms or money.

    `class_size` is the step of an intake, `least_class` the fewest students with whom a programme may run, `opening`
    and `closing` what it costs to open or close one.
    """

    first_year: int
    years: int = 5
    demand: str = "expected"
    shortage: float = 1.0
    surplus: float = 0.5
    change: float = 0.05
    opening: float = 40.0
    closing: float = 20.0
    max_change: int = 30
    growth: int = 50
    more_teachers: int = 0
    more_rooms: int = 0
    more_money: int = 0
    students_per_teacher: int = 18
    students_per_room: int = 120
    class_size: int = 10
    least_class: int = 30
    seconds: int = 5


BOUNDS: dict[str, tuple[float, float]] = {
    "years": (2, MOST_YEARS),
    "shortage": (0, 5),
    "surplus": (0, 5),
    "change": (0, 1),
    "opening": (0, 500),
    "closing": (0, 500),
    "max_change": (0, 100),
    "growth": (0, 300),
    "more_teachers": (0, 100),
    "more_rooms": (0, 100),
    "more_money": (0, 100),
    "students_per_teacher": (5, 40),
    "students_per_room": (10, 600),
    "class_size": (1, 60),
    "least_class": (0, 100),
    "seconds": (1, 120),
}
"""Option → the least and the most that it may be."""


def faults(options: Options, *, this_year: int) -> Iterator[ChanjiaoError]:
    """Everything wrong with the options, each fault at its field."""
    bounds = BOUNDS | {"first_year": (this_year, this_year + 3)}
    for name, (low, high) in bounds.items():
        if not low <= getattr(options, name) <= high:
            yield ChanjiaoError("plan.out_of_bounds", field=name, low=f"{low:g}", high=f"{high:g}")
    if options.demand not in DEMANDS:
        yield ChanjiaoError(
            "option.unknown", field="demand", name="demand", value=options.demand, expected=", ".join(DEMANDS)
        )


OPTIONS = tuple(field.name for field in fields(Options))
