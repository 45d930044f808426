"""Points that a firm gives its applicants by hand, and their correction while appeals are heard."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, seat_seen
from chanjiao.apps.placement.models import FirmRanking, SeatGroup, Wish
from chanjiao.apps.placement.rights import runs_round
from chanjiao.apps.placement.rules.states import CORRECTED_IN, RANKED_IN
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require

HIGHEST = 1000


def give_points(*, actor: Actor, seat_id: int, points: dict[int, Decimal | None], now: datetime) -> list[FirmRanking]:
    """The points of each student (by key) at the seat; None takes them away. Rules of points stand aside for them.

    Given by the firm until rankings close; corrected by whoever runs the round after that, until it is closed.
    Refused with `placement.not_an_applicant` for whoever did not list the seat, `placement.too_late`.
    """
    seat = seat_seen(actor, seat_id)
    _check_turn(actor, seat, now)
    applicants = set(
        Wish.objects.filter(seat=seat, wish_list__student_id__in=points).values_list("wish_list__student_id", flat=True)
    )
    for student, given in points.items():
        if student not in applicants:
            raise ChanjiaoError("placement.not_an_applicant")
        if given is not None and not (given.is_finite() and 0 <= given <= HIGHEST):
            raise ChanjiaoError("placement.out_of_bounds", field=f"points_{student}", low=0, high=HIGHEST)
    with transaction.atomic():
        for student, given in points.items():
            _give(actor, seat, student, given, now)
    return list(seat.rankings.all())


def _check_turn(actor: Actor, seat: SeatGroup, now: datetime) -> None:
    if runs_round(actor, seat.round) and seat.round.state in CORRECTED_IN:
        return
    require(actor.acts_for(seat.organisation_id))
    in_state(seat.round, *RANKED_IN)
    if now > seat.round.rankings_until:
        raise ChanjiaoError("placement.too_late")


def _give(actor: Actor, seat: SeatGroup, student_id: int, given: Decimal | None, now: datetime) -> None:
    old = FirmRanking.objects.filter(seat=seat, student_id=student_id).first()
    if given is None:
        if old is not None:
            record_change(actor=actor, action="take_points", instance=old, now=now)
            old.delete()
        return
    before = state_of(old) if old is not None else None
    row = old or FirmRanking(seat=seat, student_id=student_id)
    row.points, row.given_at = given, now
    row.save()
    record_change(actor=actor, action="give_points", instance=row, now=now, before=before)
