"""The board of needs and offers, an organisation's own, and the secretariat's queue."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.apps.exchange import selectors
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import ListingState
from chanjiao.apps.exchange.places import posting_places
from chanjiao.apps.exchange.shown import Listings
from chanjiao.apps.members.selectors import zones
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.exchange import lists
from chanjiao.interfaces.web.exchange.words import LIST_WORDS, kind_words
from chanjiao.interfaces.web.export import exported


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab above a list."""

    label: object
    url: str
    here: bool
    count: int | None = None


def board(request: HttpRequest, side: Side | None = None) -> HttpResponseBase:
    """What is open, one side at a time; or the same as a file."""
    actor, filters = actor_of(request), lists.filters_of(request.GET)
    side = side or (Side.OFFER if request.GET.get("side") == Side.OFFER else Side.NEED)
    found = selectors.open_listings(actor, side, filters)
    counts = {one: selectors.kind_counts(actor, one) for one in Side}
    context = {
        "tabs": [
            Tab(LIST_WORDS[one], reverse(f"exchange:{one}s"), one is side, sum(counts[one].values())) for one in Side
        ],
        "kinds": [(kind.value, kind_words(kind), counts[side][kind.value]) for kind in Kind],
        "states": [(ListingState.OPEN.value, _("Open")), (ListingState.MATCHED.value, _("Matched"))],
        "zones": zones(actor),
        "filters": filters,
        "narrowing": _narrowing(actor, filters),
        "is_narrowed": lists.is_narrowed(filters),
        "may_post": bool(actor.is_known and posting_places(actor)),
    }
    return _list_page(request, side, found, "exchange/board.html", context)


def own(request: HttpRequest) -> HttpResponseBase:
    """The needs or offers of the organisation that the reader acts for, in every state."""
    actor, filters = known_actor(request), lists.filters_of(request.GET)
    require(actor.organisation_id is not None)
    side = Side.OFFER if request.GET.get("side") == Side.OFFER else Side.NEED
    found = selectors.own_listings(actor, side, filters)
    counts = {one: selectors.own_listings(actor, one).count() for one in Side}
    context = {
        "tabs": [
            Tab(LIST_WORDS[one], f"{reverse('exchange:own')}?side={one}", one is side, counts[one]) for one in Side
        ],
        "states": ListingState.choices,
        "filters": filters,
        "is_narrowed": lists.is_narrowed(filters),
        "may_post": bool(posting_places(actor)),
    }
    return _list_page(request, side, found, "exchange/own.html", context)


def review_queue(request: HttpRequest) -> HttpResponseBase:
    """What waits for the secretariat's review, the longest waiting first."""
    actor = known_actor(request)
    require(actor.sees_all or bool(actor.secretariat_of))
    counts = {one: selectors.awaiting_review(actor, one).count() for one in Side}
    fullest = max(Side, key=lambda one: counts[one])
    side = Side(request.GET["side"]) if request.GET.get("side") in set(Side) else fullest
    tabs = [Tab(LIST_WORDS[one], f"{reverse('exchange:review')}?side={one}", one is side, counts[one]) for one in Side]
    found = selectors.awaiting_review(actor, side)
    return _list_page(request, side, found, "exchange/review.html", {"tabs": tabs})


def _list_page(
    request: HttpRequest, side: Side, found: Listings, template: str, context: dict[str, object]
) -> HttpResponseBase:
    actor = actor_of(request)
    file = exported(request, lists.lines_for_export(actor, found), lists.columns(), f"{side}s")
    if file is not None:
        return file
    page = Paginator(found, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    lines = lists.lines_of(actor, page.object_list)
    return render(request, template, {"side": side, "page": page, "lines": lines, **context})


def _narrowing(actor: Actor, filters: selectors.Filters) -> list[tuple[str, str, str]]:
    """(parameter, label, value) of filters that have no control of their own on the board."""
    codes = {name: getattr(filters, name) for name in ("occupation", "programme", "industry", "region")}
    names = names_of(actor, [(system, code) for system, code in codes.items() if code])
    labels = {
        "occupation": _("Occupation"),
        "programme": _("Programme"),
        "industry": _("Industry"),
        "region": _("Place"),
    }
    return [
        (system, labels[system], f"{names.get((system, code), '')} {code}".strip())
        for system, code in codes.items()
        if code
    ]
