"""Checks a plan against the definition of the problem. Shares no code with the solver, and uses no arrays of its."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from chanjiao.engines.planning.rows import Demand, Limit, Link, Point, Settings, Use

TOLERANCE = 1e-6

Intake = Mapping[tuple[str, str, int], float]
"""(college, programme, year) → seats."""

Open = Mapping[tuple[str, str, int], bool]
"""(college, programme, year) → whether it is open; a point whose least class is 0 may be open with no seats."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The objective recomputed, what is broken (empty for a feasible plan), and supply by (occupation, year)."""

    objective: float
    faults: tuple[str, ...]
    supply: Mapping[tuple[str, int], float]


def verify(
    *,
    points: list[Point],
    links: list[Link],
    demands: list[Demand],
    limits: list[Limit],
    uses: list[Use],
    settings: Settings,
    intake: Intake,
    opened: Open | None = None,
) -> Verdict:
    """The verdict on `intake`, from the rows as they were read. Linear in rows times years.

    `opened` says which points are open; without it a point is open when it has seats.
    """
    years = sorted({demand.year for demand in demands})
    if opened is None:
        opened = {key: seats > TOLERANCE for key, seats in intake.items()}
    faults = _shape_faults(points, years, intake, opened, settings)
    faults += _limit_faults(points, limits, uses, intake)
    supply = _supply(points, links, years, intake)
    total = _balance_cost(demands, supply, settings) + _change_cost(points, years, intake, opened, settings)
    return Verdict(total, tuple(faults), supply)


def _shape_faults(points: list[Point], years: list[int], intake: Intake, opened: Open, settings: Settings) -> list[str]:
    faults = []
    for point in points:
        before, was_open = point.seats_now, point.seats_now > 0
        for year in years:
            key = (point.college, point.programme, year)
            now, is_open = intake.get(key, 0.0), opened.get(key, False)
            for broken in _broken_rules(point, now, is_open, settings) + _broken_steps(
                point, (before, was_open), (now, is_open), settings
            ):
                faults.append(f"{point.college}, {point.programme}, {year}: {broken}")
            before, was_open = now, is_open
    return faults


def _broken_rules(point: Point, now: float, is_open: bool, settings: Settings) -> list[str]:
    near = TOLERANCE * max(1.0, point.seats_max)
    broken = []
    if now < -near or now > point.seats_max + near:
        broken.append(f"{now:g} seats are outside 0–{point.seats_max:g}")
    if settings.relax:
        return broken
    if abs(now / point.step - round(now / point.step)) > TOLERANCE:
        broken.append(f"{now:g} seats are not whole steps of {point.step:g}")
    if now > near and not is_open:
        broken.append(f"{now:g} seats where it is closed")
    if is_open and now < point.minimum_open - near:
        broken.append(f"{now:g} seats are below the least number {point.minimum_open:g}")
    return broken


def _broken_steps(point: Point, before: tuple[float, bool], now: tuple[float, bool], settings: Settings) -> list[str]:
    if settings.max_change is None:
        return []
    bound = settings.max_change * max(point.seats_now, point.step)
    near = TOLERANCE * max(1.0, point.seats_max)
    allowed = bound
    if not settings.relax and now[1] and not before[1]:
        allowed = max(bound, _least_opening(point))
    if not settings.relax and before[1] and not now[1]:
        allowed = before[0]
    if abs(now[0] - before[0]) <= allowed + near:
        return []
    return [f"from {before[0]:g} to {now[0]:g} seats is more than {allowed:g} a year"]


def _least_opening(point: Point) -> float:
    steps = math.ceil(point.minimum_open / point.step - TOLERANCE)
    return steps * point.step


def _limit_faults(points: list[Point], limits: list[Limit], uses: list[Use], intake: Intake) -> list[str]:
    per_seat = {(use.programme, use.resource): use.per_seat for use in uses}
    used: dict[tuple[str, int, str], float] = defaultdict(float)
    resources = {use.resource for use in uses}
    programmes_of = defaultdict(list)
    for point in points:
        programmes_of[point.college].append(point.programme)
    faults = []
    for limit in limits:
        if limit.resource not in resources:
            continue
        key = (limit.college, limit.year, limit.resource)
        for programme in programmes_of[limit.college]:
            seats = intake.get((limit.college, programme, limit.year), 0.0)
            used[key] += per_seat.get((programme, limit.resource), 0.0) * seats
        if used[key] > limit.amount + TOLERANCE * max(1.0, limit.amount):
            where = f"{limit.place}: {limit.college}, {limit.resource}, {limit.year}"
            faults.append(f"{where}: {used[key]:g} > {limit.amount:g}")
    return faults


def _supply(points: list[Point], links: list[Link], years: list[int], intake: Intake) -> dict[tuple[str, int], float]:
    shares = defaultdict(list)
    for link in links:
        shares[link.programme].append((link.occupation, link.share))
    supply: dict[tuple[str, int], float] = defaultdict(float)
    for point in points:
        for year in years:
            entered = year - point.years
            key = (point.college, point.programme, entered)
            seats = point.seats_now if entered < years[0] else intake.get(key, 0.0)
            for occupation, share in shares[point.programme]:
                supply[occupation, year] += share * point.completion * seats
    return supply


def _balance_cost(demands: list[Demand], supply: Mapping[tuple[str, int], float], settings: Settings) -> float:
    total = 0.0
    for demand in demands:
        there = supply.get((demand.occupation, demand.year), 0.0)
        wanted_most = demand.high if settings.robust else demand.expected
        wanted_least = demand.low if settings.robust else demand.expected
        total += settings.shortage * max(0.0, wanted_most - there) + settings.surplus * max(0.0, there - wanted_least)
    return total


def _change_cost(points: list[Point], years: list[int], intake: Intake, opened: Open, settings: Settings) -> float:
    total = 0.0
    for point in points:
        before, was_open = point.seats_now, point.seats_now > 0
        for year in years:
            key = (point.college, point.programme, year)
            now, is_open = intake.get(key, 0.0), opened.get(key, False)
            total += settings.change * abs(now - before)
            if not settings.relax:
                total += settings.open * point.open_cost * (is_open and not was_open)
                total += settings.close * point.close_cost * (was_open and not is_open)
            before, was_open = now, is_open
    return total
