"""Reads over warning cards: for the college's staff and those who oversee the programme structure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from chanjiao.apps.programmes.models import WarningCard
from chanjiao.apps.programmes.rights import may_decide, oversees, sees_card
from chanjiao.apps.programmes.rules.warning_sets import WarningSet
from chanjiao.apps.programmes.warning_sets import warning_sets
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows, column_asked, readable

SORTS = {
    "year": "year",
    "college": "point__college__pinyin",
    "colour": "colour",
    "state": "state",
    "issued": "issued_at",
    "rule_set": "rule_set",
}


@dataclass(frozen=True, slots=True)
class CardFilters:
    """What narrows the list of cards."""

    year: int | None = None
    college: int | None = None
    point: int | None = None
    rule_set: str = ""
    colour: str = ""
    state: str = ""
    sort: str = "-year"


@dataclass(frozen=True, slots=True)
class HitRow:
    """The value of a measure in a year when the card was given, and the yearly figures it was read from."""

    year: int
    value: float
    figures: int


@dataclass(frozen=True, slots=True)
class CardHit:
    """A rule that was hit: its words, measure and source, and the rows that show it, the oldest first."""

    rule: str
    label: str
    measure: str
    source: str
    rows: tuple[HitRow, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A warning card with all that was kept of it."""

    id: int
    point_id: int
    code: str
    system: str
    college_id: int
    college: str
    rule_set: str
    rule_set_title: str
    year: int
    colour: str
    exemption: str
    hits: tuple[CardHit, ...]
    state: str
    issued_at: datetime
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    version: int
    may_decide: bool


def warning_cards(actor: Actor, filters: CardFilters = CardFilters()) -> Rows[Card]:
    """The cards that the actor may see, the latest year first."""
    filters = readable(filters)
    rows = _visible(actor)
    wanted = {
        "year": filters.year,
        "point__college": filters.college,
        "point": filters.point,
        "rule_set": filters.rule_set or None,
        "colour": filters.colour or None,
        "state": filters.state or None,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    rows = rows.order_by(column_asked(filters.sort, SORTS, "year"), "colour", "pk")
    return Rows(rows, lambda found: _card(actor, found))


def warning_card(actor: Actor, pk: int) -> Card:
    """One card; `record.not_found` where it is missing or not the actor's to see."""
    found = WarningCard.objects.select_related("point__college").filter(pk=pk).first()
    if found is None or not sees_card(actor, found.point.college_id):
        raise ChanjiaoError("record.not_found")
    return _card(actor, found)


def card_counts(actor: Actor) -> dict[tuple[str, str], int]:
    """(Colour, state) → how many cards the actor may see."""
    rows = _visible(actor).order_by().values_list("colour", "state").annotate(Count("pk"))
    return {(colour, state): count for colour, state, count in rows}


def rule_sets(actor: Actor) -> list[WarningSet]:
    """The rule sets in force; they are public."""
    return warning_sets()


def _visible(actor: Actor) -> QuerySet[WarningCard]:
    rows = WarningCard.objects.select_related("point__college")
    if oversees(actor):
        return rows
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    return rows.filter(point__college_id=own) if own is not None else rows.none()


def _card(actor: Actor, found: WarningCard) -> Card:
    point = found.point
    copied = (
        "rule_set", "rule_set_title", "year", "colour", "exemption", "state", "issued_at", "decision", "reason",
        "decided_by", "decided_at", "version",
    )  # fmt: skip
    return Card(
        id=found.pk,
        point_id=point.pk,
        code=point.code,
        system=point.system,
        college_id=point.college_id,
        college=point.college.name,
        hits=tuple(
            CardHit(
                one["rule"], one["label"], one["measure"], one["source"], tuple(HitRow(**row) for row in one["rows"])
            )
            for one in found.hits
        ),
        may_decide=may_decide(actor) and found.state == "open",
        **{name: getattr(found, name) for name in copied},
    )
