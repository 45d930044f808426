"""How members' data are shown: words for states and deeds, and what other apps tell of an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.exchange import selectors as exchange
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.members import selectors
from chanjiao.apps.members.models import Membership, Organisation
from chanjiao.apps.programmes.rules.points import COLLEGES
from chanjiao.apps.programmes.selectors import points as programmes
from chanjiao.core.models import Event
from chanjiao.core.permissions import SYSTEM, Actor
from chanjiao.interfaces.web.deed_words import note_of, tone_of, word_of

STATE_WORDS = {
    "active": _("Member"),
    "applied": _("Awaiting review"),
    "expired": _("Term over"),
    "left": _("Left"),
    "none": _("No member of any consortium"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """An event as the history shows it."""

    at: datetime
    text: str
    who: str
    note: str
    tone: str


def deeds(events: Iterable[Event]) -> list[Deed]:
    """Events in words, in their order."""
    return [
        Deed(
            at=event.at,
            text=f"{word_of(event.name)} · {event.object_name}",
            who="" if event.actor_name == SYSTEM.name else event.actor_name,
            note=note_of(event),
            tone=tone_of(event.name),
        )
        for event in events
    ]


@dataclass(frozen=True, slots=True)
class Linked:
    """How many records of another part an organisation has, and where they are listed."""

    label: object
    count: int
    url: str


def linked_counts(actor: Actor, body: Organisation) -> list[Linked]:
    """The open needs and offers of an organisation and the programmes it teaches, counted."""
    filters = exchange.Filters(organisation=body.pk)
    counted = [
        Linked(label, exchange.open_listings(actor, side, filters).count(), f"{reverse(route)}?organisation={body.pk}")
        for side, label, route in (
            (Side.NEED, _("Open needs"), "exchange:needs"),
            (Side.OFFER, _("Open offers"), "exchange:offers"),
        )
    ]
    if body.type in COLLEGES:
        points = programmes.programme_points(actor, programmes.Filters(college=body.pk)).count()
        address = f"{reverse('programmes:list')}?college={body.pk}"
        counted.append(Linked(_("Programme points"), points, address))
    return counted


def membership_deeds(actor: Actor, held: Membership) -> list[Deed]:
    """What happened to one membership, newest first."""
    return deeds(selectors.membership_history(actor, held))
