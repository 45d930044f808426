"""A match's factors and gaps as sentences, in the language that `say` speaks; pages and the command line share them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import floor

from chanjiao.apps.exchange.kinds import FIELDS, KIND_WORDS, TEN_THOUSAND_YUAN, YUAN, YUAN_MONTH, Kind, told_in
from chanjiao.core.words import filled
from chanjiao.engines.matching import Evidence, Factor, Failure, Gap
from chanjiao.engines.matching.reasons import (
    CONDITION_WORDS,
    EVIDENCE_WORDS,
    FACTOR_WORDS,
    FIELD_WORDS,
    GAP_WORDS,
    SAME_WORDS,
    SHORT_WORDS,
)
from chanjiao.engines.words import N_

Say = Callable[[str], str]
SENTENCES = 3
"""Sentences shown behind one factor."""

STANDING_WORDS = {
    "waiting": N_("Has time"),
    "overdue": N_("Overdue"),
    "replied": N_("Replied"),
    "lapsed": N_("Fell away"),
}
_SIDES = {"need": N_("side in need"), "offer": N_("side that offers"), "both": N_("two sides")}
_MONEY_UNITS = {
    Kind.POST: YUAN_MONTH,
    Kind.TECHNICAL_PROBLEM: TEN_THOUSAND_YUAN,
    Kind.EXPERT: YUAN_MONTH,
    Kind.PRODUCT: YUAN,
}
_NUMBER_UNITS = {Kind.EQUIPMENT: N_("hours a week"), Kind.EXPERT: N_("days a month")}
_UNITS = {"money": _MONEY_UNITS, "number": _NUMBER_UNITS}
_CODED = {
    "secondary": N_("Secondary vocational"),
    "associate": N_("Associate (higher vocational)"),
    "bachelor": N_("Bachelor"),
    "master": N_("Master"),
    **{value: words for fields in FIELDS.values() for field in fields for value, words in field.choices.items()},
}
_TRAILING_CODE = re.compile(r" [A-Z]?\d[\d-]*$")
"""A code after its name; people read the name, and the code stands among the facts."""
_NAMED = {"occupation", "inferred", "link", "programme", "industry"}
_CIRCUMSTANCES = {"place", "dates", "level", "quantity", "money", "industry"}
"""Factors that say little by themselves, so that others come first where only a few are told."""
_QUOTED = {"word", "synonym", "related", "skill", "skill_in_part", "course"}
"""Kinds of evidence whose words stand in the texts and can be marked there."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor: its name, its points of a hundred, the most it could give, and what stands behind it."""

    code: str
    label: str
    points: int
    most: int
    share: float
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells reasons for a match of one kind; `places` names region codes."""

    say: Say
    kind: str
    places: Mapping[str, str]

    def reasons(self, factors: Iterable[Factor], score: float) -> list[Reason]:
        """The factors as reasons whose points add up to the score; one that comes to no point is no reason."""
        factors = list(factors)
        points = whole_points([factor.value for factor in factors], score)
        return [
            Reason(
                factor.code,
                self.say(FACTOR_WORDS.get(factor.code, factor.code)),
                number,
                round(100 * factor.weight),
                factor.value,
                tuple(dict.fromkeys(self._sentence(one) for one in factor.evidence))[:SENTENCES],
            )
            for factor, number in zip(factors, points, strict=True)
            if number
        ]

    def brief(self, factors: Iterable[Factor], count: int = 3) -> list[str]:
        """The strongest factors, each with the first thing behind it."""
        telling = [factor for factor in factors if round(100 * factor.value)]
        told = sorted(telling, key=lambda factor: factor.code in _CIRCUMSTANCES)
        return [self._short(factor) for factor in told[:count]]

    def gaps(self, gaps: Iterable[Gap]) -> list[str]:
        """What holds the score down, as sentences, the most gainful first."""
        return [self._gap(gap) for gap in gaps if round(100 * gap.gain) >= 1]

    def failure(self, broken: Failure) -> str:
        """A hard condition that is not kept, as a sentence."""
        words = self.say(CONDITION_WORDS.get(broken.condition, broken.condition))
        return words.format(
            need=self._clashing(broken.condition, broken.need), offer=self._clashing(broken.condition, broken.offer)
        )

    def _clashing(self, condition: str, value: str) -> str:
        if condition == "kind":
            return self.say(KIND_WORDS[Kind(value)]) if value in set(Kind) else value
        if condition == "term":
            return self._span(value.replace("/", "–"))
        if condition == "region":
            return self.places.get(value) or value
        return "、".join(self.say(_CODED[one]) if one in _CODED else one for one in value.split("、"))

    def _short(self, factor: Factor) -> str:
        label = self.say(FACTOR_WORDS.get(factor.code, factor.code))
        told = self._sentence(factor.evidence[0]) if factor.evidence else ""
        return self.say(N_("{label}: {told}")).format(label=label, told=told) if told else label

    def _sentence(self, one: Evidence) -> str:
        told = SAME_WORDS if one.need == one.offer and one.how in SAME_WORDS else EVIDENCE_WORDS
        words = self.say(told.get(one.how, "{need} · {offer}"))
        return filled(words, {"need": self._value(one.how, one.need), "offer": self._value(one.how, one.offer)})

    def _value(self, how: str, value: str) -> str:
        if how == "place":
            return self.places.get(value) or value
        if how in ("level", "choice"):
            return self.say(_CODED[value]) if value in _CODED else value
        if how in _UNITS:
            number, unit = told_in(float(value), _UNITS[how].get(Kind(self.kind), ""), self.say)
            return f"{number:,.10g} {unit}".strip()
        if how == "date":
            return self._span(value)
        return _TRAILING_CODE.sub("", value) if how in _NAMED else " ".join(value.split())

    def _span(self, value: str) -> str:
        start, _dash, end = value.partition("–")
        if end in ("", "…"):
            return self.say(N_("from {day}")).format(day=start)
        if start == "…":
            return self.say(N_("until {day}")).format(day=end)
        return self.say(N_("{start} to {end}")).format(start=start, end=end)

    def _gap(self, gap: Gap) -> str:
        factor = self.say(FIELD_WORDS.get(gap.factor, gap.factor))
        told = {"factor": factor, "side": self.say(_SIDES[gap.side]), "gain": round(100 * gap.gain)}
        words = SHORT_WORDS[gap.factor] if gap.code == "short" else GAP_WORDS[gap.code]
        return filled(self.say(words), {**told, **dict(gap.params)})


def whole_points(values: list[float], score: float) -> list[int]:
    """Whole points of a hundred, one for each value, that add up to the rounded score.

    >>> whole_points([0.256, 0.253, 0.153], 0.662)
    [26, 25, 15]
    """
    exact = [100 * value for value in values]
    points = [floor(one) for one in exact]
    short = round(100 * score) - sum(points)
    by_rest = sorted(range(len(exact)), key=lambda place: (points[place] - exact[place], place))
    for place in by_rest[: max(0, short)]:
        points[place] += 1
    return points


def quoted(factors: Iterable[Factor], side: str) -> list[str]:
    """The words of one side's text that stand behind the factors, for marking."""
    words = {part for factor in factors for one in factor.evidence if one.how in _QUOTED for part in _parts(one, side)}
    return sorted(words, key=len, reverse=True)


def _parts(one: Evidence, side: str) -> list[str]:
    text = one.need if side == "need" else one.offer
    return [part for part in text.split() if len(part) > 1]


def places_in(factors: Iterable[Factor]) -> set[str]:
    """The region codes that the factors name."""
    evidence = (one for factor in factors for one in factor.evidence if one.how == "place")
    return {code for one in evidence for code in (one.need, one.offer)}
