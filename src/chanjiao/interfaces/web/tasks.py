"""What runs in the background and needs words: letters and messages."""

from __future__ import annotations

from chanjiao.apps.notices.actions.deliver_due import SWEEP, deliver_due
from chanjiao.apps.notices.actions.send_notice import DELIVER
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task(DELIVER, every=SWEEP)
def deliver(progress: Progress) -> str:
    """Every letter and bot message that is due is sent."""
    from chanjiao.interfaces.web.notices.letters import send

    return str(deliver_due(actor=SYSTEM, send=send, clock=clock.now))
