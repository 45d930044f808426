"""Answering an offered place, and passing on what is free to the next in line."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.apps.notices.addressees import person
from chanjiao.apps.placement.actions.pass_on_places import held_round, pass_on_places
from chanjiao.apps.placement.models import OfferState, PlacementOffer
from chanjiao.apps.placement.notices import tell_answered_for
from chanjiao.apps.placement.rights import is_student, keeps_students
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM, Actor, require

TOLD_AS = {OfferState.ACCEPTED: "placement.accepted", OfferState.DECLINED: "placement.declined"}


def answer_offer(*, actor: Actor, pk: int, accept: bool, now: datetime) -> PlacementOffer:
    """The offer answered by its student; a place declined goes to the next in line in the same transaction.

    An officer of the college answers by `answer_for_student`. Of two answers in one second the first counts
    (`placement.answered_already`); after the deadline none does (`placement.too_late`), even where the place has not
    been passed on yet.
    """
    with transaction.atomic():
        offer = _offer(pk)
        if offer is None or not (actor.is_system or is_student(actor, offer.student)):
            raise ChanjiaoError("record.not_found")
        _answer(actor, offer, accept, now)
    return offer


def answer_for_student(*, actor: Actor, pk: int, accept: bool, told: str, now: datetime) -> PlacementOffer:
    """The offer answered by an officer of the college, as the student told it; the student is told that it was.

    `told` says how the student said so (by telephone, on a signed form) and stands with the offer; without it
    `placement.told_how_missing`. Otherwise as `answer_offer`.
    """
    with transaction.atomic():
        offer = _offer(pk)
        if offer is None or not keeps_students(actor, offer.student.college_id):
            raise ChanjiaoError("record.not_found")
        if not told.strip():
            raise ChanjiaoError("placement.told_how_missing", field="told")
        _answer(actor, offer, accept, now, told.strip()[:120])
        tell_answered_for(actor=actor, offer=offer, now=now)
    return offer


def expire_offers(*, actor: Actor, now: datetime) -> int:
    """How many offers ran out unanswered; the places of each round then go to the next in line together."""
    require(actor.is_system)
    due = PlacementOffer.objects.filter(state=OfferState.OPEN, answer_until__lt=now)
    rounds = list(due.order_by("round").values_list("round_id", flat=True).distinct())
    return sum(_expire(actor, round_id, now) for round_id in rounds)


def _expire(actor: Actor, round_id: int, now: datetime) -> int:
    with transaction.atomic():
        held_round(round_id)
        due = PlacementOffer.objects.filter(round=round_id, state=OfferState.OPEN, answer_until__lt=now)
        count = 0
        for offer in due.select_related("seat", "student"):
            before = state_of(offer)
            if not PlacementOffer.objects.filter(pk=offer.pk, state=OfferState.OPEN).update(state=OfferState.EXPIRED):
                continue  # answered in this very moment
            offer.refresh_from_db()
            record_change(actor=actor, action="expire_offer", instance=offer, now=now, before=before)
            count += 1
        pass_on_places(actor=actor, round_id=round_id, now=now)
    return count


def record_joining(*, actor: Actor, pk: int, joined_on: date, now: datetime) -> PlacementOffer:
    """The student has come to the seat on that day; told by the firm or by the college."""
    with transaction.atomic():
        offer = PlacementOffer.objects.select_related("student", "seat__round").filter(pk=pk).first()
        if offer is None or not (
            actor.acts_for(offer.seat.organisation_id) or keeps_students(actor, offer.student.college_id)
        ):
            raise ChanjiaoError("record.not_found")
        before = state_of(offer)
        rows = PlacementOffer.objects.filter(pk=pk, state=OfferState.ACCEPTED)
        if not rows.update(state=OfferState.JOINED, joined_on=joined_on):
            raise ChanjiaoError("state.refused", state=offer.get_state_display())
        offer.refresh_from_db()
        record_change(actor=actor, action="record_joining", instance=offer, now=now, before=before)
        _tell(actor, offer, "placement.joined", now)
    return offer


def _offer(pk: int) -> PlacementOffer | None:
    return PlacementOffer.objects.select_related("student", "seat__round", "round").filter(pk=pk).first()


def _answer(actor: Actor, offer: PlacementOffer, accept: bool, now: datetime, told: str = "") -> None:
    """The offer has its answer; a place declined has gone on to the next in line."""
    state = OfferState.ACCEPTED if accept else OfferState.DECLINED
    if not accept:
        held_round(offer.round_id)
    _turn(actor, offer, state, now, told)
    settle_notices(about=offer.round, to=person(offer.student.user_id or 0), now=now)
    if not accept:
        pass_on_places(actor=SYSTEM, round_id=offer.round_id, now=now)


def _turn(actor: Actor, offer: PlacementOffer, state: OfferState, now: datetime, told: str) -> None:
    """The open offer is in its new state; told apart whether the deadline or another answer came first."""
    before = state_of(offer)
    rows = PlacementOffer.objects.filter(pk=offer.pk, state=OfferState.OPEN)
    if not rows.filter(answer_until__gte=now).update(state=state, answered_at=now, answered_for=told):
        offer.refresh_from_db()
        late = offer.state in (OfferState.OPEN, OfferState.EXPIRED)
        raise ChanjiaoError("placement.too_late" if late else "placement.answered_already")
    offer.refresh_from_db()
    record_change(
        actor=actor, action="answer_for_student" if told else "answer_offer", instance=offer, now=now, before=before
    )
    _tell(actor, offer, TOLD_AS[state], now)


def _tell(actor: Actor, offer: PlacementOffer, name: str, now: datetime) -> None:
    """The event, credited to the firm of the seat; a student has only an alias there."""
    firm = (offer.seat.organisation_id, offer.seat.organisation.name)
    emit(
        actor=actor, name=name, instance=offer, now=now, consortium_id=offer.seat.round.consortium_id,
        organisation=firm, amount=1,
    )  # fmt: skip
