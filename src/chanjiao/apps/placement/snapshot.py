"""Database → the files of a round, and the engine's answer to them → rows.

A run reads the very files that are published, so whoever downloads them solves and checks the same problem.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chanjiao.apps.placement.models import (
    Consent,
    FirmRanking,
    PlacementOffer,
    PlacementRound,
    SeatGroup,
    Student,
    Wish,
)
from chanjiao.apps.placement.models.answers import HOLDS_A_PLACE
from chanjiao.apps.placement.rules.eligibility import Obstacle, obstacles, way
from chanjiao.apps.placement.rules.facts import RoundTerms, SeatTerms, StudentFacts
from chanjiao.apps.placement.rules.internship import RuleCode, Severity
from chanjiao.apps.placement.rules.points import PointRule, RankingMode, points_of
from chanjiao.apps.placement.rules.states import MethodName


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A wish that is not in the files, and why."""

    student_id: int
    seat_id: int
    rank: int
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Who and what stands in the files under which name, the wishes that do not, and who may have which seat."""

    students: dict[str, int] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    choices: int = 0
    left_out: tuple[LeftOut, ...] = ()
    may: Callable[[int, int], bool] = lambda _student, _seat: True


def round_terms(round_: PlacementRound) -> RoundTerms:
    """What the round asks of every student."""
    age = round_.internship_rules.filter(code=RuleCode.AGE, severity=Severity.BLOCK).first()
    ways = round_.travel_times.values_list("home", "zone", "minutes")
    return RoundTerms(
        starts_on=round_.starts_on,
        least_age=int(age.bound) if age else None,
        most_minutes=round_.most_minutes,
        minutes={(home, zone): minutes for home, zone, minutes in ways},
    )


def seat_terms(seat: SeatGroup) -> SeatTerms:
    """Whom the seat takes."""
    return SeatTerms(
        levels=tuple(seat.levels), programme_codes=tuple(seat.programme_codes), zone=seat.zone, lodging=seat.lodging
    )


def student_facts(student: Student, *, consents: bool = False) -> StudentFacts:
    """The student as the rules see them."""
    return StudentFacts(
        level=student.level,
        programme_code=student.programme_code,
        birth_date=student.birth_date,
        mark=student.mark,
        home=student.home,
        groups=tuple(student.groups),
        consents=consents,
    )


def rules_of(seat: SeatGroup) -> list[PointRule]:
    """The seat's rules of points."""
    return [PointRule(**rule) for rule in seat.point_rules]


def write_round(round_: PlacementRound, folder: Path) -> Gathered:
    """The round's files are in `folder`: every student who consents and wishes for a seat they may have.

    Students stand there by alias. Rows are read once and written at once; only the students are held together.
    """
    seats = {seat.pk: seat for seat in round_.seats.select_related("organisation").prefetch_related("reserves")}
    students = {one.pk: one for one in taking_part(round_)}
    reserved = {reserve.group for seat in seats.values() for reserve in seat.reserves.all()}
    writer = _Writer(round_, seats, students)
    present = writer.write_choices(folder)
    groups = {pk: next((g for g in students[pk].groups if g in reserved), "") for pk in present}
    _write(folder / "seats.csv", ["seat", "capacity", "minimum", "organisation"], _seat_rows(seats.values()))
    _write(folder / "students.csv", ["student", "group"], ([students[pk].alias, groups[pk]] for pk in present))
    rows = list(_reserve_rows(seats.values(), set(groups.values())))
    if rows:
        _write(folder / "reserves.csv", ["seat", "group", "places"], rows)
    if round_.method == MethodName.TOGETHER:
        teams = list(_team_rows(round_, writer.listed, students))
        if teams:
            _write(folder / "together.csv", ["group", "student"], teams)
    names = {seat.name_in_files: pk for pk, seat in seats.items()}
    aliases = {students[pk].alias: pk for pk in present}
    return Gathered(aliases, names, writer.choices, tuple(writer.left_out), writer.may)


def taking_part(round_: PlacementRound) -> list[Student]:
    """The students whose wishes count: consent in force, and no place held in the round that this one follows."""
    consents = Consent.objects.filter(round=round_, withdrawn_at__isnull=True)
    found = Student.objects.filter(wish_lists__round=round_, pk__in=consents.values("student"))
    if round_.follows_id is not None:
        held = PlacementOffer.objects.filter(round=round_.follows_id, state__in=HOLDS_A_PLACE)
        found = found.exclude(pk__in=held.values("student"))
    return list(found.order_by("pk"))


class _Writer:
    """Choices and scores while they are written; counts them and keeps what is left out."""

    def __init__(self, round_: PlacementRound, seats: dict[int, SeatGroup], students: dict[int, Student]) -> None:
        self.round, self.seats, self.students = round_, seats, students
        self.terms = round_terms(round_)
        self.seat_terms = {pk: seat_terms(seat) for pk, seat in seats.items()}
        self.facts = {pk: student_facts(student) for pk, student in students.items()}
        self.rules = {pk: rules_of(seat) for pk, seat in seats.items()}
        given = FirmRanking.objects.filter(seat__round=round_).values_list("seat_id", "student_id", "points")
        self.given = {(seat, student): points for seat, student, points in given.iterator()}
        self.choices = 0
        self.listed: dict[int, list[int]] = {}
        self.left_out: list[LeftOut] = []

    def write_choices(self, folder: Path) -> list[int]:
        """The students with at least one choice, in order; `choices.csv` and `scores.csv` are in the folder."""
        with _table(folder / "choices.csv") as listed, _table(folder / "scores.csv") as scored:
            listed.writerow(["student", "rank", "seat"])
            scored.writerow(["seat", "student", "score"])
            for student, seat, rank in self._wishes():
                if not self._counts(student, seat, rank):
                    continue
                alias, name = self.students[student].alias, self.seats[seat].name_in_files
                listed.writerow([alias, rank, name])
                points = self.points(student, seat)
                if points is not None:
                    scored.writerow([name, alias, points])
                self.choices += 1
                self.listed.setdefault(student, []).append(seat)
        return list(self.listed)

    def points(self, student: int, seat: int) -> object:
        """The points of an applicant at a seat; None where the firm gave none by hand."""
        mode = self.seats[seat].ranking
        if mode == RankingMode.LOTTERY:
            return 0
        if mode == RankingMode.HAND or (seat, student) in self.given:
            return self.given.get((seat, student))
        facts = self.facts[student]
        return points_of(self.rules[seat], facts, way(facts, self.seat_terms[seat], self.terms))

    def _wishes(self) -> Iterator[tuple[int, int, int]]:
        rows = Wish.objects.filter(wish_list__round=self.round).order_by("wish_list__student_id", "rank")
        for student, seat, rank in rows.values_list("wish_list__student_id", "seat_id", "rank").iterator(5000):
            if student in self.students:
                yield student, seat, rank

    def may(self, student: int, seat: int) -> bool:
        """Whether the student may have the seat."""
        return not any(obstacles(self.facts[student], self.seat_terms[seat], self.terms))

    def _counts(self, student: int, seat: int, rank: int) -> bool:
        found = tuple(obstacles(self.facts[student], self.seat_terms[seat], self.terms))
        if found:
            self.left_out.append(LeftOut(student, seat, rank, found))
        return not found


def _seat_rows(seats: Iterable[SeatGroup]) -> Iterator[list[object]]:
    for seat in seats:
        yield [seat.name_in_files, seat.capacity, seat.minimum, seat.organisation.name]


def _reserve_rows(seats: Iterable[SeatGroup], present: set[str]) -> Iterator[list[object]]:
    """Reserves of groups of which somebody takes part; the engine knows no empty group."""
    for seat in seats:
        for reserve in seat.reserves.all():
            if reserve.group in present:
                yield [seat.name_in_files, reserve.group, reserve.places]


def _team_rows(
    round_: PlacementRound, listed: dict[int, list[int]], students: dict[int, Student]
) -> Iterator[list[object]]:
    """Teams whose members who take part have the same list; members of others are placed one by one."""
    members: dict[str, list[int]] = {}
    for student, code in round_.wish_lists.exclude(team="").order_by("pk").values_list("student_id", "team"):
        if student in listed:
            members.setdefault(code, []).append(student)
    for code, team in members.items():
        if len(team) > 1 and all(listed[one] == listed[team[0]] for one in team):
            for one in team:
                yield [code, students[one].alias]


@contextmanager
def _table(path: Path) -> Iterator[Any]:
    with path.open("w", encoding="utf-8", newline="") as stream:
        yield csv.writer(stream, lineterminator="\n")


def _write(path: Path, head: list[str], rows: Iterable[list[object]]) -> None:
    with _table(path) as writer:
        writer.writerow(head)
        writer.writerows(rows)
