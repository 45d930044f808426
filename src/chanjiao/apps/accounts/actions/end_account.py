"""Closing a person's account, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.accounts.models import User
from chanjiao.apps.accounts.selectors import person
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def end_account(*, actor: Actor, user_id: int, now: datetime) -> User:
    """The person, whom no log-in and no token lets in any more; only an administrator ends accounts, not their own."""
    return _set_standing(actor, user_id, False, "end_account", now)


def reopen_account(*, actor: Actor, user_id: int, now: datetime) -> User:
    """The person, who may log in again."""
    return _set_standing(actor, user_id, True, "reopen_account", now)


def _set_standing(actor: Actor, user_id: int, is_active: bool, action: str, now: datetime) -> User:
    user = person(actor, user_id)
    require(actor.sees_all)
    if user.pk == actor.user_id:
        raise ChanjiaoError("person.oneself")
    before = state_of(user)
    user.is_active = is_active
    with transaction.atomic():
        user.save(update_fields=["is_active"])
        record_change(actor=actor, action=action, instance=user, now=now, before=before)
    return user
