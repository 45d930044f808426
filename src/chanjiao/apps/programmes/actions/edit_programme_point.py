"""Edit the yearly figures of a programme point."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import F

from chanjiao.apps.programmes.changes import check
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import Figures
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def edit_programme_point(*, actor: Actor, pk: int, version: int, figures: Figures, now: datetime) -> ProgrammePoint:
    """The programme point with new figures; `record.stale` where somebody changed it since `version`."""
    with transaction.atomic():
        point = ProgrammePoint.objects.filter(pk=pk).first()
        if point is None:
            raise ChanjiaoError("record.not_found")
        require(actor.acts_for(point.college_id))
        check(figures, now)
        before = state_of(point)
        rows = ProgrammePoint.objects.filter(pk=pk, version=version)
        if not rows.update(**asdict(figures), version=F("version") + 1):
            raise ChanjiaoError("record.stale")
        point.refresh_from_db()
        record_change(actor=actor, action="edit_programme_point", instance=point, now=now, before=before)
    return point
