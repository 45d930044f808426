"""Passing on what is free: places that were declined or left without answer go to the next in line."""

from __future__ import annotations

from datetime import datetime, timedelta

from chanjiao.apps.placement.continuing import continued
from chanjiao.apps.placement.models import (
    Consent,
    OfferState,
    PlacementOffer,
    PlacementRound,
    PlacementRun,
    RoundState,
    SeatGroup,
    Student,
)
from chanjiao.apps.placement.models.answers import HOLDS_A_PLACE
from chanjiao.apps.placement.notices import tell_offer
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.permissions import Actor

LEAST_TIME = timedelta(hours=48)
"""How long whoever is offered a place as next in line has at least."""
SETTLED = (OfferState.ACCEPTED, OfferState.JOINED)


def held_round(round_id: int) -> PlacementRound:
    """The round, locked to the end of the transaction.

    Whoever frees places takes this lock before any offer: of two who free some in one second, each would else hold an
    offer that the other wants to replace.
    """
    return PlacementRound.objects.select_for_update(of=("self",)).get(pk=round_id)


def pass_on_places(*, actor: Actor, round_id: int, now: datetime) -> list[PlacementOffer]:
    """The offers made because places are free, in the engine's order.

    Called inside the transaction that freed them; the round is locked, so that two who decline in one second are dealt
    with one after the other. Whoever has accepted stays, whoever declined or let an offer run out gets no other in
    this round, and nobody gets a worse place.
    """
    round_ = held_round(round_id)
    run = round_.runs.filter(is_published=True).first()
    if run is None or round_.state != RoundState.PUBLISHED:
        return []
    holding = {
        one.student_id: one for one in round_.offers.filter(state__in=HOLDS_A_PLACE).select_related("student", "seat")
    }
    wanted = _wanted(round_, run, holding)
    seats = {seat.name_in_files: seat for seat in round_.seats.select_related("organisation", "round")}
    made = []
    for student in Student.objects.filter(alias__in=wanted).select_related("user"):
        name, rank = wanted[student.alias]
        old = holding.get(student.pk)
        if old is not None and old.seat.name_in_files == name:
            continue
        if old is not None:
            _replace(actor, old, now)
        made.append(_offer(actor, student, seats[name], rank, now))
    return made


def _wanted(
    round_: PlacementRound, run: PlacementRun, holding: dict[int, PlacementOffer]
) -> dict[str, tuple[str, int]]:
    present = dict(run.placements.values_list("student_id", "student__alias"))
    asked = round_.offers.filter(state__in=(OfferState.DECLINED, OfferState.EXPIRED))
    out = set(asked.values_list("student_id", flat=True)) - set(holding)
    agreed = Consent.objects.filter(round=round_, withdrawn_at__isnull=True).values_list("student_id", flat=True)
    out |= set(present) - set(agreed) - set(holding)
    return continued(
        run,
        {one.student.alias: one.seat.name_in_files for one in holding.values()},
        present={alias for pk, alias in present.items() if pk not in out},
        confirmed={one.student.alias for one in holding.values() if one.state in SETTLED},
    )


def _replace(actor: Actor, old: PlacementOffer, now: datetime) -> None:
    before = state_of(old)
    old.state = OfferState.REPLACED
    old.save(update_fields=["state"])
    record_change(actor=actor, action="replace_offer", instance=old, now=now, before=before)


def _offer(actor: Actor, student: Student, seat: SeatGroup, rank: int, now: datetime) -> PlacementOffer:
    offer = PlacementOffer.objects.create(
        round=seat.round, student=student, seat=seat, rank=rank, from_line=True, offered_at=now,
        answer_until=max(seat.round.answers_until, now + LEAST_TIME),
    )  # fmt: skip
    record_change(actor=actor, action="offer_next", instance=offer, now=now)
    tell_offer(actor=actor, offer=offer, now=now)
    return offer
