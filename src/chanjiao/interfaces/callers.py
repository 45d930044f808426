"""Who calls, of a page or of the API."""

from __future__ import annotations

from django.http import HttpRequest

from chanjiao.core.permissions import Actor, require


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


def known_actor(request: HttpRequest) -> Actor:
    """Who asks; `login.required` where nobody is logged in."""
    actor = actor_of(request)
    require(actor.is_known, "login.required")
    return actor
