"""What the members' part does by itself."""

from __future__ import annotations

from datetime import timedelta

from chanjiao.apps.members.actions.expire_memberships import expire_memberships
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task("members.expire", every=timedelta(hours=6))
def expire(progress: Progress) -> str:
    """Every membership whose term is over is ended."""
    return str(expire_memberships(actor=SYSTEM, now=clock.now()))
