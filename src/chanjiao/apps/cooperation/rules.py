"""Rules over agreements: which rule of law one keeps, who may do what in which state. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chanjiao.apps.cooperation.kinds import AgreementKind, Rule

MOST_SIGNATORIES = 2
"""Signatories of one party."""


class Deed(StrEnum):
    """What can be done to an agreement."""

    EDIT = "edit"
    PROPOSE = "propose"
    DISCARD = "discard"
    NAME = "name"
    SIGN = "sign"
    DECLINE = "decline"
    AMEND = "amend"
    RENEW = "renew"
    END = "end"
    PUBLICISE = "publicise"


_BY_DRAFTER = frozenset({Deed.EDIT, Deed.PROPOSE, Deed.DISCARD})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agreement stands: its state (a value of models.AgreementState), and which versions wait.

    An agreement that was proposed or is in force may have a later version in draft, and one waiting for signatures,
    whose price may have to be made known to everybody first (`owes_publicity`).
    """

    state: str
    is_drafted: bool = False
    is_proposed: bool = False
    owes_publicity: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What checking one rule found: `kept`, `broken`, or `unknown` where a value is not stated."""

    rule: Rule
    outcome: str
    found: Decimal | None = None

    @property
    def blocks(self) -> bool:
        """Whether the agreement cannot be proposed like this."""
        return self.rule.severity == "block" and self.outcome != "kept"


def possible(deed: Deed, standing: Standing) -> bool:
    """Whether the state allows the deed, whoever does it.

    >>> possible(Deed.SIGN, Standing("in_force", is_proposed=True)), possible(Deed.EDIT, Standing("in_force"))
    (True, False)
    """
    state, is_drafted, is_proposed = standing.state, standing.is_drafted, standing.is_proposed
    allowed = {
        **dict.fromkeys(_BY_DRAFTER, is_drafted),
        Deed.NAME: is_drafted or is_proposed,
        Deed.SIGN: is_proposed,
        Deed.DECLINE: is_proposed,
        Deed.PUBLICISE: is_proposed and standing.owes_publicity,
        Deed.AMEND: state in ("proposed", "in_force") and not is_drafted,
        Deed.RENEW: state in ("in_force", "ended"),
        Deed.END: state == "in_force",
    }
    return allowed[deed]


def deeds(
    standing: Standing, *, is_party: bool, is_drafter: bool, owes_signature: bool, publicises: bool = False
) -> frozenset[Deed]:
    """What somebody may do who may act for a party, for the one that wrote the draft or whose price is made known, or
    whose signature is due.
    """
    permitted = dict.fromkeys(Deed, is_party)
    permitted |= dict.fromkeys(_BY_DRAFTER, is_drafter)
    permitted |= {Deed.SIGN: owes_signature, Deed.PUBLICISE: publicises}
    return frozenset(deed for deed in Deed if permitted[deed] and possible(deed, standing))


def findings(kind: AgreementKind, rules: tuple[Rule, ...], facts: Mapping[str, object]) -> tuple[Finding, ...]:
    """What every rule that applies finds in the facts, in the order of the rules."""
    return tuple(_checked(rule, facts) for rule in rules if rule.applies_to(kind.code, facts))


def is_signed(signatures: tuple[tuple[int, int], ...]) -> bool:
    """Whether every party, given as (named, signed), has somebody named and all of them have signed."""
    return bool(signatures) and all(named and named == signed for named, signed in signatures)


def _checked(rule: Rule, facts: Mapping[str, object]) -> Finding:
    value = facts.get(rule.value)
    if rule.check in ("is_true", "is_false"):
        return _finding(rule, None if value is None else bool(value) is (rule.check == "is_true"))
    if rule.check == "one_of":
        return _finding(rule, None if value is None else str(value) in rule.allowed)
    number = _decimal(value)
    if rule.of:
        whole = _decimal(facts.get(rule.of))
        number = number / whole if number is not None and whole else None
    if number is None or rule.limit is None:
        return _finding(rule, None)
    return _finding(rule, _COMPARED[rule.check](number, rule.limit), number)


_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "at_most": lambda number, limit: number <= limit,
    "at_least": lambda number, limit: number >= limit,
    "at_most_share": lambda number, limit: number <= limit,
    "at_least_share": lambda number, limit: number >= limit,
}


def _finding(rule: Rule, kept: bool | None, found: Decimal | None = None) -> Finding:
    return Finding(rule, "unknown" if kept is None else "kept" if kept else "broken", found)


def _decimal(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else None
