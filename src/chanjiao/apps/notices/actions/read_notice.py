"""Read a notice."""

from __future__ import annotations

from datetime import datetime

from chanjiao.apps.notices.models import Notice
from chanjiao.apps.notices.selectors import Filters, inbox, notice
from chanjiao.core.permissions import Actor


def read_notice(*, actor: Actor, pk: int, now: datetime) -> Notice:
    """The notice is read, by the first of its addressees who opens it; the office shares one inbox."""
    found = notice(actor, pk)
    Notice.objects.filter(pk=found.pk, read_at=None).update(read_at=now, read_by=actor.name)
    return found


def read_all(*, actor: Actor, now: datetime) -> int:
    """How many notices were unread; all of the actor's inbox are read now."""
    return inbox(actor, Filters(unread=True)).update(read_at=now, read_by=actor.name)
