"""A published round of placement and a draft, with one record of everything, for tests that walk all routes."""

from __future__ import annotations

from dataclasses import dataclass

from chanjiao.apps.placement.actions.make_appeal import make_appeal
from chanjiao.apps.placement.models import (
    Appeal,
    PlacementOffer,
    PlacementRound,
    PlacementRun,
    RunKind,
    SeatGroup,
    Student,
)
from tests.apps.placement.samples import city, published
from tests.cast import Cast


@dataclass(frozen=True, slots=True)
class PlacementSample:
    """What the routes of placement are asked for."""

    round: PlacementRound
    draft: PlacementRound
    seat: SeatGroup
    draft_seat: SeatGroup
    student: Student
    run: PlacementRun
    rerun: PlacementRun
    offer: PlacementOffer
    appeal: Appeal


def make_placement(cast: Cast) -> PlacementSample:
    """The sample, stored in the test database; the cast's student has the first place."""
    made = published(cast)
    appeal = make_appeal(actor=made.actors[2], round_id=made.round.pk, text="请复核成绩", now=made.at)
    rerun = made.runs(RunKind.RERUN)
    draft = city(cast, title="第二轮")
    return PlacementSample(
        round=made.round,
        draft=draft.round,
        seat=made.seats[0],
        draft_seat=draft.adds_seat(),
        student=made.students[0],
        run=PlacementRun.objects.get(kind="final"),
        rerun=rerun,
        offer=PlacementOffer.objects.get(student=made.students[0]),
        appeal=appeal,
    )
