"""What holds the seats of a college: teachers and training rooms, each by class of programmes, and money in all."""

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
ALL_CODES = 0
"""As many digits for money, which a college may spend on any programme."""

Note = dict[str, object]
Key = tuple[str, str]
"""(college, programme) of a point, or (college, class); the class is empty where it takes all programmes."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What colleges have of one kind by (college, class), what a plan may add to it, and what a seat uses by code.

    A class is the first `digits` of a programme's code.
    """

    kind: str
    have: dict[Key, float]
    added: float
    uses: dict[str, float]
    digits: int = CLASS_DIGITS

    def key(self, of: Key) -> Key:
        """The (college, class) of a point."""
        return of[0], of[1][: self.digits]


def resource_of(kind: str, group: str) -> str:
    """The name of a kind in a class, as the tables of a problem hold it."""
    return f"{kind}/{group}"


def parts_of(resource: str) -> tuple[str, str]:
    """The kind and the class in the name of a resource."""
    kind, group = resource.split("/")
    return kind, group


def capacities(own: dict[Key, ProgrammePoint], options: Options) -> tuple[list[Limit], list[Use], list[Note]]:
    """Limits by college, class and year: as much as today, or as today's intake needs where that is more, and what the
    options add to it.

    Where more is needed than there is, a note says so.
    """
    limits: list[Limit] = []
    uses: list[Use] = []
    notes: list[Note] = []
    for capacity in (_teachers(own, options), _rooms(own, options), _money(own, options)):
        busy = _busy(own, capacity)
        limits += _limits(capacity, busy, options)
        groups = {group for _, group in capacity.have}
        uses += [
            Use(f"uses.csv:{capacity.kind}:{code}", code, resource_of(capacity.kind, code[: capacity.digits]), amount)
            for code, amount in capacity.uses.items()
            if code[: capacity.digits] in groups
        ]
        notes += _fewer(capacity, busy)
    return limits, uses, notes


def _teachers(own: dict[Key, ProgrammePoint], options: Options) -> Capacity:
    """Teachers as last told for a year, or else as the programme point tells them."""
    told = _last_told(own, "teachers")
    have: dict[Key, float] = defaultdict(float)
    for (college, code), point in own.items():
        have[college, code[:CLASS_DIGITS]] += told.get(point.pk, point.teachers)
    return Capacity("teachers", have, options.more_teachers / 100, _uses(own, options.students_per_teacher))


def _rooms(own: dict[Key, ProgrammePoint], options: Options) -> Capacity:
    """Rooms as last told."""
    have = _known(own, _last_told(own, "rooms"), CLASS_DIGITS)
    return Capacity("rooms", have, options.more_rooms / 100, _uses(own, options.students_per_room))


def _money(own: dict[Key, ProgrammePoint], options: Options) -> Capacity:
    """What each college spends a year, as last told; a seat costs what it costs on average in its class."""
    told = _last_told(own, "running_cost")
    spent: dict[str, float] = defaultdict(float)
    seats: dict[str, float] = defaultdict(float)
    for (_, code), point in own.items():
        if point.pk in told and point.intake:
            spent[code[:CLASS_DIGITS]] += told[point.pk]
            seats[code[:CLASS_DIGITS]] += point.intake
    mean = sum(spent.values()) / (sum(seats.values()) or 1)
    uses = {
        code: round(spent[group] / seats[group] if seats[group := code[:CLASS_DIGITS]] else mean, 6) for _, code in own
    }
    return Capacity("money", _known(own, told, ALL_CODES), options.more_money / 100, uses, ALL_CODES)


def _last_told(own: dict[Key, ProgrammePoint], figure: str) -> dict[int, float]:
    """A yearly figure of each point as last told, by the point's key; absent where it never was."""
    told = YearFigures.objects.filter(point__in=list(own.values()), **{f"{figure}__isnull": False}).order_by("year")
    return {pk: float(value) for pk, value in told.values_list("point_id", figure)}


def _known(own: dict[Key, ProgrammePoint], told: dict[int, float], digits: int) -> dict[Key, float]:
    """What colleges have by class; none at all where one of the programmes that teach was never told."""
    have: dict[Key, float] = defaultdict(float)
    unknown = set()
    for (college, code), point in own.items():
        key = college, code[:digits]
        have[key] += told.get(point.pk, 0.0)
        if point.intake and point.pk not in told:
            unknown.add(key)
    return {key: amount for key, amount in have.items() if key not in unknown}


def _uses(own: dict[Key, ProgrammePoint], students: int) -> dict[str, float]:
    return {code: round(point.years / students, 6) for (_, code), point in own.items()}


def _busy(own: dict[Key, ProgrammePoint], capacity: Capacity) -> dict[Key, float]:
    """What today's intake needs."""
    busy: dict[Key, float] = defaultdict(float)
    for key, point in own.items():
        busy[capacity.key(key)] += point.intake * capacity.uses[key[1]]
    return busy


def _limits(capacity: Capacity, busy: dict[Key, float], options: Options) -> Iterator[Limit]:
    for (college, group), have in capacity.have.items():
        amount = _up(max(have, busy[college, group]) * (1 + capacity.added))
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
