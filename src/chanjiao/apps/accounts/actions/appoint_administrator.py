"""Making a person an administrator of the site."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.accounts.models import User
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


@transaction.atomic
def appoint_administrator(*, actor: Actor, username: str, now: datetime) -> User:
    """The person administers the site from now on; only administrators appoint one."""
    require(actor.sees_all)
    user = User.objects.filter(username=username).first()
    if user is None:
        raise ChanjiaoError("record.not_found")
    before = state_of(user)
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    record_change(actor=actor, action="appoint_administrator", instance=user, now=now, before=before)
    return user
