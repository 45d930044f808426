"""What the rules of internships say of the seats of a round."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from chanjiao.apps.placement.models import PlacementRound, SeatGroup
from chanjiao.apps.placement.rules.internship import Breach, Rule, SeatFacts, Severity, seat_breaches


@dataclass(frozen=True, slots=True)
class SeatFault:
    """A seat and a rule that it breaks, or that cannot be checked there."""

    seat: SeatGroup
    breach: Breach

    @property
    def blocks(self) -> bool:
        """Whether wishes cannot be opened because of it."""
        return self.breach.severity == Severity.BLOCK


def seat_faults_of(round_: PlacementRound) -> list[SeatFault]:
    """Every breach of every seat of the round, by seat."""
    seats = list(round_.seats.select_related("organisation"))
    rules = [Rule(one.code, one.bound, one.severity, one.source) for one in round_.internship_rules.all()]
    places = Counter[int]()
    for seat in seats:
        places[seat.organisation_id] += seat.capacity
    return [
        SeatFault(seat, breach)
        for seat in seats
        for breach in seat_breaches(_facts(seat, places[seat.organisation_id]), rules)
    ]


def blocking_seats(round_: PlacementRound) -> set[int]:
    """The seats that keep the round from opening."""
    return {fault.seat.pk for fault in seat_faults_of(round_) if fault.blocks}


def _facts(seat: SeatGroup, firm_places: int) -> SeatFacts:
    return SeatFacts(
        capacity=seat.capacity,
        firm_places=firm_places,
        firm_staff=seat.organisation.staff_count,
        post_staff=seat.post_staff,
        pay=seat.pay,
        post_wage=seat.post_wage,
        insured=seat.insured,
    )
