"""Remind of milestones past their day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.projects.notices import tell_of_overdue
from chanjiao.apps.projects.selectors import overdue_milestones
from chanjiao.core.permissions import Actor, require


def remind_overdue(*, actor: Actor, now: datetime) -> int:
    """The number of overdue milestones; whoever answers for one has been told on the first day, then weekly."""
    require(actor.sees_all)
    today = timezone.localdate(now)
    due = list(overdue_milestones(actor, today))
    with transaction.atomic():
        for milestone in due:
            tell_of_overdue(actor, milestone, today, now)
    return len(due)
