"""What the exchange does by itself."""

from __future__ import annotations

from datetime import timedelta

from chanjiao.apps.exchange.actions.expire_due import expire_due
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task("exchange.expire", every=timedelta(hours=1))
def expire(progress: Progress) -> str:
    """Every listing whose time is over is expired."""
    return str(expire_due(actor=SYSTEM, now=clock.now()))
