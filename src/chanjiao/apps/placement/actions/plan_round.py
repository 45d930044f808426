"""Planning a round of placement, and changing the plan while it is a draft."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from chanjiao.apps.members.models import Consortium
from chanjiao.apps.placement.changes import in_state, round_run_by, stored
from chanjiao.apps.placement.models import InternshipRule, PlacementRound, RoundState
from chanjiao.apps.placement.rights import may_plan
from chanjiao.apps.placement.rules.internship import DEFAULTS
from chanjiao.apps.placement.rules.states import RoundPlan, plan_faults
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def plan_round(*, actor: Actor, consortium_id: int, plan: RoundPlan, now: datetime) -> PlacementRound:
    """The new round, a draft with the rules of internships at their defaults; a `Rejected` lists every wrong field."""
    if not Consortium.objects.filter(pk=consortium_id).exists():
        raise ChanjiaoError("record.not_found")
    require(may_plan(actor, consortium_id))
    _check(plan, now)
    with transaction.atomic():
        round_ = PlacementRound.objects.create(consortium_id=consortium_id, created_at=now, **asdict(plan))
        InternshipRule.objects.bulk_create(InternshipRule(round=round_, **asdict(rule)) for rule in DEFAULTS)
        record_change(actor=actor, action="plan_round", instance=round_, now=now)
        emit(actor=actor, name="placement.planned", instance=round_, now=now, consortium_id=consortium_id)
    return round_


def edit_round(*, actor: Actor, pk: int, version: int, plan: RoundPlan, now: datetime) -> PlacementRound:
    """The round with a new plan; only while it is a draft."""
    with transaction.atomic():
        round_ = round_run_by(actor, pk)
        in_state(round_, RoundState.DRAFT)
        _check(plan, now)
        return stored(actor=actor, row=round_, action="edit_round", now=now, version=version, **asdict(plan))


def _check(plan: RoundPlan, now: datetime) -> None:
    faults = list(plan_faults(plan, now))
    if faults:
        raise Rejected(faults)
