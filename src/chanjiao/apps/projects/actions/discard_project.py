"""Discard a project that was started by mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.projects.changes import announce, claimed, parties_of, project_for
from chanjiao.apps.projects.rules import Deed
from chanjiao.core.audit import record_removal
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def discard_project(*, actor: Actor, pk: int, version: int, now: datetime) -> None:
    """The project is gone; the record keeps what it held, and an event cancels the one of its start.

    `project.has_work` once anything was planned, handed in or booked in it, `record.stale` where it was changed.
    """
    with transaction.atomic():
        project = project_for(actor, pk, Deed.PLAN)
        claimed(project, version)
        if any(part.exists() for part in (project.milestones, project.proofs, project.money, project.evaluations)):
            raise ChanjiaoError("project.has_work")
        bodies = parties_of(project)
        announce(actor=actor, name="project.discarded", project=project, about=project, now=now, bodies=bodies)
        record_removal(actor=actor, action="discard_project", instance=project, now=now)
        project.delete()
