"""Rules over needs and offers: what a valid one is, and who may do what in which state. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from chanjiao.apps.exchange.kinds import Field, Kind, Side, Value, fields_of
from chanjiao.engines.errors import ChanjiaoError

Typed = str | int | float | bool
Errors = Iterator[ChanjiaoError]

OPEN_FOR = timedelta(days=90)
"""How long a listing stays open unless its writer says otherwise."""
LONGEST_OPEN = timedelta(days=366)
MOST_SKILLS = 20
LONGEST_SKILL = 40
MOST_PARTNERS = 5
LONGEST_VALUE = 300
MOST_QUANTITY = 1_000_000
LENGTHS = {"title": 80, "summary": 500, "detail": 4000, "unit": 20, "contact_name": 60, "contact_phone": 40}
LEVELS = ("secondary", "associate", "bachelor", "master")

_PHONE = re.compile(r"[0-9 ()+\-－—转,]{5,40}")
_TRUE = frozenset({"true", "1", "yes", "on", "是"})
_FALSE = frozenset({"false", "0", "no", "off", "否"})
_LOW_HIGH = (("pay_low", "pay_high"),)


class Deed(StrEnum):
    """What can be done to a listing."""

    EDIT = "edit"
    SUBMIT = "submit"
    REVIEW = "review"
    CLOSE = "close"
    RENEW = "renew"


# States are the values of models.ListingState.
_FROM: dict[Deed, frozenset[str]] = {
    Deed.EDIT: frozenset({"draft", "submitted", "open"}),
    Deed.SUBMIT: frozenset({"draft"}),
    Deed.REVIEW: frozenset({"submitted"}),
    Deed.CLOSE: frozenset({"draft", "submitted", "open", "matched", "expired"}),
    Deed.RENEW: frozenset({"open", "expired"}),
}


@dataclass(frozen=True, slots=True)
class Content:
    """All that the writer of a listing fills in; `fields` holds the typed fields as they came."""

    title: str = ""
    summary: str = ""
    detail: str = ""
    occupation_code: str = ""
    programme_code: str = ""
    industry_code: str = ""
    region_code: str = ""
    education_level: str = ""
    quantity: int = 1
    unit: str = ""
    skills: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    fields: tuple[tuple[str, object], ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    expires_on: date | None = None
    contact_name: str = ""
    contact_phone: str = ""


def deeds(state: str, *, owns: bool, runs: bool) -> frozenset[Deed]:
    """What somebody may do to a listing in `state`: its owner all but review, the secretariat everything.

    >>> sorted(deeds("submitted", owns=True, runs=False))
    [<Deed.CLOSE: 'close'>, <Deed.EDIT: 'edit'>]
    """
    possible = {deed for deed, states in _FROM.items() if state in states}
    if runs:
        return frozenset(possible)
    return frozenset(possible - {Deed.REVIEW}) if owns else frozenset()


def is_possible(deed: Deed, state: str) -> bool:
    """Whether the state allows the deed, whoever does it."""
    return state in _FROM[deed]


def asks_for_review(before: Content, after: Content) -> bool:
    """Whether an edit of an open listing changes what the public reads, so that it must be reviewed again."""
    return (before.title, before.summary, dict(before.fields)) != (after.title, after.summary, dict(after.fields))


def faults(side: Side, kind: Kind, content: Content, *, today: date, complete: bool) -> list[ChanjiaoError]:
    """Everything wrong with the content, each fault at its field; a draft need not be complete."""
    return [
        *_text_faults(content, complete),
        *_number_faults(content),
        *_skill_faults(content.skills),
        *_partner_faults(content.partners),
        *_date_faults(content, today, complete),
        *read_fields(side, kind, dict(content.fields), complete=complete)[1],
    ]


def read_fields(
    side: Side, kind: Kind, given: Mapping[str, object], *, complete: bool = False
) -> tuple[dict[str, Typed], list[ChanjiaoError]]:
    """The typed fields as values, and what is wrong with them; what was left empty is absent.

    >>> values, errors = read_fields(Side.NEED, Kind.POST, {"engagement": "internship", "pay_low": "4500"})
    >>> values, errors
    ({'engagement': 'internship', 'pay_low': 4500}, [])
    """
    known = {field.name: field for field in fields_of(side, kind)}
    errors = [ChanjiaoError("listing.unknown_field", field=name, name=name) for name in given if name not in known]
    values: dict[str, Typed] = {}
    for name, field in known.items():
        try:
            value = _typed(field, given.get(name))
        except ChanjiaoError as error:
            errors.append(error)
            continue
        if value is not None:
            values[name] = value
        elif field.required and complete:
            errors.append(ChanjiaoError("listing.required", field=name))
    return values, [*errors, *_order_faults(values)]


def amount_of(need: tuple[int, str], offer: tuple[int, str]) -> tuple[int, int]:
    """How much of what is left (number, unit) a match takes on either side.

    The smaller number where both count in the same unit or one names none; units that differ cannot be compared, so
    that the match then takes all of both.

    >>> amount_of((12, "人"), (30, "人")), amount_of((3, "吨"), (40, "件"))
    ((12, 12), (3, 40))
    """
    (wanted, need_unit), (given, offer_unit) = need, offer
    if need_unit and offer_unit and need_unit != offer_unit:
        return wanted, given
    return min(wanted, given), min(wanted, given)


def _text_faults(content: Content, complete: bool) -> Errors:
    for name, limit in LENGTHS.items():
        if len(getattr(content, name)) > limit:
            yield ChanjiaoError("listing.too_long", field=name, limit=limit)
    if not content.title:
        yield ChanjiaoError("listing.required", field="title")
    if complete and not content.summary:
        yield ChanjiaoError("listing.required", field="summary")
    if content.contact_phone and not _PHONE.fullmatch(content.contact_phone):
        yield ChanjiaoError("listing.bad_phone", field="contact_phone")
    if content.education_level and content.education_level not in LEVELS:
        yield ChanjiaoError("listing.bad_choice", field="education_level", value=content.education_level)


def _number_faults(content: Content) -> Errors:
    if not 1 <= content.quantity <= MOST_QUANTITY:
        yield ChanjiaoError("listing.out_of_bounds", field="quantity", low=1, high=MOST_QUANTITY)


def _skill_faults(skills: tuple[str, ...]) -> Errors:
    if len(skills) > MOST_SKILLS:
        yield ChanjiaoError("listing.too_many_skills", field="skills", limit=MOST_SKILLS)
    if any(len(skill) > LONGEST_SKILL for skill in skills):
        yield ChanjiaoError("listing.too_long", field="skills", limit=LONGEST_SKILL)


def _partner_faults(partners: tuple[str, ...]) -> Errors:
    if len(partners) > MOST_PARTNERS:
        yield ChanjiaoError("listing.too_many_partners", field="partners", limit=MOST_PARTNERS)


def _date_faults(content: Content, today: date, complete: bool) -> Errors:
    if content.starts_on and content.ends_on and content.ends_on < content.starts_on:
        yield ChanjiaoError("listing.ends_before_start", field="ends_on")
    if complete and content.ends_on and content.ends_on < today:
        yield ChanjiaoError("listing.past", field="ends_on")
    yield from expiry_faults(content.expires_on, today if complete else None)


def expiry_faults(expires_on: date | None, today: date | None) -> Errors:
    """What is wrong with the day until which a listing shall stay open, counted from `today`."""
    if expires_on is None or today is None:
        return
    if expires_on < today:
        yield ChanjiaoError("listing.past", field="expires_on")
    elif expires_on > today + LONGEST_OPEN:
        yield ChanjiaoError("listing.open_too_long", field="expires_on", days=LONGEST_OPEN.days)


def _order_faults(values: Mapping[str, Typed]) -> Errors:
    for low, high in _LOW_HIGH:
        if low in values and high in values and float(values[low]) > float(values[high]):
            yield ChanjiaoError("listing.range_reversed", field=high)


def _typed(field: Field, given: object) -> Typed | None:
    text = "" if given is None else str(given).strip()
    if not text:
        return None
    match field.value:
        case Value.BOOLEAN:
            return _boolean(field, text.lower())
        case Value.CHOICE:
            return _choice(field, text)
        case Value.INTEGER | Value.MONEY:
            return _number(field, text)
    if len(text) > LONGEST_VALUE:
        raise ChanjiaoError("listing.too_long", field=field.name, limit=LONGEST_VALUE)
    return text


def _boolean(field: Field, text: str) -> bool:
    if text not in _TRUE | _FALSE:
        raise ChanjiaoError("listing.bad_choice", field=field.name, value=text)
    return text in _TRUE


def _choice(field: Field, text: str) -> str:
    if text not in field.choices:
        raise ChanjiaoError("listing.bad_choice", field=field.name, value=text)
    return text


def _number(field: Field, text: str) -> int | float:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise ChanjiaoError("listing.not_a_number", field=field.name, value=text) from None
    if not number.is_finite() or not field.low <= number <= field.high:
        raise ChanjiaoError("listing.out_of_bounds", field=field.name, low=field.low, high=field.high)
    if number == number.to_integral_value():
        return int(number)
    if field.value is Value.INTEGER or number != round(number, 2):
        raise ChanjiaoError("listing.not_whole" if field.value is Value.INTEGER else "listing.cents", field=field.name)
    return float(number)
