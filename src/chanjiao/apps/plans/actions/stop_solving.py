"""End the solver of a scenario now and keep the best plan that it has."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.plans.actions.make_plan import key_of
from chanjiao.apps.plans.rights import may_plan
from chanjiao.apps.plans.selectors import scenario as scenario_seen
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.jobs import ask_to_finish
from chanjiao.core.models import Job
from chanjiao.core.permissions import Actor, require


def stop_solving(*, actor: Actor, scenario_id: int, now: datetime) -> Job | None:
    """The job that solves the scenario ends at its next step; its best plan is verified and stored with its gap.

    None, and nothing changed, where the plan is made by now or somebody has stopped it already.
    """
    found = scenario_seen(actor, scenario_id)
    require(may_plan(actor, found.consortium_id))
    with transaction.atomic():
        job = ask_to_finish(key_of(scenario_id))
        if job is None:
            return None
        before = state_of(job) | {"finish_asked": False}
        record_change(actor=actor, action="stop_solving", instance=job, now=now, before=before)
        emit(
            actor=actor, name="plan.stopped", instance=found, now=now, consortium_id=found.consortium_id,
            note=found.title,
        )  # fmt: skip
    return job
