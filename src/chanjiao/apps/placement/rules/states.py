"""The course of a round: states, what each deed needs, and what is wrong with dates and sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.words import N_


class RoundState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    WISHES = "wishes"
    RANKING = "ranking"
    ALLOCATION = "allocation"
    DECIDED = "decided"
    PUBLISHED = "published"
    CLOSED = "closed"


class MethodName(StrEnum):
    """The engine's methods that a round may use."""

    STABLE = "stable"
    BEST_FIT = "best-fit"
    TOGETHER = "together"


class ShortRule(StrEnum):
    """What becomes of a seat group that would fall short of its minimum."""

    CLOSE = "close"
    KEEP = "keep"


class Deed(StrEnum):
    """What a secretariat does with a round as a whole."""

    OPEN_WISHES = "open_wishes"
    CLOSE_WISHES = "close_wishes"
    CLOSE_RANKINGS = "close_rankings"
    PUBLISH = "publish"
    CLOSE = "close"


STEPS: dict[Deed, tuple[RoundState, RoundState]] = {
    Deed.OPEN_WISHES: (RoundState.DRAFT, RoundState.WISHES),
    Deed.CLOSE_WISHES: (RoundState.WISHES, RoundState.RANKING),
    Deed.CLOSE_RANKINGS: (RoundState.RANKING, RoundState.ALLOCATION),
    Deed.PUBLISH: (RoundState.DECIDED, RoundState.PUBLISHED),
    Deed.CLOSE: (RoundState.PUBLISHED, RoundState.CLOSED),
}
"""The state that each deed leaves, and the one it leads to."""

RANKED_IN = (RoundState.WISHES, RoundState.RANKING)
CORRECTED_IN = (RoundState.ALLOCATION, RoundState.PUBLISHED)
"""States in which the secretariat may correct points: before the final run, and while appeals are heard."""
BOUNDS = {"most_choices": (1, 50), "most_minutes": (1, 600), "capacity": (1, 100_000), "minimum": (0, 100_000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """A round as somebody plans it."""

    title: str
    starts_on: date
    ends_on: date
    wishes_until: datetime
    rankings_until: datetime
    answers_until: datetime
    appeals_until: datetime
    method: MethodName = MethodName.STABLE
    short_rule: ShortRule = ShortRule.CLOSE
    most_choices: int = 10
    most_minutes: int | None = None


def plan_faults(plan: RoundPlan, now: datetime) -> Iterator[ChanjiaoError]:
    """Everything wrong with a plan, each fault at its field."""
    if not plan.title.strip():
        yield ChanjiaoError("input.missing", field="title", name=N_("Title"))
    if plan.ends_on < plan.starts_on:
        yield ChanjiaoError("placement.days_reversed", field="ends_on")
    if plan.wishes_until <= now:
        yield ChanjiaoError("placement.deadline_past", field="wishes_until")
    if plan.rankings_until < plan.wishes_until:
        yield ChanjiaoError("placement.deadline_too_early", field="rankings_until")
    for field in ("answers_until", "appeals_until"):
        if getattr(plan, field) < plan.rankings_until:
            yield ChanjiaoError("placement.deadline_too_early", field=field)
    if plan.method == MethodName.TOGETHER and plan.short_rule != ShortRule.CLOSE:
        yield ChanjiaoError("placement.together_closes", field="short_rule")
    yield from bound_faults({"most_choices": plan.most_choices, "most_minutes": plan.most_minutes})


def bound_faults(numbers: dict[str, int | None]) -> Iterator[ChanjiaoError]:
    """A fault at each number that lies outside its bounds; None is no number and no fault."""
    for name, number in numbers.items():
        low, high = BOUNDS[name]
        if number is not None and not low <= number <= high:
            yield ChanjiaoError("placement.out_of_bounds", field=name, low=low, high=high)
