"""What every page shows around its content: places to go, person, organisation acted for."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.selectors import posts_of


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: name, route, icon, and the path under which it is lit."""

    label: object
    route: str
    icon: str
    under: str


PLACES = (
    Place(_("Workbench"), "home", "home", "/"),
    Place(_("Members"), "members:directory", "building", "/members/"),
    Place(_("Needs and offers"), "exchange:board", "arrows-exchange", "/exchange/"),
    Place(_("Matches"), "matching:list", "link", "/matches/"),
    Place(_("Programmes"), "programmes:list", "school", "/programmes/"),
    Place(_("Code tables"), "reference:index", "book", "/reference/"),
)
ADMINISTRATION = Place(_("Administration"), "administration:index", "settings", "/administration/")


def frame(request: HttpRequest) -> dict[str, object]:
    """The navigation for whoever asks, with the present place marked."""
    actor = getattr(request, "actor", None)
    places = [*PLACES, *([ADMINISTRATION] if actor and (actor.sees_all or actor.secretariat_of) else [])]
    return {
        "actor": actor,
        "demo": settings.DEMO,
        "posts": list(posts_of(request.user)) if actor and actor.user_id else [],
        "places": [
            {"label": place.label, "url": reverse(place.route), "icon": place.icon, "here": _is_here(place, request.path)}
            for place in places
        ],
    }


def _is_here(place: Place, path: str) -> bool:
    return path == place.under if place.under == "/" else path.startswith(place.under)
