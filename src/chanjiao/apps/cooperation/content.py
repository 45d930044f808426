"""What the writer of an agreement fills in, and what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from chanjiao.engines.errors import ChanjiaoError

if TYPE_CHECKING:
    from chanjiao.apps.cooperation.kinds import AgreementField, AgreementKind, Clause

Typed = str | int | float | bool
Errors = Iterator[ChanjiaoError]

LONGEST_TERM = timedelta(days=366 * 20)
LENGTHS = {"title": 120, "rights": 2000, "duties": 2000, "heading": 60, "text": 5000}
LONGEST_VALUE = 300
MOST_CLAUSES = 40
MOST_PARTIES = 8
MOST_MONEY = Decimal(10) ** 12
_TRUE = frozenset({"true", "1", "yes", "on", "是"})
_FALSE = frozenset({"false", "0", "no", "off", "否"})


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """One party as its writer states it; an organisation, or a student by account."""

    role: str
    organisation_id: int | None = None
    user_id: int | None = None
    rights: str = ""
    duties: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that the writer of an agreement fills in; `fields` holds the particulars as they came."""

    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = None
    fields: tuple[tuple[str, object], ...] = ()
    parties: tuple[PartyFacts, ...] = ()
    clauses: tuple[Clause, ...] = ()
    overlap_meant: bool = False
    shares_money: bool = False


def faults(kind: AgreementKind, content: Content, *, today: date, complete: bool) -> list[ChanjiaoError]:
    """Everything wrong with the content, each fault at its field; a draft need not be complete."""
    return [
        *_title_faults(content, complete),
        *_term_faults(content, today, complete),
        *_party_faults(kind, content, complete),
        *_clause_faults(kind, content.clauses, complete),
        *_amount_faults(content.amount),
        *read_fields(kind, dict(content.fields), complete=complete)[1],
    ]


def read_fields(
    kind: AgreementKind, given: Mapping[str, object], *, complete: bool = False
) -> tuple[dict[str, Typed], list[ChanjiaoError]]:
    """The particulars as values, and what is wrong with them; what was left empty is absent."""
    known = {one.name for one in kind.fields}
    errors = [ChanjiaoError("listing.unknown_field", field=name, name=name) for name in given if name not in known]
    values: dict[str, Typed] = {}
    for one in kind.fields:
        try:
            value = _typed(one, given.get(one.name))
        except ChanjiaoError as error:
            errors.append(error)
            continue
        if value is not None:
            values[one.name] = value
        elif one.required and complete:
            errors.append(ChanjiaoError("listing.required", field=one.name))
    return values, errors


def _title_faults(content: Content, complete: bool) -> Errors:
    if not content.title and complete:
        yield ChanjiaoError("listing.required", field="title")
    if len(content.title) > LENGTHS["title"]:
        yield ChanjiaoError("listing.too_long", field="title", limit=LENGTHS["title"])


def _term_faults(content: Content, today: date, complete: bool) -> Errors:
    starts, ends = content.starts_on, content.ends_on
    if complete:
        for name, day in (("starts_on", starts), ("ends_on", ends)):
            if day is None:
                yield ChanjiaoError("listing.required", field=name)
    if starts and ends and ends < starts:
        yield ChanjiaoError("term.reversed", field="ends_on")
    elif ends and ends < today:
        yield ChanjiaoError("listing.past", field="ends_on")
    elif starts and ends and ends - starts > LONGEST_TERM:
        yield ChanjiaoError("agreement.term_too_long", field="ends_on", years=LONGEST_TERM.days // 366)


def _party_faults(kind: AgreementKind, content: Content, complete: bool) -> Errors:
    parties = content.parties
    if len(parties) > MOST_PARTIES:
        yield ChanjiaoError("agreement.too_many_parties", field="parties", limit=MOST_PARTIES)
    who = [(party.organisation_id, party.user_id) for party in parties]
    if len(set(who)) < len(who):
        yield ChanjiaoError("agreement.party_twice", field="parties")
    roles = {party.role for party in parties}
    if complete:
        for group in kind.parties:
            if not roles & group:
                yield ChanjiaoError("agreement.party_missing", field="parties", roles="/".join(sorted(group)))
    for party in parties:
        for name in ("rights", "duties"):
            if len(getattr(party, name)) > LENGTHS[name]:
                yield ChanjiaoError("listing.too_long", field=name, limit=LENGTHS[name])


def _clause_faults(kind: AgreementKind, clauses: tuple[Clause, ...], complete: bool) -> Errors:
    if len(clauses) > MOST_CLAUSES:
        yield ChanjiaoError("agreement.too_many_clauses", field="clauses", limit=MOST_CLAUSES)
    for clause in clauses:
        for name in ("heading", "text"):
            if len(getattr(clause, name)) > LENGTHS[name]:
                yield ChanjiaoError("listing.too_long", field="clauses", limit=LENGTHS[name])
    written = {clause.code for clause in clauses if clause.text}
    for clause in kind.clauses:
        if complete and clause.required and clause.code not in written:
            yield ChanjiaoError("agreement.clause_missing", field="clauses", heading=clause.heading)


def _amount_faults(amount: Decimal | None) -> Errors:
    if amount is None:
        return
    if not (amount.is_finite() and 0 <= amount < MOST_MONEY):
        yield ChanjiaoError("listing.out_of_bounds", field="amount", low=0, high=int(MOST_MONEY))
    elif -int(amount.as_tuple().exponent) > 2:
        yield ChanjiaoError("listing.cents", field="amount")


def _typed(one: AgreementField, given: object) -> Typed | None:
    text = "" if given is None else str(given).strip()
    if not text:
        return None
    match one.value:
        case "boolean":
            return _boolean(one.name, text.lower())
        case "choice":
            if text not in one.choices:
                raise ChanjiaoError("listing.bad_choice", field=one.name, value=text)
        case "date":
            return _day(one.name, text)
        case "integer" | "money" | "percent":
            return _number(one, text)
    if len(text) > LONGEST_VALUE:
        raise ChanjiaoError("listing.too_long", field=one.name, limit=LONGEST_VALUE)
    return text


def _boolean(name: str, text: str) -> bool:
    if text not in _TRUE | _FALSE:
        raise ChanjiaoError("listing.bad_choice", field=name, value=text)
    return text in _TRUE


def _day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ChanjiaoError("agreement.not_a_day", field=name, value=text[:40]) from None


def _number(one: AgreementField, text: str) -> int | float:
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise ChanjiaoError("listing.not_a_number", field=one.name, value=text[:40]) from None
    high = Decimal(100) if one.value == "percent" else MOST_MONEY
    if not (value.is_finite() and 0 <= value <= high):
        raise ChanjiaoError("listing.out_of_bounds", field=one.name, low=0, high=int(high))
    if value == value.to_integral_value():
        return int(value)
    if one.value == "integer":
        raise ChanjiaoError("listing.not_whole", field=one.name)
    if -int(value.as_tuple().exponent) > 2:
        raise ChanjiaoError("listing.cents", field=one.name)
    return float(value)
