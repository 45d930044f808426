"""Reads over people and tokens, filtered by who asks."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from chanjiao.apps.accounts.models import ApiToken, User
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def oneself(actor: Actor) -> User:
    """The person who asks; `login.required` when nobody does."""
    return User.objects.get(pk=_id_of(actor))


def confirms(actor: Actor, confirmation: str) -> bool:
    """Whether the person who acts proves to be themselves: by their password, or by their full name where the account
    has none, as on a demo site.
    """
    person = oneself(actor)
    if person.has_usable_password():
        return person.check_password(confirmation)
    return bool(confirmation) and confirmation.strip() == person.full_name


def people(actor: Actor, *, search: str = "", standing: str = "") -> QuerySet[User]:
    """People with an account: all for administrators and secretariats, else oneself. `standing`: active or ended."""
    found = User.objects.order_by("username")
    if not (actor.sees_all or actor.secretariat_of):
        found = found.filter(pk=_id_of(actor))
    if search:
        found = found.filter(
            Q(full_name__icontains=search)
            | Q(username__icontains=search)
            | Q(email__icontains=search)
            | Q(posts__organisation__name__icontains=search)
        ).distinct()
    return found.filter(is_active=standing == "active") if standing in ("active", "ended") else found


def person(actor: Actor, pk: int) -> User:
    """One person; `record.not_found` when missing or hidden."""
    found = people(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def demo_people() -> QuerySet[User]:
    """The people as whom a demo site lets anybody look around."""
    return User.objects.filter(is_demo=True, is_active=True).order_by("pk")


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """One's own tokens that are not revoked, newest first."""
    return ApiToken.objects.filter(user_id=_id_of(actor), revoked_at__isnull=True)


def live_token(secret: str, *, now: datetime) -> ApiToken | None:
    """The token whose secret this is, unless it is revoked, has expired or its person has left."""
    live = ApiToken.objects.filter(expires_at__gt=now, revoked_at__isnull=True, user__is_active=True)
    return live.filter(digest=digest_of(secret)).select_related("user").first()


def _id_of(actor: Actor) -> int:
    if actor.user_id is None:
        raise ChanjiaoError("login.required")
    return actor.user_id


def digest_of(secret: str) -> str:
    """The form in which a token is stored. A plain hash is enough: the secret is 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
