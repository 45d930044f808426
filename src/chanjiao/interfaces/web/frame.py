"""What every page shows around its content: places to go, person, organisation acted for, consortium looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models import Consortium
from chanjiao.apps.members.selectors import consortia, posts_of
from chanjiao.core.permissions import NOBODY, Actor, Role

SCOPE = "scope"
"""Session key: the consortium whose figures the reader wants to see."""


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: name, route, icon, and the paths under which it is lit."""

    label: object
    route: str
    icon: str
    under: tuple[str, ...]


PLACES = (
    Place(_("Workbench"), "home", "home", ("/",)),
    Place(_("Members"), "members:directory", "building-community", ("/members/", "/founding/")),
    Place(_("Needs and offers"), "exchange:board", "arrows-exchange", ("/exchange/", "/matches/", "/papers/")),
    Place(_("Co-operation"), "cooperation:list", "heart-handshake", ("/cooperation/", "/projects/", "/transfer/")),
    Place(_("Placement"), "placement:list", "user-check", ("/placement/",)),
    Place(
        _("Programmes"),
        "programmes:list",
        "school",
        ("/programmes/", "/plans/", "/dossiers/", "/curriculum/", "/report/"),
    ),
    Place(_("How it stands"), "stand", "chart-bar", ("/stand/",)),
)
CODE_TABLES = Place(_("Code tables"), "reference:index", "book", ("/reference/",))
ADMINISTRATION = Place(_("Administration"), "administration:index", "settings", ("/administration/", "/reference/"))
FOR_STUDENTS = ("home", "placement:list", "exchange:board", "programmes:list")
BOTTOM = 4
"""How many places stand in a phone's bottom bar before "More"."""


def frame(request: HttpRequest) -> dict[str, object]:
    """The navigation for whoever asks, with the present place marked."""
    actor: Actor = getattr(request, "actor", NOBODY)
    places = [_shown(place, request.path) for place in places_for(actor)]
    offered = SimpleLazyObject(lambda: list(consortia(actor)))
    return {
        "actor": actor,
        "demo": settings.DEMO,
        "posts": list(posts_of(request.user)) if actor.user_id else [],  # type: ignore[arg-type]
        "may_act": actor.sees_all or actor.acts_for(actor.organisation_id),
        "places": places,
        "more_here": any(place["here"] for place in places[BOTTOM:]),
        "consortia": offered,
        "scope": SimpleLazyObject(lambda: _scope(request, offered)),
        "search_words": request.GET.get("q", "") if request.path.startswith("/search/") else "",
    }


def places_for(actor: Actor) -> list[Place]:
    """The places open to the actor, at most eight; whoever administers finds the code tables there."""
    if actor.role is Role.STUDENT:
        return [*(place for place in PLACES if place.route in FOR_STUDENTS), CODE_TABLES]
    return [*PLACES, ADMINISTRATION if actor.sees_all or actor.secretariat_of else CODE_TABLES]


def scope_of(request: HttpRequest) -> int | None:
    """The id of the consortium that the reader chose to look at, or None for all."""
    chosen = request.session.get(SCOPE)
    return chosen if isinstance(chosen, int) else None


def _shown(place: Place, path: str) -> dict[str, object]:
    here = path == "/" if place.under == ("/",) else path.startswith(place.under)
    return {"label": place.label, "url": reverse(place.route), "icon": place.icon, "here": here}


def _scope(request: HttpRequest, offered: Iterable[Consortium]) -> Consortium | None:
    return next((one for one in offered if one.pk == scope_of(request)), None)
