"""Answering an offered place, and passing on what is free to the next in line."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from chanjiao.apps.placement.models import OfferState, PlacementOffer, RoundState, SeatGroup, WaitingPlace
from chanjiao.apps.placement.models.answers import HOLDS_A_PLACE
from chanjiao.apps.placement.rights import is_student, keeps_students
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM, Actor, require

LEAST_TIME = timedelta(hours=48)
"""How long whoever is offered a place as next in line has at least."""
WHOLE = {OfferState.ACCEPTED: "placement.accepted", OfferState.DECLINED: "placement.declined"}


def answer_offer(*, actor: Actor, pk: int, accept: bool, now: datetime) -> PlacementOffer:
    """The offer answered by its student; a place declined goes to the next in line in the same transaction.

    Of two answers in one second the first counts (`placement.answered_already`); after the deadline none does
    (`placement.too_late`), even where the place has not been passed on yet.
    """
    with transaction.atomic():
        offer = _own_offer(actor, pk)
        state = OfferState.ACCEPTED if accept else OfferState.DECLINED
        _turn(actor, offer, state, now, "answer_offer")
        if not accept:
            pass_on(offer.seat_id, now)
    return offer


def expire_offers(*, actor: Actor, now: datetime) -> int:
    """How many offers ran out unanswered; their places went to the next in line."""
    require(actor.is_system)
    due = PlacementOffer.objects.filter(state=OfferState.OPEN, answer_until__lt=now).order_by("pk")
    count = 0
    for offer in due.select_related("seat__round", "student"):
        with transaction.atomic():
            before = state_of(offer)
            rows = PlacementOffer.objects.filter(pk=offer.pk, state=OfferState.OPEN)
            if not rows.update(state=OfferState.EXPIRED):
                continue  # answered in this very moment
            offer.refresh_from_db()
            record_change(actor=actor, action="expire_offer", instance=offer, now=now, before=before)
            pass_on(offer.seat_id, now)
        count += 1
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


def pass_on(seat_id: int, now: datetime) -> list[PlacementOffer]:
    """The offers made because places of the seat are free, and those that follow from them.

    Called inside a transaction. Offered in the order of the line to whoever has no place, or one they like less and
    have not yet accepted; such a place goes on to its own line. Nobody is asked twice for the same seat.
    """
    made: list[PlacementOffer] = []
    waiting = [seat_id]
    while waiting:
        seat = SeatGroup.objects.select_for_update(of=("self",)).select_related("round").get(pk=waiting.pop())
        if seat.round.state != RoundState.PUBLISHED:
            continue
        while seat.offers.filter(state__in=HOLDS_A_PLACE).count() < seat.capacity:
            offer = _offer_next(seat, now, waiting)
            if offer is None:
                break
            made.append(offer)
    return made


def _offer_next(seat: SeatGroup, now: datetime, left: list[int]) -> PlacementOffer | None:
    line = WaitingPlace.objects.filter(run__round=seat.round, run__is_published=True, seat=seat)
    asked = PlacementOffer.objects.filter(seat=seat).values("student")
    settled = PlacementOffer.objects.filter(round=seat.round).exclude(
        state__in=(OfferState.OPEN, OfferState.REPLACED)
    )  # accepted, come, declined or silent: they are out
    for first in line.exclude(student__in=asked).exclude(student__in=settled.values("student")).order_by("place"):
        open_offer = PlacementOffer.objects.filter(round=seat.round, student=first.student_id, state=OfferState.OPEN)
        if open_offer.filter(rank__lt=first.rank).exists():
            continue
        for worse in open_offer.filter(rank__gt=first.rank):
            open_offer.filter(pk=worse.pk).update(state=OfferState.REPLACED)
            left.append(worse.seat_id)
        offer = PlacementOffer.objects.create(
            round=seat.round, student_id=first.student_id, seat=seat, rank=first.rank, from_line=True, offered_at=now,
            answer_until=max(seat.round.answers_until, now + LEAST_TIME),
        )  # fmt: skip
        record_change(actor=SYSTEM, action="offer_next", instance=offer, now=now)
        return offer
    return None


def _own_offer(actor: Actor, pk: int) -> PlacementOffer:
    offer = PlacementOffer.objects.select_related("student", "seat__round", "round").filter(pk=pk).first()
    if offer is None or not is_student(actor, offer.student):
        raise ChanjiaoError("record.not_found")
    return offer


def _turn(actor: Actor, offer: PlacementOffer, state: OfferState, now: datetime, action: str) -> None:
    """The open offer is in its new state; told apart whether the deadline or another answer came first."""
    before = state_of(offer)
    rows = PlacementOffer.objects.filter(pk=offer.pk, state=OfferState.OPEN)
    if not rows.filter(answer_until__gte=now).update(state=state, answered_at=now):
        offer.refresh_from_db()
        late = offer.state in (OfferState.OPEN, OfferState.EXPIRED)
        raise ChanjiaoError("placement.too_late" if late else "placement.answered_already")
    offer.refresh_from_db()
    record_change(actor=actor, action=action, instance=offer, now=now, before=before)
    _tell(actor, offer, WHOLE[state], now)


def _tell(actor: Actor, offer: PlacementOffer, name: str, now: datetime) -> None:
    """The event, credited to the firm of the seat; a student has only an alias there."""
    firm = (offer.seat.organisation_id, offer.seat.organisation.name)
    emit(
        actor=actor, name=name, instance=offer, now=now, consortium_id=offer.seat.round.consortium_id,
        organisation=firm, amount=1,
    )  # fmt: skip
