"""Wish lists of a whole college: what stands, what a new list must hold to, for officers who enter them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chanjiao.apps.placement.models import PlacementRound, RoundState, Student, WishList
from chanjiao.apps.placement.rights import keeps_students
from chanjiao.apps.placement.rules.facts import RoundTerms, SeatTerms
from chanjiao.apps.placement.rules.wishes import wish_faults
from chanjiao.apps.placement.selectors.rounds import rounds
from chanjiao.apps.placement.snapshot import round_terms, seat_terms, student_facts
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


@dataclass(frozen=True, slots=True)
class StandingList:
    """A list that stands, with the seats best first, by id and as files write them."""

    pk: int
    version: int
    round_id: int
    round: str
    number: str
    name: str
    seats: tuple[int, ...]
    seat_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """All that is needed to read lists of one college in one round: its students, the seats by name, what stands."""

    most: int
    terms: RoundTerms
    seats: Mapping[int, tuple[str, SeatTerms]]
    named: Mapping[str, tuple[int, ...]]
    students: Mapping[str, Student]
    standing: Mapping[str, StandingList]

    def seat_named(self, name: str) -> int:
        """The seat that the words name; refused where there is none, or more than one."""
        found = self.named.get(_plain(name), ())
        if not found:
            raise ChanjiaoError("placement.seat_unknown", value=name[:60])
        if len(found) > 1:
            raise ChanjiaoError("import.ambiguous_name", value=name[:60], codes="、".join(f"P{pk}" for pk in found))
        return found[0]

    def check(self, number: str, name: str, seats: Sequence[int]) -> None:
        """Nothing; a `Rejected` with everything wrong with the list, or with whose it is said to be."""
        student = self.students.get(number)
        if student is None:
            raise ChanjiaoError("placement.student_unknown", field="number", value=number[:30])
        if name and name != student.name:
            raise ChanjiaoError("placement.other_name", field="name", value=name[:60], number=number)
        found = wish_faults(seats, self.seats, student_facts(student), self.terms, self.most)
        faults = [_of_another(fault) for fault in found]
        if faults:
            raise Rejected(faults)


def rounds_taking_wishes(actor: Actor, now: datetime) -> list[PlacementRound]:
    """The rounds open to the actor in which wishes may be entered now."""
    return list(rounds(actor).filter(state=RoundState.WISHES, wishes_until__gte=now))


def list_entry(actor: Actor, round_: PlacementRound) -> ListEntry:
    """What an officer needs to enter lists of the college acted for; `action.denied` for everybody else."""
    require(keeps_students(actor, actor.organisation_id))
    named: dict[str, list[int]] = {}
    seats = {seat.pk: seat for seat in round_.seats.select_related("organisation")}
    for pk, seat in seats.items():
        for name in {seat.name_in_files, seat.title, f"{seat.organisation.name}·{seat.title}"}:
            named.setdefault(_plain(name), []).append(pk)
    return ListEntry(
        most=round_.most_choices,
        terms=round_terms(round_),
        seats={pk: (seat.title, seat_terms(seat)) for pk, seat in seats.items()},
        named={name: tuple(found) for name, found in named.items()},
        students={one.number: one for one in Student.objects.filter(college_id=actor.organisation_id)},
        standing={one.number: one for one in college_lists(actor, round_)},
    )


def college_lists(actor: Actor, round_: PlacementRound | None = None) -> list[StandingList]:
    """The lists of the college acted for, of one round or of all; nothing for who is no officer of a college."""
    if not keeps_students(actor, actor.organisation_id):
        return []
    rows = WishList.objects.filter(student__college_id=actor.organisation_id).select_related("student", "round")
    if round_ is not None:
        rows = rows.filter(round=round_)
    return [_standing(row) for row in rows.prefetch_related("wishes__seat__organisation").order_by("-round", "pk")]


def college_list(actor: Actor, pk: int) -> StandingList:
    """One list of a student of the college acted for; `record.not_found`."""
    row = WishList.objects.select_related("student", "round").filter(pk=pk).first()
    if row is None or not keeps_students(actor, row.student.college_id):
        raise ChanjiaoError("record.not_found")
    return _standing(row)


def _of_another(fault: ChanjiaoError) -> ChanjiaoError:
    """The fault as it is told to an officer rather than to the student."""
    if fault.code != "placement.not_eligible":
        return fault
    return ChanjiaoError("placement.student_not_eligible", title=fault.params["title"])


def _standing(row: WishList) -> StandingList:
    seats = [wish.seat for wish in row.wishes.all()]
    return StandingList(
        pk=row.pk, version=row.version, round_id=row.round_id, round=row.round.title, number=row.student.number,
        name=row.student.name, seats=tuple(seat.pk for seat in seats),
        seat_names=tuple(f"{seat.organisation.name} · {seat.title}" for seat in seats),
    )  # fmt: skip


def _plain(name: str) -> str:
    """A name as it is compared: without blanks, whatever the case."""
    return "".join(name.split()).casefold()
