"""Setting the bound and the severity of a rule of internships."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, round_run_by, stored
from chanjiao.apps.placement.models import InternshipRule, RoundState
from chanjiao.apps.placement.rules.internship import HIGHEST_BOUND, Severity
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def set_internship_rule(
    *, actor: Actor, round_id: int, code: str, bound: Decimal, severity: str, source: str, now: datetime
) -> InternshipRule:
    """The rule as the round applies it from now on; only while the round is a draft."""
    with transaction.atomic():
        round_ = round_run_by(actor, round_id)
        in_state(round_, RoundState.DRAFT)
        rule = round_.internship_rules.filter(code=code).first()
        if rule is None:
            raise ChanjiaoError("record.not_found")
        if not (bound.is_finite() and 0 <= bound <= HIGHEST_BOUND):
            raise ChanjiaoError("placement.out_of_bounds", field=f"{code}_bound", low=0, high=int(HIGHEST_BOUND))
        if severity not in set(Severity):
            raise ChanjiaoError("listing.bad_choice", field=f"{code}_severity", value=severity)
        if not source.strip():
            raise ChanjiaoError("placement.rule_without_source", field=f"{code}_source")
        told = source.strip()[:120]
        action = "set_internship_rule"
        return stored(actor=actor, row=rule, action=action, now=now, bound=bound, severity=severity, source=told)
