"""Write a scenario, and write it anew."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from chanjiao.apps.members.models import Consortium
from chanjiao.apps.plans.models import PlanScenario
from chanjiao.apps.plans.rights import may_plan
from chanjiao.apps.plans.rules import Options, faults
from chanjiao.apps.plans.selectors import scenario as scenario_seen
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def write_scenario(*, actor: Actor, consortium_id: int, title: str, options: Options, now: datetime) -> PlanScenario:
    """The scenario stands; `plan.title_taken` where the consortium has one of that title."""
    if not Consortium.objects.filter(pk=consortium_id).exists():
        raise ChanjiaoError("record.not_found")
    require(may_plan(actor, consortium_id))
    _check(title, options, now)
    made = PlanScenario(
        consortium_id=consortium_id, title=title.strip(), options=asdict(options), created_by=actor.name, created_at=now
    )
    try:
        with transaction.atomic():
            made.save()
            record_change(actor=actor, action="write_scenario", instance=made, now=now)
    except IntegrityError:
        raise ChanjiaoError("plan.title_taken", field="title") from None
    return made


def edit_scenario(*, actor: Actor, pk: int, version: int, title: str, options: Options, now: datetime) -> PlanScenario:
    """The scenario has new options; plans made before keep theirs. `record.stale` where it is not in `version`."""
    found = scenario_seen(actor, pk)
    require(may_plan(actor, found.consortium_id))
    _check(title, options, now)
    before = state_of(found)
    values = {"title": title.strip(), "options": asdict(options), "version": F("version") + 1}
    try:
        with transaction.atomic():
            if not PlanScenario.objects.filter(pk=pk, version=version).update(**values):
                raise ChanjiaoError("record.stale")
            found.refresh_from_db()
            record_change(actor=actor, action="edit_scenario", instance=found, now=now, before=before)
    except IntegrityError:
        raise ChanjiaoError("plan.title_taken", field="title") from None
    return found


def _check(title: str, options: Options, now: datetime) -> None:
    found = list(faults(options, this_year=timezone.localdate(now).year))
    if not title.strip():
        found.append(ChanjiaoError("field.required", field="title"))
    if found:
        raise Rejected(found)
