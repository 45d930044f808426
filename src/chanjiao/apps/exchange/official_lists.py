"""The lists that departments ask for: three of the construction standard, and the four of regional practice.

教职成厅函〔2024〕20号 keeps 核心产品清单, 技术需求清单 and 人才需求清单; regions publish 需求, 能力, 成果 and 人才.
What a list holds and which columns it has stands here; all of it is public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.engines.words import N_

Row = Mapping[str, object]


class ListCode(StrEnum):
    """The lists, the three first."""

    PRODUCTS = "products"
    TECHNICAL_NEEDS = "technical_needs"
    TALENT_NEEDS = "talent_needs"
    NEEDS = "needs"
    ABILITIES = "abilities"
    RESULTS = "results"
    TALENTS = "talents"


THREE = (ListCode.PRODUCTS, ListCode.TECHNICAL_NEEDS, ListCode.TALENT_NEEDS)
FOUR = (ListCode.NEEDS, ListCode.ABILITIES, ListCode.RESULTS, ListCode.TALENTS)


@dataclass(frozen=True, slots=True)
class OfficialList:
    """What a list is called, what stands in it, and its columns: keys of a row, in order."""

    title: str
    holds: tuple[tuple[Side, Kind], ...]
    columns: tuple[str, ...]


_OWNER = ("number", "title", "organisation", "credit_code")
_REST = ("industry", "region", "expires_on")
_GENERAL = (*_OWNER, "kind", "summary", "skills", "quantity", "unit", *_REST)

LISTS: dict[ListCode, OfficialList] = {
    ListCode.PRODUCTS: OfficialList(
        N_("Core products"),
        ((Side.OFFER, Kind.PRODUCT),),
        (*_OWNER, "summary", "specification", "annual_volume", "standard", *_REST),
    ),
    ListCode.TECHNICAL_NEEDS: OfficialList(
        N_("Technical needs"),
        ((Side.NEED, Kind.TECHNICAL_PROBLEM),),
        (
            *_OWNER,
            "summary",
            "skills",
            "budget",
            "cooperation_mode",
            "research_type",
            "technical_field",
            "target",
            *_REST,
        ),
    ),
    ListCode.TALENT_NEEDS: OfficialList(
        N_("Talent needs"),
        ((Side.NEED, Kind.POST),),
        (
            *_OWNER,
            "occupation",
            "programme",
            "education_level",
            "quantity",
            "engagement",
            "pay_low",
            "pay_high",
            "skills",
            "starts_on",
            *_REST,
        ),
    ),
    ListCode.NEEDS: OfficialList(N_("List of needs"), tuple((Side.NEED, kind) for kind in Kind), _GENERAL),
    ListCode.ABILITIES: OfficialList(
        N_("Abilities"),
        ((Side.OFFER, Kind.TRAINING), (Side.OFFER, Kind.EQUIPMENT), (Side.OFFER, Kind.EXPERT)),
        _GENERAL,
    ),
    ListCode.RESULTS: OfficialList(
        N_("Results"),
        ((Side.OFFER, Kind.TECHNICAL_PROBLEM),),
        (*_OWNER, "summary", "skills", "maturity", "cooperation_mode", "price", "technical_field", *_REST),
    ),
    ListCode.TALENTS: OfficialList(
        N_("Talents"),
        ((Side.OFFER, Kind.POST),),
        (*_OWNER, "occupation", "programme", "education_level", "quantity", "engagement", "skills", *_REST),
    ),
}

COLUMN_WORDS = {
    "number": N_("Number"),
    "title": N_("Title"),
    "organisation": N_("Organisation"),
    "credit_code": N_("Unified social credit code"),
    "kind": N_("Kind"),
    "summary": N_("Public summary"),
    "skills": N_("Skills"),
    "quantity": N_("Quantity"),
    "unit": N_("Unit"),
    "industry": N_("Industry"),
    "region": N_("Place"),
    "occupation": N_("Occupation"),
    "programme": N_("Programme"),
    "education_level": N_("Education"),
    "starts_on": N_("From"),
    "expires_on": N_("Open until"),
}
"""Columns that every kind has; the others are fields of the kind and bear their field's label."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from the list before: numbers of rows, and the rows that are gone."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def change_between(before: Sequence[Row], after: Sequence[Row]) -> Change:
    """What changed between two editions of a list, told by the numbers of their rows.

    >>> change_between([{"number": "1", "title": "a"}, {"number": "2"}], [{"number": "1", "title": "b"}])
    Change(added=(), changed=('1',), removed=('2',))
    """
    old, new = ({str(row["number"]): row for row in rows} for rows in (before, after))
    return Change(
        added=tuple(number for number in new if number not in old),
        changed=tuple(number for number, row in new.items() if number in old and row != old[number]),
        removed=tuple(number for number in old if number not in new),
    )
