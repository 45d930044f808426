"""Name who answers letters for an organisation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.members.rights import may_edit
from chanjiao.apps.members.selectors import organisation as organisation_seen
from chanjiao.apps.members.versions import check_fields
from chanjiao.apps.notices.models import Contact
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.permissions import Actor, require


def name_contact(
    *, actor: Actor, organisation_id: int, place: int, name: str, email: str, now: datetime
) -> Contact | None:
    """The organisation's first or second contact from now on; None where name and address are empty.

    Somebody new is a new contact: links that were sent to the one before no longer open anything.
    """
    body = organisation_seen(actor, organisation_id)
    require(may_edit(actor, body))
    contact = Contact(organisation=body, place=place, name=name.strip(), email=email.strip())
    is_named = bool(contact.name or contact.email)
    if is_named:
        check_fields(contact)
    with transaction.atomic():
        known = Contact.objects.filter(organisation=body, place=place).first()
        if known is not None and (known.name, known.email) == (contact.name, contact.email):
            return known
        if known is not None:
            _forget(actor, known, now)
        if not is_named:
            return None
        contact.save()
        record_change(actor=actor, action="name_contact", instance=contact, now=now)
    return contact


def _forget(actor: Actor, known: Contact, now: datetime) -> None:
    before = state_of(known)
    known.name, known.email = "", ""
    record_change(actor=actor, action="name_contact", instance=known, now=now, before=before)
    known.delete()
