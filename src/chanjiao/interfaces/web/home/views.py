"""The workbench: what waits for me, what is new, how we stand; the board; the search over everything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from chanjiao.apps.exchange import selectors as exchange
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.places import posting_places
from chanjiao.apps.members import selectors as members
from chanjiao.apps.members.models import Consortium, Goal
from chanjiao.core import clock
from chanjiao.core.commitments import Standing
from chanjiao.core.permissions import NOBODY, Actor
from chanjiao.core.selectors import events
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.frame import scope_of
from chanjiao.interfaces.web.home.finding import found_for
from chanjiao.interfaces.web.home.news import news_of
from chanjiao.interfaces.web.home.standing import standing_of
from chanjiao.interfaces.web.home.waiting import waiting_for, waiting_total

NEWS = 8
READ = 200
LISTED = 5


def home(request: HttpRequest) -> HttpResponse:
    """The page every walk starts from; for those not logged in, what this consortium is."""
    actor = actor_of(request)
    if actor.user_id is None:
        return render(request, "home/public.html", _public(request, actor))
    scope, now = scope_of(request), clock.now()
    today = timezone.localdate(now)
    told = {
        "standings": [
            (word, waiting_for(actor, now, standing))
            for standing, word in ((Standing.PROMISED, _("What I promised")), (Standing.OWED, _("What I am owed")))
        ],
        "groups": waiting_for(actor, now),
        "news": news_of(actor, events(actor, consortium_id=scope)[:READ], NEWS),
        "standing": standing_of(actor, today, scope),
        "may_post": bool(posting_places(actor)),
    }
    return render(request, "home/home.html", told)


def _public(request: HttpRequest, actor: Actor) -> dict[str, object]:
    bodies = list(members.consortia(actor))
    scope = scope_of(request)
    return {
        "bodies": bodies,
        "goals": _hopes(actor, bodies),
        "needs": exchange.open_listings(actor, Side.NEED)[:LISTED],
        "offers": exchange.open_listings(actor, Side.OFFER)[:LISTED],
        "standing": standing_of(actor, timezone.localdate(), scope),
    }


def _hopes(actor: Actor, bodies: list[Consortium]) -> list[Goal]:
    """The hopes of the consortia, each once: consortia founded together share theirs."""
    hopes = (goal for body in bodies for goal in members.goals_of(actor, body) if goal.kind == "hope")
    return list({goal.text: goal for goal in hopes}.values())


def waiting_count(request: HttpRequest) -> HttpResponse:
    """How many things wait for the person, for the top bar."""
    count = waiting_total(actor_of(request), clock.now())
    answer = render(request, "home/waiting_count.html", {"count": count})
    # Every page asks for it; whoever walks through pages quickly is not counted anew on each.
    patch_cache_control(answer, private=True, max_age=15)
    return answer


def stand(request: HttpRequest) -> HttpResponse:
    """How the consortium stands, in figures and charts."""
    standing = standing_of(actor_of(request), timezone.localdate(), scope_of(request))
    return render(request, "home/stand.html", {"standing": standing})


def wall(request: HttpRequest) -> HttpResponse:
    """The board for a screen on a wall: what the public may see, renewed by itself."""
    scope, now = scope_of(request), clock.now()
    deeds = events(NOBODY, consortium_id=scope).exclude(name="reference.updated")
    told = {
        "standing": standing_of(NOBODY, timezone.localdate(now), scope),
        "news": news_of(NOBODY, deeds[:READ], NEWS - 2),
        "now": now,
        "title": next((body for body in members.consortia(NOBODY) if scope in (None, body.pk)), ""),
    }
    return render(request, "home/wall.html", told)


def search(request: HttpRequest) -> HttpResponse:
    """Members, listings and codes that answer to some words."""
    words = request.GET.get("q", "").strip()[:80]
    found = found_for(actor_of(request), words) if words else []
    return render(request, "home/search.html", {"words": words, "search_terms": words.split(), "found": found})
