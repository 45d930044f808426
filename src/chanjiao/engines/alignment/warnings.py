"""Early warning (红黄牌): rule sets as data over measures, years, thresholds and ranks, with exemptions.

A rule looks at one measure of a programme point over the last `years` years. It is hit when in each of them the value
lies on the wrong side of `threshold`, or the point stands among the last `last_share` of all points measured that year.
A rule set asks for `needed` hits; exemptions take a point out and are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of a measure of a programme point in a year; `row` tells where it stands (a record, a line of a file)."""

    point: str
    year: int
    measure: str
    value: float
    row: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When a measure is a warning. Exactly one of `threshold` and `last_share` (0–1) is set.

    `below`: whether small values are bad; `years`: how many years running; `source`: the document it comes from.
    """

    key: str
    measure: str
    below: bool
    years: int
    threshold: float | None
    last_share: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """Points younger than `younger_than` years of intake, or whose code begins with one of `codes`, get no card."""

    key: str
    younger_than: int = 0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules with the number of hits for a yellow and for a red card; `red` 0 means that there are no red ones."""

    key: str
    rules: tuple[Rule, ...]
    yellow: int
    red: int
    exemptions: tuple[Exemption, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that a point hit, with the rows that show it, the oldest first."""

    rule: Rule
    rows: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What a rule set says of a point: `red`, `yellow` or `exempt` (with the key of the exemption)."""

    point: str
    colour: str
    hits: tuple[Hit, ...]
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class PointFacts:
    """What exemptions look at."""

    code: str
    first_year: int | None


def cards_of(
    rules: RuleSet, measured: Collection[Measured], points: Mapping[str, PointFacts], *, year: int
) -> list[Card]:
    """A card for every point with enough hits in the years up to `year`, in the order of `points`.

    A missing year is no hit: what is not known is not held against a point. Equal values share the better rank.
    """
    values = {(row.point, row.measure, row.year): row for row in measured}
    last = {rule.key: _last_of(rule, measured) for rule in rules.rules if rule.last_share is not None}
    cards = []
    for point, facts in points.items():
        hits = tuple(filter(None, (_hit(rule, point, values, last.get(rule.key, {}), year) for rule in rules.rules)))
        if len(hits) >= rules.yellow:
            cards.append(_card(rules, point, facts, hits, year))
    return cards


def _card(rules: RuleSet, point: str, facts: PointFacts, hits: tuple[Hit, ...], year: int) -> Card:
    exempt = next((one.key for one in rules.exemptions if _holds(one, facts, year)), "")
    if exempt:
        return Card(point, "exempt", hits, exempt)
    return Card(point, "red" if rules.red and len(hits) >= rules.red else "yellow", hits)


def _holds(exemption: Exemption, facts: PointFacts, year: int) -> bool:
    young = facts.first_year is not None and year - facts.first_year < exemption.younger_than
    return young or any(facts.code.startswith(code) for code in exemption.codes)


def _hit(
    rule: Rule,
    point: str,
    values: Mapping[tuple[str, str, int], Measured],
    last: Mapping[int, frozenset[str]],
    year: int,
) -> Hit | None:
    rows = [values.get((point, rule.measure, one)) for one in range(year - rule.years + 1, year + 1)]
    known = tuple(row for row in rows if row is not None)
    if len(known) < rule.years or not all(_is_bad(rule, row, last) for row in known):
        return None
    return Hit(rule, known)


def _is_bad(rule: Rule, row: Measured, last: Mapping[int, frozenset[str]]) -> bool:
    if rule.threshold is None:
        return row.point in last.get(row.year, frozenset())
    return row.value < rule.threshold if rule.below else row.value > rule.threshold


def _last_of(rule: Rule, measured: Iterable[Measured]) -> dict[int, frozenset[str]]:
    """By year: the points among the last share, counted down; ties at the border are all let off."""
    assert rule.last_share is not None
    by_year: dict[int, list[Measured]] = defaultdict(list)
    for row in measured:
        if row.measure == rule.measure:
            by_year[row.year].append(row)
    result = {}
    for year, rows in by_year.items():
        ordered = sorted(rows, key=lambda row: row.value if rule.below else -row.value)
        count = int(rule.last_share * len(rows) + 1e-9)
        border = ordered[count].value if count < len(ordered) else None
        result[year] = frozenset(row.point for row in ordered[:count] if row.value != border)
    return result
