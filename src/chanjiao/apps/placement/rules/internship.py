"""Rules of internships as data: each has a bound, a severity and a source; what a seat breaks is told in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chanjiao.engines.words import N_


class Severity(StrEnum):
    """What a breach means: the seat or the student stays out, somebody is told, or nobody asks."""

    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


class RuleCode(StrEnum):
    """What is checked."""

    STAFF_SHARE = "staff_share"
    POST_SHARE = "post_share"
    PAY_SHARE = "pay_share"
    AGE = "age"
    INSURANCE = "insurance"


RULE_WORDS = {
    RuleCode.STAFF_SHARE: N_("Interns of an enterprise, at most … % of its staff"),
    RuleCode.POST_SHARE: N_("Interns in a post, at most … % of the people in the same post"),
    RuleCode.PAY_SHARE: N_("Pay, at least … % of the wage of the post"),
    RuleCode.AGE: N_("Age on the first day, at least … years"),
    RuleCode.INSURANCE: N_("Insurance is paid for every intern (1: required)"),
}
SOURCE = "《职业学校学生实习管理规定》（教职成〔2021〕4号）"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as a round applies it."""

    code: str
    bound: Decimal
    severity: str
    source: str


DEFAULTS = (
    Rule(RuleCode.STAFF_SHARE, Decimal(10), Severity.BLOCK, SOURCE),
    Rule(RuleCode.POST_SHARE, Decimal(20), Severity.WARN, SOURCE),
    Rule(RuleCode.PAY_SHARE, Decimal(80), Severity.BLOCK, SOURCE),
    Rule(RuleCode.AGE, Decimal(16), Severity.BLOCK, SOURCE),
    Rule(RuleCode.INSURANCE, Decimal(1), Severity.BLOCK, SOURCE),
)
"""With what a round begins; a secretariat changes bounds, severities and sources as its own rules say."""

HIGHEST_BOUND = Decimal(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFacts:
    """What the rules need to know of a seat; None where nobody stated it. `firm_places` counts the whole round."""

    capacity: int
    firm_places: int
    firm_staff: int | None
    post_staff: int | None
    pay: int | None
    post_wage: int | None
    insured: bool


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold, or cannot be checked because `value` was not stated (None)."""

    code: str
    severity: str
    bound: Decimal
    value: Decimal | None
    source: str


def seat_breaches(facts: SeatFacts, rules: Iterable[Rule]) -> Iterator[Breach]:
    """Every rule in force that the seat breaks, or that cannot be checked for want of a figure."""
    for rule in rules:
        if rule.severity == Severity.OFF or rule.code == RuleCode.AGE:
            continue
        value = _value(rule.code, facts)
        at_least = rule.code in (RuleCode.PAY_SHARE, RuleCode.INSURANCE)
        if value is None or (value < rule.bound if at_least else value > rule.bound):
            yield Breach(rule.code, rule.severity, rule.bound, value, rule.source)


def _share(part: int | None, whole: int | None) -> Decimal | None:
    return None if part is None or not whole else (Decimal(100 * part) / whole).quantize(Decimal("0.1"))


def _value(code: str, facts: SeatFacts) -> Decimal | None:
    shares = {
        RuleCode.STAFF_SHARE.value: (facts.firm_places, facts.firm_staff),
        RuleCode.POST_SHARE.value: (facts.capacity, facts.post_staff),
        RuleCode.PAY_SHARE.value: (facts.pay, facts.post_wage),
    }
    return _share(*shares[code]) if code in shares else Decimal(int(facts.insured))
