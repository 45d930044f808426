"""A new password for somebody who lost theirs."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from chanjiao.apps.accounts.models import User
from chanjiao.apps.accounts.selectors import person
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def reset_password(*, actor: Actor, user_id: int, now: datetime) -> tuple[User, str]:
    """The person with a new password, told this once; their sessions end. Done by administrators."""
    user = person(actor, user_id)
    require(actor.sees_all)
    if user.is_demo:
        raise ChanjiaoError("person.is_demo")
    before, password = state_of(user), secrets.token_urlsafe(12)
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        record_change(actor=actor, action="reset_password", instance=user, now=now, before=before)
    return user, password
