"""Rules over projects: what a valid milestone is, who may do what, and when a project can be concluded. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from chanjiao.engines.errors import ChanjiaoError

Errors = Iterator[ChanjiaoError]

MOST_MILESTONES = 60
MOST_PROOFS = 500
MOST_MONEY = Decimal(10) ** 12
LENGTHS = {"title": 120, "deliverable": 500, "note": 200, "reason": 300, "words": 1000, "summary": 1000}


class Deed(StrEnum):
    """What can be done in a project."""

    PLAN = "plan"
    BOOK = "book"
    PROVE = "prove"
    VERIFY = "verify"
    EVALUATE = "evaluate"
    CLOSE = "close"
    CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """One milestone as its writer states it."""

    title: str
    due_on: date | None
    organisation_id: int | None
    responsible_id: int | None = None
    deliverable: str = ""
    starts_on: date | None = None


def deeds(state: str, *, acts: bool, belongs: bool, runs: bool) -> frozenset[Deed]:
    """What somebody may do: who acts for a party everything, its staff hand in proofs, the secretariat verifies.

    >>> sorted(deeds("running", acts=False, belongs=True, runs=False))
    [<Deed.PROVE: 'prove'>]
    """
    if state != "running":
        return frozenset({Deed.CONTINUE}) if acts else frozenset()
    allowed = set(Deed) - {Deed.CONTINUE} if acts else set()
    if belongs:
        allowed.add(Deed.PROVE)
    if runs:
        allowed.add(Deed.VERIFY)
    return frozenset(allowed)


def may_verify(*, handed_in_by: int, acts_for: Iterable[int]) -> bool:
    """Whether who acts for these may verify a proof: nobody verifies what their own organisation handed in.

    >>> may_verify(handed_in_by=1, acts_for=[1]), may_verify(handed_in_by=1, acts_for=[2])
    (False, True)
    """
    return any(one != handed_in_by for one in acts_for)


def milestone_faults(
    told: MilestoneFacts,
    *,
    term: tuple[date, date],
    today: date,
    parties: frozenset[int],
    due_before: date | None = None,
) -> list[ChanjiaoError]:
    """Everything wrong with a milestone; a day already past is taken only where it stood there `due_before`."""
    return [*_text_faults(told), *_day_faults(told, term, today, due_before), *_party_faults(told, parties)]


def money_faults(amount: Decimal | None, booked_on: date | None, *, today: date) -> Errors:
    """What is wrong with an entry of money: it is positive, to the cent, and lies in the past or today."""
    if amount is None or not amount.is_finite() or not 0 < amount < MOST_MONEY:
        yield ChanjiaoError("listing.out_of_bounds", field="amount", low="0.01", high=int(MOST_MONEY))
    elif -int(amount.as_tuple().exponent) > 2:
        yield ChanjiaoError("listing.cents", field="amount")
    if booked_on is None:
        yield ChanjiaoError("listing.required", field="booked_on")
    elif booked_on > today:
        yield ChanjiaoError("project.money_ahead", field="booked_on")


def closing_faults(
    *, completes: bool, open_milestones: int, not_evaluated: Iterable[str], summary: str
) -> list[ChanjiaoError]:
    """What keeps a project from being concluded: milestones to be done, unless it is stopped; evaluations; a result."""
    missing = list(not_evaluated)
    errors = []
    if completes and open_milestones:
        errors.append(ChanjiaoError("project.milestones_open", field="outcome", count=open_milestones))
    if missing:
        errors.append(ChanjiaoError("project.not_evaluated", field="outcome", names="、".join(missing)))
    if not summary:
        errors.append(ChanjiaoError("listing.required", field="summary"))
    elif len(summary) > LENGTHS["summary"]:
        errors.append(ChanjiaoError("listing.too_long", field="summary", limit=LENGTHS["summary"]))
    return errors


def is_overdue(state: str, due_on: date, today: date) -> bool:
    """Whether a milestone should have been done before today."""
    return state in ("open", "proved") and due_on < today


def _text_faults(told: MilestoneFacts) -> Errors:
    if not told.title:
        yield ChanjiaoError("listing.required", field="title")
    for name in ("title", "deliverable"):
        if len(getattr(told, name)) > LENGTHS[name]:
            yield ChanjiaoError("listing.too_long", field=name, limit=LENGTHS[name])


def _day_faults(told: MilestoneFacts, term: tuple[date, date], today: date, due_before: date | None) -> Errors:
    if told.due_on is None:
        yield ChanjiaoError("listing.required", field="due_on")
        return
    if told.starts_on and told.due_on < told.starts_on:
        yield ChanjiaoError("term.reversed", field="due_on")
    if told.due_on != due_before and told.due_on < today:
        yield ChanjiaoError("listing.past", field="due_on")
    elif not term[0] <= told.due_on <= term[1]:
        yield ChanjiaoError("project.outside_term", field="due_on", first=term[0], last=term[1])


def _party_faults(told: MilestoneFacts, parties: frozenset[int]) -> Errors:
    if told.organisation_id not in parties:
        yield ChanjiaoError("project.not_a_party", field="organisation")
