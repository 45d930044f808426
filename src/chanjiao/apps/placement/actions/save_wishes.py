"""Saving a student's wishes; what stands there when wishes close counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.placement.changes import in_state, own_student, round_seen, stored
from chanjiao.apps.placement.models import PlacementRound, RoundState, Student, Wish, WishList
from chanjiao.apps.placement.rules.wishes import wish_faults
from chanjiao.apps.placement.snapshot import round_terms, seat_terms, student_facts
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def save_wishes(
    *, actor: Actor, round_id: int, seat_ids: Sequence[int], version: int | None = None, now: datetime
) -> WishList:
    """The student's list, best first. `version` is that of the list as read, None where there was none.

    Refused with `placement.too_late` after the deadline, `placement.seat_unknown`, `placement.seat_twice`,
    `placement.list_too_long`, `placement.not_eligible`; `record.stale` where another device saved meanwhile.
    """
    student, round_ = own_student(actor), round_seen(actor, round_id)
    in_state(round_, RoundState.WISHES)
    if now > round_.wishes_until:
        raise ChanjiaoError("placement.too_late")
    _check(student, round_, seat_ids)
    try:
        with transaction.atomic():
            wish_list = _list_of(actor, student, round_, version, now)
            wish_list.wishes.all().delete()
            Wish.objects.bulk_create(
                Wish(wish_list=wish_list, seat_id=seat, rank=rank) for rank, seat in enumerate(seat_ids, start=1)
            )
    except IntegrityError:
        raise ChanjiaoError("record.stale") from None
    return wish_list


def _list_of(actor: Actor, student: Student, round_: PlacementRound, version: int | None, now: datetime) -> WishList:
    found = WishList.objects.filter(round=round_, student=student).first()
    if found is not None:
        return stored(actor=actor, row=found, action="save_wishes", now=now, version=version or 0, saved_at=now)
    made = WishList.objects.create(round=round_, student=student, saved_at=now)
    record_change(actor=actor, action="save_wishes", instance=made, now=now)
    return made


def _check(student: Student, round_: PlacementRound, seat_ids: Sequence[int]) -> None:
    seats = {seat.pk: (seat.title, seat_terms(seat)) for seat in round_.seats.filter(pk__in=seat_ids)}
    for fault in wish_faults(seat_ids, seats, student_facts(student), round_terms(round_), round_.most_choices):
        raise fault
