"""A writer's milestone, checked, as columns."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.projects.changes import is_staff, parties_of
from chanjiao.apps.projects.models import Milestone, Project, ProjectState
from chanjiao.apps.projects.rules import MilestoneFacts, milestone_faults
from chanjiao.core.errors import ChanjiaoError, Rejected


def checked_milestone(
    project: Project, told: MilestoneFacts, *, now: datetime, before: Milestone | None = None
) -> dict[str, Any]:
    """The columns of a milestone; `Rejected` with every fault, such as a responsible person who is not of the party."""
    told = replace(told, title=clean_text(told.title).replace("\n", " "), deliverable=clean_text(told.deliverable))
    errors = _errors(project, told, now=now, due_before=before.due_on if before else None)
    if errors:
        raise Rejected(errors)
    return asdict(told)


def milestone_errors(
    project_id: int, told: MilestoneFacts, *, now: datetime, due_before: date | None
) -> list[ChanjiaoError]:
    """Everything that would keep this milestone from being stored in a running project."""
    project = Project.objects.select_related("agreement__current").get(pk=project_id)
    if project.state != ProjectState.RUNNING:
        return [ChanjiaoError("state.refused", state=ProjectState(project.state).label)]
    return _errors(project, told, now=now, due_before=due_before)


def _errors(project: Project, told: MilestoneFacts, *, now: datetime, due_before: date | None) -> list[ChanjiaoError]:
    errors = milestone_faults(
        told,
        term=(project.starts_on, project.ends_on),
        today=timezone.localdate(now),
        parties=frozenset(body.pk for body in parties_of(project)),
        due_before=due_before,
    )
    if told.responsible_id is not None and not is_staff(told.responsible_id, told.organisation_id or 0):
        errors.append(ChanjiaoError("project.not_of_party", field="responsible"))
    return errors
