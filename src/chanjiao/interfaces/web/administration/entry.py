"""Who may enter administration."""

from __future__ import annotations

from django.http import HttpRequest

from chanjiao.core.permissions import Actor, require


def administering(request: HttpRequest) -> Actor:
    """The actor, an administrator or of a secretariat; `login.required` or `action.denied` otherwise."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor.user_id is not None, "login.required")
    require(actor.sees_all or bool(actor.secretariat_of))
    return actor
