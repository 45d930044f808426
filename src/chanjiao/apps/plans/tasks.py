"""What planning does in the background."""

from __future__ import annotations

from chanjiao.apps.plans.actions.make_plan import TASK, TICK, make_plan
from chanjiao.apps.plans.selectors import scenario
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task(TASK, attempts=1)
def plan(progress: Progress, scenario_id: int, made_by: str = "") -> str:
    """The scenario is solved, verified and stored; what is returned says how far the plan can be from the best."""
    progress.total(int(scenario(SYSTEM, scenario_id).told.seconds / TICK))

    def step() -> bool:
        progress.advance()
        return progress.finish_asked

    found = make_plan(actor=SYSTEM, scenario_id=scenario_id, now=clock.now(), made_by=made_by, step=step)
    return f"{100 * found.gap:.2f} %"
