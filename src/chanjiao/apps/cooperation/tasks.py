"""What co-operation does by itself."""

from __future__ import annotations

from datetime import timedelta

from chanjiao.apps.cooperation.actions.end_agreement import end_due
from chanjiao.apps.cooperation.actions.pass_publicity import pass_publicities
from chanjiao.apps.cooperation.actions.remind_ending import remind_ending
from chanjiao.apps.cooperation.actions.remind_unsigned import remind_unsigned
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task("cooperation.end", every=timedelta(hours=1))
def end(progress: Progress) -> str:
    """Every agreement whose term is over has ended."""
    return str(end_due(actor=SYSTEM, now=clock.now()))


@task("cooperation.remind", every=timedelta(hours=12))
def remind(progress: Progress) -> str:
    """The parties of agreements about to end have been told."""
    return str(remind_ending(actor=SYSTEM, now=clock.now()))


@task("cooperation.remind_unsigned", every=timedelta(hours=12))
def remind_of_signatures(progress: Progress) -> str:
    """Whoever keeps a proposed agreement waiting has been told, once a week."""
    return str(remind_unsigned(actor=SYSTEM, now=clock.now()))


@task("cooperation.publicities", every=timedelta(hours=1))
def end_publicities(progress: Progress) -> str:
    """Every publicity whose last day is past, and to which no objection stands, is over."""
    return str(pass_publicities(actor=SYSTEM, now=clock.now()))
