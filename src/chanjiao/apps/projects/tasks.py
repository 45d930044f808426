"""What projects do by themselves."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from chanjiao.apps.projects.actions.remind_overdue import remind_overdue
from chanjiao.core import clock, files
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task("projects.remind", every=timedelta(hours=12))
def remind(progress: Progress) -> str:
    """Whoever answers for an overdue milestone has been told."""
    return str(remind_overdue(actor=SYSTEM, now=clock.now()))


@task("files.sweep", every=timedelta(days=1))
def sweep(progress: Progress) -> str:
    """Files that killed processes left unfinished are gone."""
    return str(files.sweep(root=settings.FILES_ROOT, now=clock.now()))
