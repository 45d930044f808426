"""A seat group as somebody plans it, and everything that can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chanjiao.apps.placement.rules.points import DEFAULT_POINTS, PointRule, RankingMode, point_faults
from chanjiao.apps.placement.rules.states import bound_faults
from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.words import N_

LEVELS = ("secondary", "associate", "bachelor", "master")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPlan:
    """What a firm offers, and to whom; `reserves` are (group, places)."""

    title: str
    capacity: int
    minimum: int = 0
    description: str = ""
    levels: tuple[str, ...] = ()
    programme_codes: tuple[str, ...] = ()
    pay: int | None = None
    post_wage: int | None = None
    post_staff: int | None = None
    insured: bool = False
    lodging: bool = False
    zone: str = ""
    ranking: str = RankingMode.RULES
    point_rules: tuple[PointRule, ...] = DEFAULT_POINTS
    reserves: tuple[tuple[str, int], ...] = ()


def seat_faults(plan: SeatPlan) -> Iterator[ChanjiaoError]:
    """Everything wrong with the plan, each fault at its field."""
    if not plan.title.strip():
        yield ChanjiaoError("input.missing", field="title", name=N_("Name of the seat"))
    yield from bound_faults({"capacity": plan.capacity, "minimum": plan.minimum})
    if plan.minimum > plan.capacity >= 1:
        yield ChanjiaoError("placement.minimum_above_capacity", field="minimum", capacity=plan.capacity)
    for level in plan.levels:
        if level not in LEVELS:
            yield ChanjiaoError("listing.bad_choice", field="levels", value=level)
    for code in plan.programme_codes:
        if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 6):
            yield ChanjiaoError("placement.bad_programme", field="programme_codes", value=code)
    if plan.ranking == RankingMode.RULES:
        yield from point_faults(plan.point_rules)
    yield from _reserve_faults(plan)


def _reserve_faults(plan: SeatPlan) -> Iterator[ChanjiaoError]:
    groups = [group for group, _ in plan.reserves]
    if len(set(groups)) < len(groups) or any(places < 1 for _, places in plan.reserves):
        yield ChanjiaoError("placement.reserve_twice", field="reserves")
    elif plan.reserves and sum(places for _, places in plan.reserves) > plan.capacity:
        yield ChanjiaoError("placement.reserve_above_capacity", field="reserves", capacity=plan.capacity)
