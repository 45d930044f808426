"""Deeds in words, for "what is new" and the list of events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.deed_words import note_of, tone_of, word_of
from chanjiao.interfaces.web.links import links_for

ARROW = " → "
CODED = {
    "programmes.warningcard": "programme",
    "programmes.yearfigures": "programme",
    "programmes.demandfigure": "occupation",
    "programmes.headcount": "occupation",
}
"""Kind of record → the table whose code its name begins with."""


@dataclass(frozen=True, slots=True)
class News:
    """A deed as the timeline shows it."""

    at: datetime
    text: str
    who: str
    url: str
    tone: str
    note: str


def news_of(actor: Actor, events: Iterable[Event], limit: int | None = None) -> list[News]:
    """Events in words, in their order; like ones of a day in one line; linked where the actor may open the record."""
    told = [(next(alike), sum(1 for _more in alike)) for _key, alike in groupby(events, key=_sort_of)][:limit]
    urls = links_for(actor, ((first.object_type, first.object_id) for first, _more in told))
    borne = names_of(
        actor, ((CODED[one.object_type], _code_in(one)) for one, _more in told if one.object_type in CODED)
    )
    return [
        _told(first, more, _named(first, borne), urls.get((first.object_type, first.object_id), ""))
        for first, more in told
    ]


def _named(event: Event, borne: Mapping[tuple[str, str], str]) -> str:
    """What an event is about, by the name of its code, and a student's place without the pseudonym."""
    if event.object_type == "placement.placementoffer":
        return event.object_name.split(ARROW)[-1]
    code = _code_in(event)
    return event.object_name.replace(code, borne.get((CODED.get(event.object_type, ""), code), code))


def _code_in(event: Event) -> str:
    """The code at the head of the name of what an event is about."""
    return event.object_name.split(" ")[0]


def _sort_of(event: Event) -> tuple[str, date]:
    return event.name, timezone.localtime(event.at).date()


def _told(event: Event, more: int, name: str, url: str) -> News:
    word = word_of(event.name)
    return News(
        at=event.at,
        text=f"{word} · {name}" if name else word,
        who=event.organisation_name,
        url=url,
        tone=tone_of(event.name),
        note=_("and %d more") % more if more else note_of(event),
    )
