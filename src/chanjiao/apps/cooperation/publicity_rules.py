"""Rules over the publicity of a price: how long, from when, what must be told with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chanjiao.engines.errors import ChanjiaoError

LENGTHS = {"place": 300, "contact": 200, "name": 60, "reason": 1000, "answer": 1000}
BEGUN_BEFORE = timedelta(days=180)
"""How long ago a publicity elsewhere may have begun."""
LONGEST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class PublicityTerms:
    """What whoever publicises a price fills in; `place` is where else it is made known."""

    begins_on: date | None
    ends_on: date | None
    contact: str
    place: str = ""


def last_day(begins_on: date, days: int) -> date:
    """The last day of a publicity of so many days; the day on which it begins is not counted (民法典第二百零一条).

    >>> last_day(date(2026, 11, 2), 15)
    datetime.date(2026, 11, 17)
    """
    return begins_on + timedelta(days=days)


def publicity_faults(told: PublicityTerms, *, days: int, today: date) -> list[ChanjiaoError]:
    """Everything wrong with it. What was made known elsewhere may have begun before, and then says where."""
    errors = [*_text_faults("contact", told.contact), *_begin_faults(told, today)]
    if told.ends_on is None:
        errors.append(ChanjiaoError("listing.required", field="ends_on"))
    elif told.begins_on is not None:
        errors += _length_faults(told.begins_on, told.ends_on, days)
    return errors


def objection_faults(name: str, reason: str) -> list[ChanjiaoError]:
    """Everything wrong with an objection."""
    return [*_text_faults("name", name), *_text_faults("reason", reason)]


def answer_faults(answer: str) -> list[ChanjiaoError]:
    """Everything wrong with the answer to an objection."""
    return list(_text_faults("answer", answer))


def _begin_faults(told: PublicityTerms, today: date) -> Iterator[ChanjiaoError]:
    begins = told.begins_on
    if begins is None:
        yield ChanjiaoError("listing.required", field="begins_on")
    elif not today - BEGUN_BEFORE <= begins <= today + LONGEST:
        yield ChanjiaoError("publicity.begins", field="begins_on", first=today - BEGUN_BEFORE, last=today + LONGEST)
    elif begins < today and not told.place:
        yield ChanjiaoError("publicity.place", field="place")
    if len(told.place) > LENGTHS["place"]:
        yield ChanjiaoError("listing.too_long", field="place", limit=LENGTHS["place"])


def _length_faults(begins_on: date, ends_on: date, days: int) -> Iterator[ChanjiaoError]:
    first = last_day(begins_on, days)
    if ends_on < first:
        yield ChanjiaoError("publicity.too_short", field="ends_on", days=days, day=first)
    elif ends_on > begins_on + LONGEST:
        yield ChanjiaoError("publicity.too_long", field="ends_on", days=LONGEST.days)


def _text_faults(field: str, text: str) -> Iterator[ChanjiaoError]:
    if not text:
        yield ChanjiaoError("listing.required", field=field)
    elif len(text) > LENGTHS[field]:
        yield ChanjiaoError("listing.too_long", field=field, limit=LENGTHS[field])
