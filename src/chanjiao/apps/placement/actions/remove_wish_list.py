"""Taking back a wish list that a college entered by mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.placement.changes import in_state
from chanjiao.apps.placement.models import Consent, RoundState, WishList
from chanjiao.apps.placement.rights import keeps_students
from chanjiao.core.audit import record_removal
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def remove_wish_list(*, actor: Actor, pk: int, version: int, now: datetime) -> None:
    """The list is gone, and the consent that came in with it is withdrawn; while wishes are open.

    `record.stale` where the student has changed the list since.
    """
    with transaction.atomic():
        found = WishList.objects.select_related("round", "student").filter(pk=pk).first()
        if found is None or not keeps_students(actor, found.student.college_id):
            raise ChanjiaoError("record.not_found")
        in_state(found.round, RoundState.WISHES)
        if found.version != version:
            raise ChanjiaoError("record.stale")
        entered = Consent.objects.filter(round=found.round, student=found.student, given_at=found.saved_at)
        entered.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
        record_removal(actor=actor, action="remove_wish_list", instance=found, now=now)
        found.delete()
