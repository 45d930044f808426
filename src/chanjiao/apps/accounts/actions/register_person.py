"""Giving a person an account."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.accounts.actions.edit_profile import check_person
from chanjiao.apps.accounts.models import User
from chanjiao.apps.accounts.rules import username_of
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def register_person(
    *, actor: Actor, username: str, full_name: str, now: datetime, email: str = "", is_demo: bool = False
) -> tuple[User, str]:
    """A person with an account and its first password, told this once. Done by administrators and secretariats.

    A demo person gets no password. Refused with `person.username_malformed`, `person.username_taken`,
    `person.email_taken` or `field.invalid`.
    """
    require(actor.sees_all or bool(actor.secretariat_of))
    user = User(username=username_of(username), full_name=full_name.strip(), email=email.strip().lower())
    user.is_demo = is_demo
    check_person(user)
    password = "" if is_demo else secrets.token_urlsafe(12)
    user.set_password(password or None)
    try:
        with transaction.atomic():
            user.save()
            record_change(actor=actor, action="register_person", instance=user, now=now)
    except IntegrityError:
        raise ChanjiaoError("person.username_taken", field="username") from None
    return user, password
