"""Add a milestone to a project."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from chanjiao.apps.projects.changes import announce, project_for
from chanjiao.apps.projects.models import Milestone
from chanjiao.apps.projects.planning import checked_milestone
from chanjiao.apps.projects.rules import MOST_MILESTONES, Deed, MilestoneFacts
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def add_milestone(*, actor: Actor, project_id: int, told: MilestoneFacts, now: datetime) -> Milestone:
    """A new milestone, due within the project's term and not before today; a `Rejected` lists every wrong field."""
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.PLAN)
        columns = checked_milestone(project, told, now=now)
        if project.milestones.count() >= MOST_MILESTONES:
            raise Rejected([ChanjiaoError("project.too_many_milestones", limit=MOST_MILESTONES)])
        last = project.milestones.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        milestone = Milestone.objects.create(project=project, position=position, **columns)
        record_change(actor=actor, action="add_milestone", instance=milestone, now=now)
        bodies = [milestone.organisation]
        announce(actor=actor, name="milestone.planned", project=project, about=milestone, now=now, bodies=bodies)
    return milestone
