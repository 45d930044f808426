"""Changing one's own password."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from chanjiao.apps.accounts.models import User
from chanjiao.apps.accounts.selectors import oneself
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def change_password(*, actor: Actor, present: str, wanted: str, now: datetime) -> User:
    """The person with the new password, which ends their other sessions; the record keeps neither password.

    Refused with `person.password_wrong`, `person.password_weak`, or `person.is_demo`: a demo person is everybody's.
    """
    user = oneself(actor)
    if user.is_demo:
        raise ChanjiaoError("person.is_demo")
    if user.has_usable_password() and not user.check_password(present):
        raise ChanjiaoError("person.password_wrong", field="present")
    check_password_strength(wanted, user)
    before = state_of(user)
    user.set_password(wanted)
    with transaction.atomic():
        user.save(update_fields=["password"])
        record_change(actor=actor, action="change_password", instance=user, now=now, before=before)
    return user


def check_password_strength(wanted: str, user: User) -> None:
    """Nothing, when the password meets the site's rules; else every reason at once."""
    try:
        validate_password(wanted, user)
    except ValidationError as error:
        raise Rejected(
            [ChanjiaoError("person.password_weak", field="wanted", reason=reason) for reason in error.messages]
        ) from None
