"""Entering many wish lists at once: what students of a college handed in on paper, with their consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, round_seen
from chanjiao.apps.placement.models import Consent, PlacementRound, RoundState, Student, Wish, WishList
from chanjiao.apps.placement.notices import tell_wishes_entered
from chanjiao.apps.placement.rights import keeps_students
from chanjiao.apps.placement.rules.wishes import wish_faults
from chanjiao.apps.placement.snapshot import round_terms, seat_terms, student_facts
from chanjiao.core.audit import emit
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require

BATCH = 500


def enter_wish_lists(
    *, actor: Actor, round_id: int, lists: Mapping[str, Sequence[int]], college_id: int, now: datetime
) -> dict[str, WishList]:
    """The lists entered, by student number; they take the place of what stood there. All or none.

    Each stands for a signed form that holds the wishes and the separate consent; a consent in force stays as it is.
    Students with a log-in are told. A `Rejected` names every list that is wrong by its student number. A handful of
    statements, whatever the number.
    """
    round_ = round_seen(actor, round_id)
    require(keeps_students(actor, college_id))
    in_state(round_, RoundState.WISHES)
    if now > round_.wishes_until:
        raise ChanjiaoError("placement.too_late")
    students = {one.number: one for one in Student.objects.filter(college_id=college_id, number__in=lists)}
    faults = list(_faults(round_, lists, students))
    if faults:
        raise Rejected(faults)
    with transaction.atomic():
        made = _store(round_, {students[number].pk: seats for number, seats in lists.items()}, now)
        consortium = round_.consortium_id
        emit(actor=actor, name="wishes.entered", instance=round_, now=now, consortium_id=consortium, amount=len(lists))
        for number in lists:
            if students[number].user_id is not None:
                tell_wishes_entered(actor=actor, round_=round_, user_id=students[number].user_id or 0, now=now)
    return {number: made[students[number].pk] for number in lists}


def _faults(
    round_: PlacementRound, lists: Mapping[str, Sequence[int]], students: Mapping[str, Student]
) -> list[ChanjiaoError]:
    seats = {seat.pk: (seat.title, seat_terms(seat)) for seat in round_.seats.all()}
    terms, found = round_terms(round_), []
    for number, seat_ids in lists.items():
        if number not in students:
            found.append(ChanjiaoError("placement.student_unknown", place=number, value=number))
            continue
        facts = student_facts(students[number])
        for fault in wish_faults(seat_ids, seats, facts, terms, round_.most_choices):
            found.append(_at(fault, number))
    return found


def _store(round_: PlacementRound, lists: Mapping[int, Sequence[int]], now: datetime) -> dict[int, WishList]:
    """The new lists by student."""
    old = WishList.objects.filter(round=round_, student__in=lists)
    teams = dict(old.values_list("student_id", "team"))
    old.delete()
    made = [WishList(round=round_, student_id=one, saved_at=now, team=teams.get(one, "")) for one in lists]
    WishList.objects.bulk_create(made, batch_size=BATCH)
    Wish.objects.bulk_create(
        (
            Wish(wish_list=one, seat_id=seat, rank=rank)
            for one in made
            for rank, seat in enumerate(lists[one.student_id], start=1)
        ),
        batch_size=BATCH,
    )
    agreed = Consent.objects.filter(round=round_, withdrawn_at__isnull=True, student__in=lists)
    missing = set(lists) - set(agreed.values_list("student_id", flat=True))
    Consent.objects.bulk_create(
        (Consent(round=round_, student_id=student, given_at=now) for student in sorted(missing)), batch_size=BATCH
    )
    return {one.student_id: one for one in made}


def _at(fault: ChanjiaoError, number: str) -> ChanjiaoError:
    fault.place = number
    return fault
