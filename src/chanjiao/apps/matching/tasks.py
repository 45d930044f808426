"""What matching does by itself."""

from __future__ import annotations

from datetime import timedelta

from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.actions.follow_silent import follow_silent
from chanjiao.apps.matching.actions.learn_weights import learn_weights
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task("matching.run", every=timedelta(hours=6))
def match_all(progress: Progress) -> str:
    """Everything open is matched anew, so that expired and closed listings lose their proposals."""
    pairs = run_matching(actor=SYSTEM, now=clock.now()).pairs_count
    ask_for_replies(actor=SYSTEM, now=clock.now())
    return str(pairs)


@task("matching.learn", every=timedelta(days=7))
def learn(progress: Progress) -> str:
    """Weights follow the replies of the week where these are many and clear enough."""
    return str(len(learn_weights(actor=SYSTEM, now=clock.now()).sets))


@task("matching.clock", every=timedelta(hours=1))
def follow(progress: Progress) -> str:
    """Whoever owes an answer is reminded, then their second contact is asked, then the secretariat is told."""
    return str(follow_silent(actor=SYSTEM, now=clock.now()))
