"""What a row must hold by itself; the first that does not is refused with its place and column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NoReturn

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.planning.rows import Demand, Point
from chanjiao.engines.table_faults import bad_value
from chanjiao.engines.words import N_

FROM_0 = N_("a number from 0 up")
INFINITE = float("inf")


def refuse_twice(rows: Iterable[tuple[str, object]]) -> None:
    first: dict[object, str] = {}
    for place, key in rows:
        if key in first:
            value = " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            raise ChanjiaoError("table.duplicate", place=place, value=value, first=first[key])
        first[key] = place


def refuse(place: str, column: str, value: float, expected: str) -> NoReturn:
    raise bad_value(place, column, f"{value:g}", expected, field=column)


def check_points(points: Sequence[Point]) -> None:
    if not points:
        raise ChanjiaoError("planning.nothing_to_plan")
    refuse_twice((point.place, (point.college, point.programme)) for point in points)
    for point in points:
        for name in ("seats_now", "seats_max", "minimum_open", "open_cost", "close_cost"):
            if not 0 <= getattr(point, name) < INFINITE:
                refuse(point.place, name, getattr(point, name), FROM_0)
        if not 0 < point.step < INFINITE:
            refuse(point.place, "step", point.step, N_("a number above 0"))
        if not 0 <= point.completion <= 1:
            refuse(point.place, "completion", point.completion, N_("a share from 0 to 1"))
        if point.years < 0:
            refuse(point.place, "years", point.years, N_("a whole number from 0 up"))


def check_demand(row: Demand) -> None:
    if not 0 <= row.low < INFINITE:
        refuse(row.place, "low", row.low, FROM_0)
    if not row.low <= row.expected < INFINITE:
        refuse(row.place, "expected", row.expected, N_("a number not below low"))
    if not row.expected <= row.high < INFINITE:
        refuse(row.place, "high", row.high, N_("a number not below expected"))
