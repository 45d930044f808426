"""Rules over dossiers: states, who may do what, what is missing, what is wrong with what came. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chanjiao.engines.errors import ChanjiaoError

Errors = Iterator[ChanjiaoError]

MOST_SEATS = 20_000
MOST_EVIDENCE = 200
LENGTHS = {
    "case": 4000,
    "chain": 80,
    "words": 2000,
    "note": 1000,
    "resolution": 120,
    "title": 120,
    "effect_words": 2000,
}
OPINION_SIDES = ("college", "committee", "firms")
"""Whose opinions a dossier gathers."""


class State(StrEnum):
    """Where a dossier stands."""

    DRAFT = "draft"
    COMPLETE = "complete"
    OPINIONS = "opinions"
    READY = "ready"
    DECIDED = "decided"
    CARRIED_OUT = "carried_out"
    MEASURED = "measured"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What can be done to a dossier."""

    EDIT = "edit"
    CITE = "cite"
    COMPLETE = "complete"
    ASK = "ask"
    OPINE = "opine"
    READY = "ready"
    RETURN = "return"
    DECIDE = "decide"
    CARRY_OUT = "carry_out"
    MEASURE = "measure"
    WITHDRAW = "withdraw"


class Seats(StrEnum):
    """How the planned intake lies to the present one."""

    UP = "up"
    DOWN = "down"
    NONE = "none"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least so many rows of evidence of these kinds; `source` names the rule that it comes from."""

    kinds: frozenset[str]
    least: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands for one reader: what they are to it, and what it was decided."""

    state: State
    belongs: bool = False
    """Whether the reader is staff of the college."""
    acts: bool = False
    """Whether the reader acts for the college."""
    runs: bool = False
    is_asked: bool = False
    """Whether the reader acts for an organisation that owes an opinion."""
    is_approved: bool = False


_BY_COLLEGE = {
    State.DRAFT: {Deed.COMPLETE, Deed.WITHDRAW},
    State.COMPLETE: {Deed.WITHDRAW},
    State.OPINIONS: {Deed.WITHDRAW},
    State.READY: {Deed.WITHDRAW},
    State.CARRIED_OUT: {Deed.MEASURE},
}
_BY_SECRETARIAT = {
    State.COMPLETE: {Deed.ASK, Deed.RETURN},
    State.OPINIONS: {Deed.ASK, Deed.READY, Deed.RETURN},
    State.READY: {Deed.DECIDE, Deed.RETURN},
    State.CARRIED_OUT: {Deed.MEASURE},
}


def deeds(standing: Standing) -> frozenset[Deed]:
    """What somebody may do now: the college writes, the secretariat leads it to the vote, who is asked answers.

    >>> sorted(deeds(Standing(State.DRAFT, belongs=True)))
    [<Deed.CITE: 'cite'>, <Deed.EDIT: 'edit'>]
    """
    state, found = standing.state, set()
    if standing.belongs and state is State.DRAFT:
        found |= {Deed.EDIT, Deed.CITE}
    if standing.acts:
        found |= _BY_COLLEGE.get(state, set())
    if standing.runs:
        found |= _BY_SECRETARIAT.get(state, set())
    if standing.is_asked and state is State.OPINIONS:
        found.add(Deed.OPINE)
    if standing.acts and standing.is_approved and state is State.DECIDED:
        found.add(Deed.CARRY_OUT)
    return frozenset(found)


def lacking(requirements: Iterable[Requirement], kinds: Iterable[str]) -> list[int]:
    """How many rows each requirement still lacks, 0 where it is met; one row counts for every requirement it suits.

    >>> lacking([Requirement(frozenset({"need"}), 2), Requirement(frozenset({"file"}), 1)], ["need", "file"])
    [1, 0]
    """
    counted = Counter(kinds)
    return [max(0, one.least - sum(counted[kind] for kind in one.kinds)) for one in requirements]


def opinions_lacking(needed: Mapping[str, int], given: Iterable[str]) -> dict[str, int]:
    """Side → how many opinions it still owes, where any.

    >>> opinions_lacking({"college": 1, "committee": 1, "firms": 2}, ["college", "firms"])
    {'committee': 1, 'firms': 1}
    """
    counted = Counter(given)
    return {side: least - counted[side] for side, least in needed.items() if least > counted[side]}


def seat_faults(seats: Seats, now: int, planned: int) -> Errors:
    """What is wrong with the planned intake, as the kind of change wants it."""
    if not 0 <= planned <= MOST_SEATS:
        yield ChanjiaoError("listing.out_of_bounds", field="seats_planned", low=0, high=MOST_SEATS)
    elif seats is Seats.UP and planned <= now:
        yield ChanjiaoError("dossier.seats_not_up", field="seats_planned", seats=now)
    elif seats is Seats.DOWN and not 0 < planned < now:
        yield ChanjiaoError("dossier.seats_not_down", field="seats_planned", seats=now)
    elif seats is Seats.NONE and planned:
        yield ChanjiaoError("dossier.seats_not_none", field="seats_planned")


def year_faults(year: int | None, *, this_year: int) -> Errors:
    """What is wrong with the year from which the change holds: this one, or one of the next five."""
    if year is None:
        yield ChanjiaoError("listing.required", field="from_year")
    elif not this_year <= year <= this_year + 5:
        yield ChanjiaoError("listing.out_of_bounds", field="from_year", low=this_year, high=this_year + 5)


def text_faults(*, required: bool = True, **texts: str) -> Errors:
    """What is wrong with texts: they are there, where they must be, and not too long."""
    for field, text in texts.items():
        if required and not text:
            yield ChanjiaoError("listing.required", field=field)
        elif len(text) > LENGTHS[field]:
            yield ChanjiaoError("listing.too_long", field=field, limit=LENGTHS[field])


def measurable_on(carried_out_on: date, months: int) -> date:
    """The first day on which the effect can be measured.

    >>> measurable_on(date(2026, 3, 31), 12), measurable_on(date(2024, 2, 29), 12)
    (datetime.date(2027, 3, 31), datetime.date(2025, 2, 28))
    """
    year, month = divmod(carried_out_on.month - 1 + months, 12)
    year, month = carried_out_on.year + year, month + 1
    for day in range(carried_out_on.day, carried_out_on.day - 4, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
