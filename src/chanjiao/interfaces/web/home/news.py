"""Deeds in words, for "what is new" and the list of events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.deed_words import note_of, tone_of, word_of
from chanjiao.interfaces.web.links import links_for


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
    return [_told(first, more, urls.get((first.object_type, first.object_id), "")) for first, more in told]


def _sort_of(event: Event) -> tuple[str, date]:
    return event.name, timezone.localtime(event.at).date()


def _told(event: Event, more: int, url: str) -> News:
    word = word_of(event.name)
    return News(
        at=event.at,
        text=f"{word} · {event.object_name}" if event.object_name else word,
        who=event.organisation_name,
        url=url,
        tone=tone_of(event.name),
        note=_("and %d more") % more if more else note_of(event),
    )
