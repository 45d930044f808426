"""Edit or drop a milestone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.projects.changes import announce, claimed, project_for
from chanjiao.apps.projects.models import Milestone, MilestoneState, Project
from chanjiao.apps.projects.planning import checked_milestone
from chanjiao.apps.projects.rules import Deed, MilestoneFacts
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def edit_milestone(
    *, actor: Actor, project_id: int, pk: int, version: int, told: MilestoneFacts, now: datetime
) -> Milestone:
    """The milestone, which is not done yet, is as told."""
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.PLAN)
        milestone = _milestone(project, pk)
        before = state_of(milestone)
        columns = checked_milestone(project, told, now=now, before=milestone)
        claimed(milestone, version)
        for name, value in columns.items():
            setattr(milestone, name, value)
        milestone.save()
        record_change(actor=actor, action="edit_milestone", instance=milestone, now=now, before=before)
    return milestone


def drop_milestone(*, actor: Actor, project_id: int, pk: int, version: int, now: datetime) -> Milestone:
    """The milestone is no longer wanted; it stays to be seen, and its proofs with it."""
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.PLAN)
        milestone = _milestone(project, pk)
        before = state_of(milestone)
        claimed(milestone, version)
        milestone.state = MilestoneState.DROPPED
        milestone.save()
        record_change(actor=actor, action="drop_milestone", instance=milestone, now=now, before=before)
        bodies = [milestone.organisation]
        announce(actor=actor, name="milestone.dropped", project=project, about=milestone, now=now, bodies=bodies)
    return milestone


def _milestone(project: Project, pk: int) -> Milestone:
    found = project.milestones.filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    if found.state in (MilestoneState.DONE, MilestoneState.DROPPED):
        raise ChanjiaoError("state.refused", state=MilestoneState(found.state).label)
    return found
