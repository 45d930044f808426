"""Ask for everything open to be matched anew."""

from __future__ import annotations

from datetime import datetime

from chanjiao.apps.exchange.models import ListingState, Need
from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import MatchRun
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor, require

AT_ONCE = 150
"""Open needs that are matched while somebody waits; more are left to a background job."""


def ask_for_matching(*, actor: Actor, now: datetime) -> MatchRun | None:
    """The run, made at once on a small site; None where a job will make it, one job however often it is asked for."""
    require(actor.sees_all or bool(actor.secretariat_of))
    if Need.objects.filter(state=ListingState.OPEN).count() <= AT_ONCE:
        run = run_matching(actor=actor, now=now)
        ask_for_replies(actor=actor, now=now)
        return run
    enqueue("matching.run", actor=actor, now=now, key="matching.asked")
    return None
