"""Changing one's own name, address and language."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from chanjiao.apps.accounts.models import User
from chanjiao.apps.accounts.selectors import oneself
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def edit_profile(*, actor: Actor, full_name: str, email: str, language: str, now: datetime) -> User:
    """The person with their new particulars; refused with `field.invalid` or `person.email_taken`."""
    user = oneself(actor)
    before = state_of(user)
    user.full_name, user.email, user.language = full_name.strip(), email.strip().lower(), language
    check_person(user)
    with transaction.atomic():
        user.save(update_fields=["full_name", "email", "language"])
        record_change(actor=actor, action="edit_profile", instance=user, now=now, before=before)
    return user


def check_person(user: User) -> None:
    """Nothing, when name, address and language are well-formed and the address is nobody else's."""
    try:
        user.clean_fields(exclude=["password", "username"])
    except ValidationError as error:
        name, reasons = next(iter(error.message_dict.items()))
        raise ChanjiaoError("field.invalid", field=name, reason=reasons[0]) from None
    if user.email and User.objects.filter(email__iexact=user.email).exclude(pk=user.pk).exists():
        raise ChanjiaoError("person.email_taken", field="email")
