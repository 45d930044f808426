"""Rules over challenges and transfer contracts: stages, who may do what, what is wrong with what came. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from chanjiao.engines.errors import ChanjiaoError

Errors = Iterator[ChanjiaoError]

CONTRACT_KINDS = {
    "development": "transfer_development",
    "transfer": "transfer_assignment",
    "licence": "transfer_licence",
    "consulting": "transfer_consulting",
    "service": "transfer_service",
}
"""The five types of technology contract → the kind of agreement."""
MOST_MONEY = Decimal(10) ** 12
MOST_MONTHS = 120
LONGEST_CALL = timedelta(days=366)
LENGTHS = {"criteria": 2000, "approach": 4000, "team": 1000, "note": 500, "number": 40, "office": 120, "place": 200}
LENGTHS |= {"effect": 1000}


class Stage(StrEnum):
    """Where a challenge stands: its stored state, told apart by its answers and its contract."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ANSWERED = "answered"
    CHOSEN = "chosen"
    CONTRACTED = "contracted"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class Deed(StrEnum):
    """What can be done to a challenge."""

    EDIT = "edit"
    PUBLISH = "publish"
    ANSWER = "answer"
    TAKE_BACK = "take_back"
    CHOOSE = "choose"
    CONTRACT = "contract"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    FAIL = "fail"


_BY_OWNER = {
    Stage.DRAFT: {Deed.EDIT, Deed.PUBLISH, Deed.WITHDRAW},
    Stage.PUBLISHED: {Deed.WITHDRAW, Deed.FAIL},
    Stage.ANSWERED: {Deed.CHOOSE, Deed.WITHDRAW, Deed.FAIL},
    Stage.CHOSEN: {Deed.CONTRACT, Deed.FAIL},
    Stage.CONTRACTED: {Deed.ACCEPT, Deed.FAIL},
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the challenge stands for one reader: what they are to it, and whether a contract is being written."""

    stage: Stage
    owns: bool = False
    has_answered: bool = False
    is_chosen: bool = False
    may_answer: bool = False
    contract_pending: bool = False


def deeds(standing: Standing) -> frozenset[Deed]:
    """What somebody may do now: the owner leads, others answer while answers are taken, both write the contract.

    >>> sorted(deeds(Standing(Stage.ANSWERED, may_answer=True)))
    [<Deed.ANSWER: 'answer'>]
    """
    found = set(_BY_OWNER.get(standing.stage, ())) if standing.owns else set()
    if standing.stage in (Stage.PUBLISHED, Stage.ANSWERED):
        if standing.may_answer and not standing.has_answered:
            found.add(Deed.ANSWER)
        if standing.has_answered:
            found.add(Deed.TAKE_BACK)
    if standing.stage is Stage.CHOSEN and standing.is_chosen:
        found.add(Deed.CONTRACT)
    if standing.contract_pending:
        found.discard(Deed.CONTRACT)
    return frozenset(found)


def challenge_faults(bounty: Decimal | None, criteria: str, until: date | None, *, today: date) -> list[ChanjiaoError]:
    """Everything wrong with what the owner of a challenge filled in."""
    errors = [*_money_faults("bounty", bounty), *_text_faults(criteria=criteria)]
    if until is None:
        errors.append(ChanjiaoError("listing.required", field="answers_until"))
    elif until < today:
        errors.append(ChanjiaoError("listing.past", field="answers_until"))
    elif until - today > LONGEST_CALL:
        errors.append(ChanjiaoError("challenge.too_far", field="answers_until"))
    return errors


def answer_faults(approach: str, price: Decimal | None, months: int | None, team: str) -> list[ChanjiaoError]:
    """Everything wrong with an answer."""
    errors = [*_text_faults(approach=approach, team=team), *_money_faults("price", price)]
    if months is None:
        errors.append(ChanjiaoError("listing.required", field="months"))
    elif not 1 <= months <= MOST_MONTHS:
        errors.append(ChanjiaoError("listing.out_of_bounds", field="months", low=1, high=MOST_MONTHS))
    return errors


def registration_faults(
    number: str, office: str, registered_on: date | None, *, signed_on: date, today: date
) -> list[ChanjiaoError]:
    """Everything wrong with a registration: its day lies between the contract's signature and today."""
    return [
        *_text_faults(number=number, office=office),
        *_day_faults("registered_on", registered_on, signed_on, today),
    ]


def first_use_faults(
    used_on: date | None, place: str, effect: str, *, signed_on: date, today: date
) -> list[ChanjiaoError]:
    """Everything wrong with a first use: its day lies between the contract's signature and today."""
    return [*_day_faults("used_on", used_on, signed_on, today), *_text_faults(place=place, effect=effect)]


def _day_faults(field: str, day: date | None, first: date, last: date) -> Errors:
    if day is None:
        yield ChanjiaoError("listing.required", field=field)
    elif not first <= day <= last:
        yield ChanjiaoError("contract.outside", field=field, first=first, last=last)


def _text_faults(**texts: str) -> Errors:
    for field, text in texts.items():
        if not text:
            yield ChanjiaoError("listing.required", field=field)
        elif len(text) > LENGTHS[field]:
            yield ChanjiaoError("listing.too_long", field=field, limit=LENGTHS[field])


def _money_faults(field: str, value: Decimal | None) -> Errors:
    if value is None or not value.is_finite() or not 0 < value < MOST_MONEY:
        yield ChanjiaoError("listing.out_of_bounds", field=field, low="0.01", high=int(MOST_MONEY))
    elif -int(value.as_tuple().exponent) > 2:
        yield ChanjiaoError("listing.cents", field=field)
