"""Plans of intake in the demo city: with what colleges have, and with more teachers and training rooms."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from chanjiao.apps.members.models import Consortium
from chanjiao.apps.plans.actions.keep_scenario import write_scenario
from chanjiao.apps.plans.actions.make_plan import make_plan
from chanjiao.apps.plans.rules import Options
from chanjiao.core.permissions import SYSTEM

SECONDS = 5


def load_plans(consortium: Consortium, *, now: datetime) -> int:
    """The number of scenarios, each with its plan."""
    first = timezone.localdate(now).year + 1
    scenarios = {
        "基准方案": Options(first_year=first, years=6, seconds=SECONDS),
        "教师与实训室各增两成": Options(first_year=first, years=6, seconds=SECONDS, more_teachers=20, more_rooms=20),
    }
    for title, options in scenarios.items():
        made = write_scenario(actor=SYSTEM, consortium_id=consortium.pk, title=title, options=options, now=now)
        make_plan(actor=SYSTEM, scenario_id=made.pk, now=now)
    return len(scenarios)
