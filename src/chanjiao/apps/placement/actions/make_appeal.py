"""Appeals against a result: made by students, decided by whoever runs the round, adopted after a re-run."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.placement.actions.pass_on_places import pass_on_places
from chanjiao.apps.placement.changes import in_state, own_student, round_run_by, round_seen, stored
from chanjiao.apps.placement.models import (
    Appeal,
    AppealState,
    OfferState,
    PlacementOffer,
    PlacementRound,
    PlacementRun,
    RoundState,
    RunKind,
    Student,
    WishList,
)
from chanjiao.apps.placement.notices import tell_appeal, tell_changed, tell_decision
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

MOST_LETTERS = 1000
TAKEN = (OfferState.ACCEPTED, OfferState.JOINED)


def make_appeal(*, actor: Actor, round_id: int, text: str, now: datetime) -> Appeal:
    """The student's appeal; `placement.too_late` after the deadline, `placement.appealed_already` while one is open."""
    student, round_ = own_student(actor), round_seen(actor, round_id)
    in_state(round_, RoundState.PUBLISHED)
    if now > round_.appeals_until:
        raise ChanjiaoError("placement.too_late")
    if not text.strip():
        raise ChanjiaoError("placement.appeal_empty", field="text")
    if not WishList.objects.filter(round=round_, student=student).exists():
        raise ChanjiaoError("placement.took_no_part")
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(round=round_, student=student, text=text.strip()[:MOST_LETTERS], made_at=now)
            record_change(actor=actor, action="make_appeal", instance=appeal, now=now)
            emit(actor=actor, name="appeal.made", instance=appeal, now=now, consortium_id=round_.consortium_id)
            tell_appeal(actor=actor, appeal=appeal, now=now)
    except IntegrityError:
        raise ChanjiaoError("placement.appealed_already") from None
    return appeal


def decide_appeal(*, actor: Actor, pk: int, uphold: bool, answer: str, now: datetime) -> Appeal:
    """The appeal decided in words; whether places change is decided by adopting a re-run."""
    with transaction.atomic():
        appeal = Appeal.objects.select_related("round", "student").filter(pk=pk).first()
        if appeal is None:
            raise ChanjiaoError("record.not_found")
        round_run_by(actor, appeal.round_id)
        if not answer.strip():
            raise ChanjiaoError("placement.decision_empty", field="answer")
        if appeal.state != AppealState.OPEN:
            raise ChanjiaoError("state.refused", state=appeal.get_state_display())
        stored(
            actor=actor, row=appeal, action="decide_appeal", now=now, decided_at=now,
            state=AppealState.UPHELD if uphold else AppealState.REFUSED, answer=answer.strip()[:MOST_LETTERS],
            rerun=appeal.round.runs.filter(kind=RunKind.RERUN).first(),
        )  # fmt: skip
        consortium = appeal.round.consortium_id
        emit(actor=actor, name="appeal.decided", instance=appeal, now=now, consortium_id=consortium)
        tell_decision(actor=actor, appeal=appeal, now=now)
    return appeal


def adopt_rerun(*, actor: Actor, run_id: int, now: datetime) -> PlacementRun:
    """The re-run is the published result; offers follow it wherever nobody has accepted a place.

    Refused with `placement.would_displace` where it would take a place from somebody who has accepted it.
    """
    with transaction.atomic():
        run = PlacementRun.objects.select_related("round").filter(pk=run_id, kind=RunKind.RERUN).first()
        if run is None:
            raise ChanjiaoError("record.not_found")
        round_ = round_run_by(actor, run.round_id)
        in_state(round_, RoundState.PUBLISHED)
        if run.is_published or round_.runs.filter(pk__gt=run.pk).exists():
            raise ChanjiaoError("record.stale")
        _move_offers(actor, round_, run, now)
        for old in round_.runs.filter(is_published=True):
            stored(actor=actor, row=old, action="replace_run", now=now, is_published=False)
        stored(actor=actor, row=run, action="adopt_rerun", now=now, is_published=True)
        pass_on_places(actor=actor, round_id=round_.pk, now=now)
        emit(actor=actor, name="placement.corrected", instance=round_, now=now, consortium_id=round_.consortium_id)
    return run


def _move_offers(actor: Actor, round_: PlacementRound, run: PlacementRun, now: datetime) -> None:
    placed = run.placements.order_by("student_id").values_list("student_id", "seat_id", "rank")
    wanted = {student: (seat, rank or 0) for student, seat, rank in placed}
    offers = PlacementOffer.objects.filter(round=round_)
    holding = {one.student_id: one for one in offers.filter(state__in=(OfferState.OPEN, *TAKEN))}
    lost = [
        one for one in holding.values() if one.state in TAKEN and wanted.get(one.student_id, (0,))[0] != one.seat_id
    ]
    if lost:
        raise ChanjiaoError("placement.would_displace", count=len(lost))
    out = set(offers.filter(state__in=(OfferState.DECLINED, OfferState.EXPIRED)).values_list("student_id", flat=True))
    still_open = {student: one for student, one in holding.items() if one.state == OfferState.OPEN}
    changed = [student for student, one in still_open.items() if wanted.get(student, (0,))[0] != one.seat_id]
    offers.filter(state=OfferState.OPEN, student__in=changed).update(state=OfferState.MOVED)
    fresh = [s for s, (seat, _) in wanted.items() if seat and s not in out and (s in changed or s not in holding)]
    PlacementOffer.objects.bulk_create(
        PlacementOffer(
            round=round_, student_id=s, seat_id=wanted[s][0], rank=wanted[s][1], offered_at=now,
            answer_until=round_.answers_until,
        )
        for s in fresh
    )  # fmt: skip
    for user in Student.objects.filter(pk__in={*changed, *fresh}, user__isnull=False).values_list("user_id", flat=True):
        tell_changed(actor=actor, round_=round_, user_id=user, run_id=run.pk, now=now)
