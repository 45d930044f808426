"""Setting the table of ways of a round."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, round_run_by
from chanjiao.apps.placement.models import RoundState, TravelTime
from chanjiao.apps.placement.rules.states import BOUNDS
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def set_travel_times(
    *, actor: Actor, round_id: int, minutes: dict[tuple[str, str], int], now: datetime
) -> list[TravelTime]:
    """The whole table, in place of what stood there; keys are (home, zone of the seat). Only in a draft."""
    low, high = BOUNDS["most_minutes"]
    with transaction.atomic():
        round_ = round_run_by(actor, round_id)
        in_state(round_, RoundState.DRAFT)
        if any(not low <= one <= high for one in minutes.values()):
            raise ChanjiaoError("placement.out_of_bounds", field="minutes", low=low, high=high)
        round_.travel_times.all().delete()
        made = [TravelTime(round=round_, home=home, zone=zone, minutes=n) for (home, zone), n in minutes.items()]
        TravelTime.objects.bulk_create(made)
        record_change(actor=actor, action="set_travel_times", instance=round_, now=now)
    return list(round_.travel_times.all())
