"""Conclude a project."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.apps.projects.changes import announce, claimed, parties_of, project_for
from chanjiao.apps.projects.models import MilestoneState, Project, ProjectState
from chanjiao.apps.projects.notices import tell_of_end
from chanjiao.apps.projects.rules import Deed, closing_faults
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import Rejected
from chanjiao.core.permissions import Actor


def close_project(
    *, actor: Actor, project_id: int, version: int, completes: bool, summary: str, now: datetime
) -> Project:
    """The project is concluded, or with `completes` false stopped before its end, after every party has evaluated it.

    A `Rejected` names open milestones of a project that is to be complete, and parties that have not evaluated.
    """
    summary = clean_text(summary)
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.CLOSE)
        bodies = parties_of(project)
        errors = closing_faults(
            completes=completes,
            open_milestones=project.milestones.filter(state__in=[MilestoneState.OPEN, MilestoneState.PROVED]).count(),
            not_evaluated=_not_evaluated(project),
            summary=summary,
        )
        if errors:
            raise Rejected(errors)
        before = state_of(project)
        claimed(project, version)
        project.state = ProjectState.CLOSED if completes else ProjectState.STOPPED
        project.summary, project.closed_at = summary, now
        project.save()
        record_change(actor=actor, action="close_project", instance=project, now=now, before=before)
        settle_notices(about=project, now=now)
        tell_of_end(actor, project, bodies, now)
        name = "project.closed" if completes else "project.stopped"
        announce(actor=actor, name=name, project=project, about=project, now=now, bodies=bodies)
    return project


def _not_evaluated(project: Project) -> list[str]:
    given = set(project.evaluations.values_list("organisation_id", flat=True))
    return [body.name for body in parties_of(project) if body.pk not in given]
