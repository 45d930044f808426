"""Rounds of placement in every state, made through the actions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from chanjiao.apps.members.models import Staff
from chanjiao.apps.placement.actions.add_seat import add_seat
from chanjiao.apps.placement.actions.close_stage import close_rankings, close_wishes
from chanjiao.apps.placement.actions.give_consent import give_consent
from chanjiao.apps.placement.actions.open_wishes import open_wishes
from chanjiao.apps.placement.actions.plan_round import plan_round
from chanjiao.apps.placement.actions.publish_results import publish_results
from chanjiao.apps.placement.actions.register_student import StudentRecord, give_log_in, register_student
from chanjiao.apps.placement.actions.run_allocation import run_allocation
from chanjiao.apps.placement.actions.save_wishes import save_wishes
from chanjiao.apps.placement.models import PlacementRound, PlacementRun, RunKind, SeatGroup, Student
from chanjiao.apps.placement.rules.seats import SeatPlan
from chanjiao.apps.placement.rules.states import RoundPlan
from chanjiao.core.permissions import Actor
from tests.cast import NOW, Cast, person

SEED = 20261012
SEAT = SeatPlan(
    title="数控操机实习生", capacity=2, pay=3600, post_wage=4200, post_staff=40, insured=True, levels=("associate",)
)


def plan(now: datetime = NOW, **changes: object) -> RoundPlan:
    """A plan whose stages end one, two, three and four days after `now`."""
    day = timedelta(days=1)
    made = RoundPlan(
        title="2027届岗位实习第一轮", starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31), wishes_until=now + day,
        rankings_until=now + 2 * day, answers_until=now + 4 * day, appeals_until=now + 3 * day,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


@dataclass
class City:
    """A round with its seats and students, moved on step by step; `at` is the moment in which it stands."""

    cast: Cast
    round: PlacementRound
    at: datetime = NOW
    seats: list[SeatGroup] = field(default_factory=list)
    students: list[Student] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)

    def adds_seat(self, **changes: object) -> SeatGroup:
        """A seat of the enterprise."""
        told = replace(SEAT, **changes)  # type: ignore[arg-type]
        seat = add_seat(
            actor=self.cast.secretary, round_id=self.round.pk, organisation_id=self.cast.enterprise.pk, plan=told,
            now=self.at,
        )  # fmt: skip
        self.seats.append(seat)
        return seat

    def adds_student(self, mark: int = 80, **changes: object) -> Actor:
        """A student of the college with a log-in, as the actor they are; the first is the cast's."""
        number = len(self.students) + 1
        told = StudentRecord(
            number=f"2024{number:03d}", name=f"学生{number}", level="associate", programme_code="460103",
            birth_date=date(2006, 5, 4), mark=Decimal(mark),
        )  # fmt: skip
        told = replace(told, **changes)  # type: ignore[arg-type]
        student = register_student(actor=self.cast.dean, college_id=self.cast.college.pk, record=told, now=self.at)
        first = number == 1 and Staff.objects.filter(user__username="student").exists()
        actor = self.cast.student if first else person(f"student{number}", told.name, self.cast.college, "student")
        username = "student" if first else f"student{number}"
        self.students.append(give_log_in(actor=self.cast.dean, pk=student.pk, username=username, now=self.at))
        self.actors.append(actor)
        return actor

    def opens(self) -> None:
        """Wishes are open."""
        self.round.refresh_from_db()
        open_wishes(actor=self.cast.secretary, pk=self.round.pk, version=self.round.version, seed=SEED, now=self.at)
        self.round.refresh_from_db()

    def wishes(self, who: int, *seats: SeatGroup) -> None:
        """The student consents and lists the seats."""
        give_consent(actor=self.actors[who], round_id=self.round.pk, now=self.at)
        ids = [seat.pk for seat in seats]
        save_wishes(actor=self.actors[who], round_id=self.round.pk, seat_ids=ids, now=self.at)

    def closes(self) -> None:
        """Wishes and rankings are closed; trial runs may begin."""
        for close, until in ((close_wishes, "wishes_until"), (close_rankings, "rankings_until")):
            self.round.refresh_from_db()
            self.at = getattr(self.round, until)
            close(actor=self.cast.secretary, pk=self.round.pk, version=self.round.version, now=self.at)
        self.round.refresh_from_db()

    def runs(self, kind: RunKind = RunKind.FINAL) -> PlacementRun:
        """A run is made."""
        return run_allocation(actor=self.cast.secretary, round_id=self.round.pk, kind=kind, now=self.at)

    def publishes(self) -> None:
        """The final run is published."""
        self.round.refresh_from_db()
        publish_results(actor=self.cast.secretary, pk=self.round.pk, version=self.round.version, now=self.at)
        self.round.refresh_from_db()


def city(cast: Cast, **changes: object) -> City:
    """A draft round of the consortium without seats."""
    told = plan(**changes)
    made = plan_round(actor=cast.secretary, consortium_id=cast.consortium.pk, plan=told, now=NOW)
    return City(cast, made)


def contested(cast: Cast) -> City:
    """A round whose final run is made: three students, two seats of one place each; everybody wants the first most.

    Marks 90, 80, 70: the first student gets the first seat, the second the other, the third none.
    """
    made = city(cast)
    wanted, other = made.adds_seat(capacity=1), made.adds_seat(title="装配钳工实习生", capacity=1)
    for mark in (90, 80, 70):
        made.adds_student(mark)
    made.opens()
    for who in range(3):
        made.wishes(who, wanted, other)
    made.closes()
    made.runs()
    return made


def published(cast: Cast) -> City:
    """The contested round, published."""
    made = contested(cast)
    made.publishes()
    return made
