"""Who may enter administration."""

from __future__ import annotations

from django.http import HttpRequest

from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import actor_of


def administering(request: HttpRequest) -> Actor:
    """The actor, an administrator or of a secretariat; `login.required` or `action.denied` otherwise."""
    actor = actor_of(request)
    require(actor.user_id is not None, "login.required")
    require(actor.sees_all or bool(actor.secretariat_of))
    return actor
