"""The six kinds of need and offer, and the typed fields of each side.

Field names follow the national data standard for vocational colleges where it has the field
(访企拓岗, 技术需求, 实训基地); every listing shares the columns of `models.Listing` besides these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from chanjiao.engines.words import N_


class Side(StrEnum):
    """Who writes a listing: somebody who needs, or somebody who offers."""

    NEED = "need"
    OFFER = "offer"


class Kind(StrEnum):
    """What is needed or offered."""

    POST = "post"
    TECHNICAL_PROBLEM = "technical_problem"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    EXPERT = "expert"
    PRODUCT = "product"


KIND_WORDS = {
    Kind.POST: N_("Post or apprenticeship"),
    Kind.TECHNICAL_PROBLEM: N_("Technical problem"),
    Kind.TRAINING: N_("Training"),
    Kind.EQUIPMENT: N_("Equipment or base"),
    Kind.EXPERT: N_("Expert or teacher exchange"),
    Kind.PRODUCT: N_("Product"),
}


class Value(StrEnum):
    """The type of a field's value: text, whole number, money, yes or no, one choice."""

    TEXT = "text"
    INTEGER = "integer"
    MONEY = "money"
    BOOLEAN = "boolean"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One typed field of a kind: its name in storage and files, label, type, unit, permitted choices and bounds.

    A confidential field is shown, and matched on, no more than the confidential particulars are.
    """

    name: str
    label: str
    value: Value = Value.TEXT
    required: bool = False
    unit: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    low: int = 0
    high: int = 1_000_000
    confidential: bool = False


YUAN_MONTH = N_("yuan a month")
YUAN = N_("yuan")
TEN_THOUSAND_YUAN = N_("10,000 yuan")


def told_in(value: float, unit: str, say: Callable[[str], str]) -> tuple[float, str]:
    """A sum and its unit in the reader's language: English has no word for 万 and counts in yuan.

    >>> told_in(45, TEN_THOUSAND_YUAN, str), told_in(45, TEN_THOUSAND_YUAN, lambda words: "万元")
    ((450000, 'yuan'), (45, '万元'))
    """
    if unit == TEN_THOUSAND_YUAN and say(unit) == unit:
        return value * 10_000, YUAN
    return value, say(unit)


ENGAGEMENT = Field(
    "engagement",
    N_("Engagement"),
    Value.CHOICE,
    required=True,
    choices={
        "employment": N_("Employment"),
        "internship": N_("Internship"),
        "apprenticeship": N_("Apprenticeship"),
        "order_class": N_("Order class"),
    },
)
COOPERATION_MODE = Field(
    "cooperation_mode",
    N_("Form of contract"),
    Value.CHOICE,
    choices={
        "development": N_("Development"),
        "transfer": N_("Transfer"),
        "licence": N_("Licence"),
        "consulting": N_("Consulting"),
        "service": N_("Service"),
    },
)
RESEARCH_TYPE = Field(
    "research_type",
    N_("Type of research"),
    Value.CHOICE,
    choices={
        "basic": N_("Basic research"),
        "applied": N_("Applied research"),
        "development": N_("Experimental development"),
    },
)
TRAINING_MODE = Field(
    "mode",
    N_("Mode"),
    Value.CHOICE,
    choices={"onsite": N_("On site"), "online": N_("Online"), "blended": N_("Blended")},
)
DIRECTION = Field(
    "direction",
    N_("Direction"),
    Value.CHOICE,
    required=True,
    choices={
        "teacher_to_firm": N_("Teacher to enterprise"),
        "expert_to_school": N_("Enterprise expert to college"),
        "consulting": N_("Expert consulting"),
    },
)
MONTHS = Field("months", N_("Length"), Value.INTEGER, unit=N_("months"), low=1, high=60)
HOURS = Field("hours", N_("Hours"), Value.INTEGER, unit=N_("hours"), low=1, high=10_000)
HOURS_WEEK = Field("hours_week", N_("Hours a week"), Value.INTEGER, unit=N_("hours"), low=1, high=168)
DAYS_MONTH = Field("days_month", N_("Days a month"), Value.INTEGER, unit=N_("days"), low=1, high=31)

# The columns of every listing (models.Listing) already hold: title, summary, detail, quantity, codes, region,
# education level, dates and skills. Only what differs by kind stands here.
FIELDS: dict[tuple[Side, Kind], tuple[Field, ...]] = {
    (Side.NEED, Kind.POST): (
        ENGAGEMENT,
        Field("pay_low", N_("Pay from"), Value.MONEY, unit=YUAN_MONTH),
        Field("pay_high", N_("Pay up to"), Value.MONEY, unit=YUAN_MONTH),
        Field("shift", N_("Shift work"), Value.BOOLEAN),
        Field("lodging", N_("Lodging provided"), Value.BOOLEAN),
        MONTHS,
    ),
    (Side.OFFER, Kind.POST): (
        ENGAGEMENT,
        Field("pay_expected", N_("Pay expected"), Value.MONEY, unit=YUAN_MONTH),
        MONTHS,
        Field("teacher", N_("Teacher in charge"), confidential=True),
    ),
    (Side.NEED, Kind.TECHNICAL_PROBLEM): (
        Field("budget", N_("Planned investment"), Value.MONEY, unit=TEN_THOUSAND_YUAN),
        COOPERATION_MODE,
        RESEARCH_TYPE,
        Field("technical_field", N_("Technical field")),
        Field("target", N_("Figures to be reached")),
    ),
    (Side.OFFER, Kind.TECHNICAL_PROBLEM): (
        Field("price", N_("Price"), Value.MONEY, unit=TEN_THOUSAND_YUAN),
        COOPERATION_MODE,
        RESEARCH_TYPE,
        Field("technical_field", N_("Technical field")),
        Field("maturity", N_("Technology readiness level (1–9)"), Value.INTEGER, low=1, high=9),
        Field("achievement", N_("Result reached so far")),
    ),
    (Side.NEED, Kind.TRAINING): (
        Field("trainees", N_("Who is to be trained"), required=True),
        HOURS,
        TRAINING_MODE,
        Field("certificate", N_("Certificate wanted")),
    ),
    (Side.OFFER, Kind.TRAINING): (
        HOURS,
        TRAINING_MODE,
        Field("certificate", N_("Certificate given")),
        Field("price", N_("Price a person"), Value.MONEY, unit=N_("yuan")),
    ),
    (Side.NEED, Kind.EQUIPMENT): (
        Field("equipment", N_("Equipment"), required=True),
        HOURS_WEEK,
        Field("purpose", N_("Purpose")),
    ),
    (Side.OFFER, Kind.EQUIPMENT): (
        Field("equipment", N_("Equipment"), required=True),
        HOURS_WEEK,
        Field("price_hour", N_("Price an hour"), Value.MONEY, unit=N_("yuan")),
        Field("licence", N_("Licence needed to operate it")),
    ),
    (Side.NEED, Kind.EXPERT): (
        DIRECTION,
        Field("rank", N_("Professional title wanted")),
        DAYS_MONTH,
        Field("fee", N_("Fee"), Value.MONEY, unit=YUAN_MONTH),
    ),
    (Side.OFFER, Kind.EXPERT): (
        DIRECTION,
        Field("rank", N_("Professional title held")),
        DAYS_MONTH,
        Field("fee", N_("Fee"), Value.MONEY, unit=YUAN_MONTH),
    ),
    (Side.NEED, Kind.PRODUCT): (
        Field("specification", N_("Specification"), required=True),
        Field("annual_volume", N_("Volume a year")),
        Field("price_limit", N_("Highest price"), Value.MONEY, unit=N_("yuan"), confidential=True),
    ),
    (Side.OFFER, Kind.PRODUCT): (
        Field("specification", N_("Specification"), required=True),
        Field("annual_volume", N_("Volume a year")),
        Field("price", N_("Price"), Value.MONEY, unit=N_("yuan")),
        Field("standard", N_("Standard met")),
    ),
}

# Units are stored as people write them, in Chinese; these are offered first and have English words.
UNIT_WORDS = {
    "人": "people",
    "人次": "attendances",
    "项": "items",
    "台": "machines",
    "套": "sets",
    "个工位": "workplaces",
    "件": "pieces",
    "吨": "tonnes",
}
DEFAULT_UNITS = {
    Kind.POST: "人",
    Kind.TECHNICAL_PROBLEM: "项",
    Kind.TRAINING: "人",
    Kind.EQUIPMENT: "台",
    Kind.EXPERT: "人",
    Kind.PRODUCT: "件",
}


@cache
def fields_of(side: str, kind: str) -> tuple[Field, ...]:
    """The typed fields of one side of a kind, in the order of the form; none for an unknown kind."""
    return FIELDS[Side(side), Kind(kind)] if kind in set(Kind) else ()
