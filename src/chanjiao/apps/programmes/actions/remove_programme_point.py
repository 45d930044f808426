"""Take back a programme point that was added by mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.core.audit import record_removal
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def remove_programme_point(*, actor: Actor, pk: int, version: int, now: datetime) -> None:
    """The programme point is gone, the record keeps it; `record.stale` where it was changed since `version`.

    `programme.in_use` where anything stands on it.
    """
    with transaction.atomic():
        point = ProgrammePoint.objects.select_for_update().filter(pk=pk).first()
        if point is None:
            raise ChanjiaoError("record.not_found")
        require(actor.acts_for(point.college_id))
        if point.version != version:
            raise ChanjiaoError("record.stale")
        record_removal(actor=actor, action="remove_programme_point", instance=point, now=now)
        try:
            point.delete()
        except ProtectedError:
            raise ChanjiaoError("programme.in_use") from None
