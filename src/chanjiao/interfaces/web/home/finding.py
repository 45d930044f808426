"""The search over everything: members, needs, offers and national codes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.apps.exchange import selectors as exchange
from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind, Side
from chanjiao.apps.members import selectors as members
from chanjiao.apps.reference import selectors as reference
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.places import page_of

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    title: str
    under: str
    url: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found in one place, and the address of all of it."""

    title: str
    icon: str
    count: int
    hits: list[Hit]
    url: str


def found_for(actor: Actor, words: str) -> list[Finds]:
    """What answers to the words, by place; places where nothing was found are left out."""
    places = (
        _members(actor, words),
        _listings(actor, words, Side.NEED),
        _listings(actor, words, Side.OFFER),
        _codes(actor, words),
    )
    return [place for place in places if place.hits]


def _members(actor: Actor, words: str) -> Finds:
    rows = members.directory(actor, search=words)
    hits = [Hit(one.name, one.get_type_display(), page_of(one.pk, "members.organisation")) for one in rows[:SHOWN]]
    return Finds(
        _("Members"), "building-community", rows.count(), hits, f"{reverse('members:directory')}?q={quote(words)}"
    )


def _listings(actor: Actor, words: str, side: Side) -> Finds:
    rows = exchange.open_listings(actor, side, exchange.Filters(text=words))
    hits = [
        Hit(one.title, f"{_(KIND_WORDS[Kind(one.kind)])} · {one.organisation}", page_of(one.id, f"exchange.{side}"))
        for one in rows[:SHOWN]
    ]
    title, route = (_("Needs"), "exchange:needs") if side is Side.NEED else (_("Offers"), "exchange:offers")
    return Finds(title, "arrows-exchange", rows.count(), hits, f"{reverse(route)}?q={quote(words)}")


def _codes(actor: Actor, words: str) -> Finds:
    found = reference.suggest(actor, words, limit=SHOWN)
    hits = [Hit(one.name, one.above, reverse("reference:term", args=[one.system, one.code]), one.code) for one in found]
    return Finds(_("National codes"), "book", len(hits), hits, "")
