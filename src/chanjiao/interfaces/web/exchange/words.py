"""Words for the values of needs and offers: kinds, typed fields, units, codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from chanjiao.apps.exchange.kinds import KIND_WORDS, UNIT_WORDS, Field, Kind, Side, Value, fields_of, told_in
from chanjiao.apps.exchange.models import CloseReason, EducationLevel, ListingState
from chanjiao.apps.exchange.rules import Typed
from chanjiao.apps.exchange.shown import ListingRow
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.wording import noun_of

CODE_COLUMNS = {
    "occupation_code": "occupation",
    "programme_code": "programme",
    "industry_code": "industry",
    "region_code": "region",
}
SIDE_WORDS = {Side.NEED: gettext_lazy("Need"), Side.OFFER: gettext_lazy("Offer")}
LIST_WORDS = {Side.NEED: gettext_lazy("Needs"), Side.OFFER: gettext_lazy("Offers")}
ABOUT_KINDS = {
    Kind.POST: gettext_lazy("Employment, internship, apprenticeship, order class"),
    Kind.TECHNICAL_PROBLEM: gettext_lazy("A problem to be solved, or a result that solves one"),
    Kind.TRAINING: gettext_lazy("Courses for staff, certificates"),
    Kind.EQUIPMENT: gettext_lazy("Machines, laboratories, training bases and their hours"),
    Kind.EXPERT: gettext_lazy("Teachers into enterprises, experts into colleges, advice"),
    Kind.PRODUCT: gettext_lazy("Goods and services to buy or to supply"),
}
CHUNK = 500
Names = Mapping[tuple[str, str], str]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its name, as a line of facts shows it."""

    code: str
    name: str
    system: str

    def __str__(self) -> str:
        return f"{self.name} {self.code}".strip()

    def __html__(self) -> str:
        # A code is never broken at the end of a line.
        return format_html('{} <span class="name">{}</span>', self.name, self.code)


def kind_words(kind: str) -> str:
    """The kind's name."""
    return _(KIND_WORDS[Kind(kind)])


def state_words(state: str, close_reason: str = "") -> str:
    """The state's name; of a concluded listing, whether it was carried out."""
    if state == ListingState.CLOSED and close_reason:
        done = close_reason in (CloseReason.FULFILLED, CloseReason.ELSEWHERE)
        return _("Carried out") if done else _("Terminated")
    return str(ListingState(state).label)


def level_words(level: str) -> str:
    """The education level's name, empty for none."""
    return str(EducationLevel(level).label) if level else ""


FURTHER_UNITS = {"元": "yuan", "元/月": "yuan a month", "天": "days", "学时": "hours", "个": "places"}
"""English words of units that forms do not offer, but agreements ask for."""


def unit_words(unit: str) -> str:
    """The unit as it was written; its English word for those who read English, where we know one."""
    return (UNIT_WORDS | FURTHER_UNITS).get(unit, unit) if get_language() == "en" else unit


def quantity_words(quantity: int, unit: str) -> str:
    """A number with its unit: 12人, 12 people."""
    return _("%(quantity)s %(unit)s") % {"quantity": quantity, "unit": noun_of(quantity, unit_words(unit))}


def value_words(field: Field, value: Typed) -> str:
    """The value of a typed field with its unit."""
    if field.value is Value.BOOLEAN:
        return _("Yes") if value else _("No")
    if field.value is Value.CHOICE:
        return _(field.choices.get(str(value), str(value)))
    if not isinstance(value, int | float):
        return str(value)
    number, unit = told_in(value, field.unit, _)
    if not unit:
        return f"{number:,}"
    return _("%(quantity)s %(unit)s") % {"quantity": f"{number:,}", "unit": noun_of(number, unit)}


def particulars(side: Side, kind: str, values: Mapping[str, Typed]) -> list[tuple[str, str]]:
    """(label, words) of the typed fields that are filled in."""
    return [
        (_(field.label), value_words(field, values[field.name]))
        for field in fields_of(side, kind)
        if field.name in values
    ]


def names_for(actor: Actor, rows: Iterable[ListingRow]) -> Names:
    """The names of all codes of some rows, with one query; an undergraduate major counts as a programme."""
    pairs = {(system, str(getattr(row, column))) for row in rows for column, system in CODE_COLUMNS.items()}
    pairs |= {("major", code) for system, code in pairs if system == "programme"}
    found = names_of(actor, [pair for pair in pairs if pair[1]])
    return found | {("programme", code): name for (system, code), name in found.items() if system == "major"}


def codes_of(row: ListingRow, names: Names) -> dict[str, Named]:
    """Column → named code, for the codes that the row has."""
    return {
        column: Named(code, names.get((system, code), ""), system)
        for column, system in CODE_COLUMNS.items()
        if (code := str(getattr(row, column)))
    }


def chunked(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in pieces, so that names can be looked up for many at once."""
    walk = iter(rows)
    while piece := list(islice(walk, CHUNK)):
        yield piece
