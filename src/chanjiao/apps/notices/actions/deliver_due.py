"""Send what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from chanjiao.apps.notices import outbox
from chanjiao.apps.notices.actions.send_notice import DELIVER
from chanjiao.apps.notices.outbox import Letter
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor, require

SWEEP = timedelta(minutes=15)
"""How often a worker looks by itself; what falls due earlier wakes one."""


class Undelivered(Exception):
    """A letter did not go out, for a reason that holds no secret."""


Send = Callable[[Letter], None]
"""Sends a letter, or raises `Undelivered`."""


def deliver_due(*, actor: Actor, send: Send, clock: Callable[[], datetime]) -> int:
    """How many letters went out; every other that was due waits for its next try.

    `send` words a letter and hands it over. It runs outside any transaction, since it waits for other machines.
    """
    require(actor.is_system)
    sent = 0
    outbox.drop_idle(clock())
    while (letter := outbox.next_letter(clock())) is not None:
        try:
            send(letter)
        except Undelivered as error:
            outbox.mark_failed(letter, str(error), clock())
        else:
            outbox.mark_sent(letter, clock())
            sent += 1
    _come_back(actor, clock())
    return sent


def _come_back(actor: Actor, now: datetime) -> None:
    due = outbox.next_due()
    if due is not None and due < now + SWEEP:
        enqueue(DELIVER, actor=actor, now=now, run_at=max(due, now), key=f"{DELIVER}.later")
