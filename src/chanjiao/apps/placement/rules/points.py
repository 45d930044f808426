"""Rules of points as data: what an applicant is worth at a seat, always computed the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from chanjiao.apps.placement.rules.facts import StudentFacts
from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.words import N_


class RankingMode(StrEnum):
    """How a seat orders its applicants."""

    RULES = "rules"
    HAND = "hand"
    LOTTERY = "lottery"


class PointFor(StrEnum):
    """What points are given for."""

    MARK = "mark"
    PROGRAMME = "programme"
    GROUP = "group"
    HOME = "home"
    NEAR = "near"


POINT_WORDS = {
    PointFor.MARK: N_("Average mark: these points for a mark of 100, in proportion below"),
    PointFor.PROGRAMME: N_("Programme whose code begins with the value"),
    PointFor.GROUP: N_("Member of the group named"),
    PointFor.HOME: N_("Lives in the travel zone named"),
    PointFor.NEAR: N_("Way: these points at the door, none from as many minutes as the value"),
}
MOST_RULES = 10
MOST_POINTS = 100
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PointRule:
    """So many points for one thing; `value` says which programme, group, zone, or how many minutes."""

    what: str
    points: int
    value: str = ""


DEFAULT_POINTS = (PointRule(PointFor.MARK, 100),)


def point_faults(rules: Sequence[PointRule]) -> Iterator[ChanjiaoError]:
    """Everything wrong with the rules, at the field `point_rules`."""
    if len(rules) > MOST_RULES:
        yield ChanjiaoError("placement.too_many_rules", field="point_rules", limit=MOST_RULES)
    for rule in rules:
        if rule.what not in set(PointFor):
            expected = ", ".join(PointFor)
            yield ChanjiaoError("option.unknown", field="point_rules", name="what", value=rule.what, expected=expected)
        elif not 0 < rule.points <= MOST_POINTS:
            yield ChanjiaoError("placement.out_of_bounds", field="point_rules", low=1, high=MOST_POINTS)
        elif rule.what == PointFor.NEAR and not (rule.value.isascii() and rule.value.isdigit() and int(rule.value)):
            yield ChanjiaoError("listing.not_a_number", field="point_rules", value=rule.value)
        elif rule.what not in (PointFor.MARK, PointFor.NEAR) and not rule.value.strip():
            yield ChanjiaoError("input.missing", field="point_rules", name=N_("Value"))


def points_of(rules: Sequence[PointRule], student: StudentFacts, minutes: int | None) -> Decimal:
    """The sum of points of an applicant at a seat `minutes` away; two decimals, halves up.

    >>> points_of([PointRule("mark", 80), PointRule("group", 20, "退役士兵")], StudentFacts(mark=Decimal(75)), None)
    Decimal('60.00')
    """
    total = sum((_points(rule, student, minutes) for rule in rules), Decimal(0))
    return total.quantize(_CENT, ROUND_HALF_UP)


def _points(rule: PointRule, student: StudentFacts, minutes: int | None) -> Decimal:
    if rule.what == PointFor.MARK:
        return rule.points * (student.mark or Decimal(0)) / 100
    if rule.what == PointFor.NEAR:
        far = int(rule.value)
        return Decimal(0) if minutes is None else Decimal(rule.points * max(far - minutes, 0)) / far
    holds = {
        PointFor.PROGRAMME: student.programme_code.startswith(rule.value),
        PointFor.GROUP: rule.value in student.groups,
        PointFor.HOME: student.home == rule.value,
    }[PointFor(rule.what)]
    return Decimal(rule.points if holds else 0)
