"""Take back an organisation that was registered by mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.members.rights import may_register
from chanjiao.core.audit import emit, record_removal
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def remove_organisation(*, actor: Actor, organisation_id: int, version: int, now: datetime) -> None:
    """The organisation is gone; the record keeps all that it held.

    Refused with `record.stale` where it was changed since `version`, and with `organisation.in_use` where anything
    stands on it: a membership, staff, a post, a listing, a programme point.
    """
    require(may_register(actor))
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
        if organisation is None:
            raise ChanjiaoError("record.not_found")
        if organisation.version != version:
            raise ChanjiaoError("record.stale")
        if organisation.staff.exists() or organisation.posts.exists():
            raise ChanjiaoError("organisation.in_use", name=organisation.name)
        told = (organisation.pk, organisation.name)
        emit(actor=actor, name="organisation.retracted", instance=organisation, now=now, organisation=told)
        record_removal(actor=actor, action="remove_organisation", instance=organisation, now=now)
        try:
            organisation.delete()
        except ProtectedError:
            raise ChanjiaoError("organisation.in_use", name=organisation.name) from None
