"""Opening a second round over the places and the students that are left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from chanjiao.apps.placement.actions.plan_round import plan_round
from chanjiao.apps.placement.changes import in_state, round_run_by
from chanjiao.apps.placement.models import (
    PlacementRound,
    RoundState,
    SeatGroup,
    SeatReserve,
    TravelTime,
)
from chanjiao.apps.placement.models.answers import HOLDS_A_PLACE
from chanjiao.apps.placement.rules.states import MethodName, RoundPlan, ShortRule
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def open_second_round(*, actor: Actor, pk: int, plan: RoundPlan, now: datetime) -> PlacementRound:
    """A draft round that follows: its seats are the places nobody holds, and whoever holds one takes no part.

    Refused with `placement.nothing_left` where every place is taken.
    """
    with transaction.atomic():
        first = round_run_by(actor, pk)
        in_state(first, RoundState.PUBLISHED, RoundState.CLOSED)
        held = Count("offers", filter=Q(offers__state__in=HOLDS_A_PLACE))
        left = [(seat, seat.capacity - seat.held) for seat in first.seats.annotate(held=held)]
        if not any(free > 0 for _, free in left):
            raise ChanjiaoError("placement.nothing_left")
        method, short_rule = MethodName(first.method), ShortRule(first.short_rule)
        plan = replace(plan, most_minutes=first.most_minutes, method=method, short_rule=short_rule)
        second = plan_round(actor=actor, consortium_id=first.consortium_id, plan=plan, now=now)
        PlacementRound.objects.filter(pk=second.pk).update(follows=first)
        second.refresh_from_db()
        _keep_rules(first, second)
        for seat, free in left:
            if free > 0:
                _copy(actor, seat, second, free, now)
    return second


def _keep_rules(first: PlacementRound, second: PlacementRound) -> None:
    for rule in first.internship_rules.all():
        second.internship_rules.filter(code=rule.code).update(
            bound=rule.bound, severity=rule.severity, source=rule.source
        )
    ways = first.travel_times.values("home", "zone", "minutes")
    TravelTime.objects.bulk_create(TravelTime(round=second, **way) for way in ways)


def _copy(actor: Actor, seat: SeatGroup, second: PlacementRound, free: int, now: datetime) -> None:
    """The seat with its free places; its minimum was met in the first round or is asked for again."""
    met = seat.capacity - free >= seat.minimum
    reserves = list(seat.reserves.all())
    seat.pk, seat.id, seat.round, seat.capacity = None, None, second, free
    seat.minimum = 0 if met else min(seat.minimum, free)
    seat.version, seat._state.adding = 1, True
    seat.save()
    record_change(actor=actor, action="add_seat", instance=seat, now=now)
    for reserve in reserves:
        free_for_group = min(reserve.places, free)
        SeatReserve.objects.create(seat=seat, group=reserve.group, places=free_for_group)
        free -= free_for_group
        if free == 0:
            break
