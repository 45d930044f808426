"""Discard a milestone that was planned by mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.projects.changes import announce, claimed, project_for
from chanjiao.apps.projects.models import Milestone
from chanjiao.apps.projects.rules import Deed
from chanjiao.core.audit import record_removal
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def discard_milestone(*, actor: Actor, pk: int, version: int, now: datetime) -> None:
    """The milestone is gone; the record keeps what it held, and an event cancels the one of its planning.

    `project.has_work` once something was handed in or booked for it, `record.stale` where it was changed.
    """
    with transaction.atomic():
        found = Milestone.objects.filter(pk=pk).values_list("project_id", flat=True).first()
        if found is None:
            raise ChanjiaoError("record.not_found")
        project = project_for(actor, found, Deed.PLAN)
        milestone = project.milestones.get(pk=pk)
        claimed(milestone, version)
        if milestone.proofs.exists() or milestone.money.exists():
            raise ChanjiaoError("project.has_work")
        bodies = [milestone.organisation]
        announce(actor=actor, name="milestone.discarded", project=project, about=milestone, now=now, bodies=bodies)
        record_removal(actor=actor, action="discard_milestone", instance=milestone, now=now)
        milestone.delete()
