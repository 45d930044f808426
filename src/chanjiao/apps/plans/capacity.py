"""What holds the seats of a college: its teachers and its training rooms, each by class of programmes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from chanjiao.apps.plans.rules import Options
from chanjiao.apps.programmes.models import ProgrammePoint, YearFigures
from chanjiao.engines.planning import Limit, Use

CLASS_DIGITS = 4
"""How much of a programme's code names its class: teachers teach, and rooms serve, a class of programmes."""

Note = dict[str, object]
Key = tuple[str, str]
"""(college, programme) of a point, or (college, class)."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What colleges have of one kind by (college, class), what a plan may add to it, and what a seat uses by code."""

    kind: str
    have: dict[Key, float]
    added: float
    uses: dict[str, float]


def resource_of(kind: str, group: str) -> str:
    """The name of a kind in a class, as the tables of a problem hold it."""
    return f"{kind}/{group}"


def parts_of(resource: str) -> tuple[str, str]:
    """The kind and the class in the name of a resource."""
    kind, group = resource.split("/")
    return kind, group


def capacities(own: dict[Key, ProgrammePoint], options: Options) -> tuple[list[Limit], list[Use], list[Note]]:
    """Limits by college, class and year: as much as today, or as today's intake needs where that is more.

    Where more is needed than there is, a note says so.
    """
    limits: list[Limit] = []
    uses: list[Use] = []
    notes: list[Note] = []
    for capacity in (_teachers(own, options), _rooms(own, options)):
        busy = _busy(own, capacity)
        limits += _limits(capacity, busy, options)
        groups = {group for _, group in capacity.have}
        uses += [
            Use(f"uses.csv:{capacity.kind}:{code}", code, resource_of(capacity.kind, code[:CLASS_DIGITS]), amount)
            for code, amount in capacity.uses.items()
            if code[:CLASS_DIGITS] in groups
        ]
        notes += _fewer(capacity, busy)
    return limits, uses, notes


def _teachers(own: dict[Key, ProgrammePoint], options: Options) -> Capacity:
    have: dict[Key, float] = defaultdict(float)
    for (college, code), point in own.items():
        have[college, code[:CLASS_DIGITS]] += point.teachers
    return Capacity("teachers", have, options.more_teachers / 100, _uses(own, options.students_per_teacher))


def _rooms(own: dict[Key, ProgrammePoint], options: Options) -> Capacity:
    """Rooms as last told; a class holds no limit at a college where those of one of its programmes are not known."""
    told = YearFigures.objects.filter(point__in=list(own.values()), rooms__isnull=False).order_by("year")
    rooms = {pk: float(count or 0) for pk, count in told.values_list("point_id", "rooms")}
    have: dict[Key, float] = defaultdict(float)
    unknown = set()
    for (college, code), point in own.items():
        have[college, code[:CLASS_DIGITS]] += rooms.get(point.pk, 0.0)
        if point.intake and point.pk not in rooms:
            unknown.add((college, code[:CLASS_DIGITS]))
    known = {key: amount for key, amount in have.items() if key not in unknown}
    return Capacity("rooms", known, 0.0, _uses(own, options.students_per_room))


def _uses(own: dict[Key, ProgrammePoint], students: int) -> dict[str, float]:
    return {code: round(point.years / students, 6) for (_, code), point in own.items()}


def _busy(own: dict[Key, ProgrammePoint], capacity: Capacity) -> dict[Key, float]:
    """What today's intake needs."""
    busy: dict[Key, float] = defaultdict(float)
    for (college, code), point in own.items():
        busy[college, code[:CLASS_DIGITS]] += point.intake * capacity.uses[code]
    return busy


def _limits(capacity: Capacity, busy: dict[Key, float], options: Options) -> Iterator[Limit]:
    for (college, group), have in capacity.have.items():
        amount = _up(max(have * (1 + capacity.added), busy[college, group]))
        resource = resource_of(capacity.kind, group)
        for year in range(options.first_year, options.first_year + options.years):
            yield Limit(f"limits.csv:{college}:{resource}:{year}", college, year, resource, amount)


def _up(amount: float) -> float:
    """Rounded up to three decimals, for today's intake must fit."""
    return ceil(amount * 1000 - 1e-6) / 1000


def _fewer(capacity: Capacity, busy: dict[Key, float]) -> Iterator[Note]:
    for (college, group), have in capacity.have.items():
        need = busy[college, group]
        if need > have:
            yield {
                "code": f"fewer_{capacity.kind}", "college": int(college), "class": group, "have": have,
                "need": round(need, 1),
            }  # fmt: skip
