"""What matching does by itself."""

from __future__ import annotations

from datetime import timedelta

from chanjiao.apps.matching.actions.learn_weights import learn_weights
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task("matching.run", every=timedelta(hours=6))
def match_all(progress: Progress) -> str:
    """Everything open is matched anew, so that expired and closed listings lose their proposals."""
    return str(run_matching(actor=SYSTEM, now=clock.now()).pairs_count)


@task("matching.learn", every=timedelta(days=7))
def learn(progress: Progress) -> str:
    """Weights follow the replies of the week where these are many and clear enough."""
    return str(len(learn_weights(actor=SYSTEM, now=clock.now()).sets))
