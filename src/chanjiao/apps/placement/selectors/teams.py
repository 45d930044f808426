"""The team of a student: who belongs to it, and whether all of them have the same list."""

from __future__ import annotations

from dataclasses import dataclass

from chanjiao.apps.placement.changes import own_student
from chanjiao.apps.placement.models import PlacementRound, SeatGroup, WishList
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class TeamMate:
    """Another member of the team, and their list."""

    name: str
    seats: tuple[SeatGroup, ...]
    has_own_order: bool


@dataclass(frozen=True, slots=True)
class Team:
    """The reader's team; `mates` are the others."""

    code: str
    mates: tuple[TeamMate, ...]

    @property
    def agrees(self) -> bool:
        """Whether there is somebody else, and all have the same list."""
        return bool(self.mates) and not any(mate.has_own_order for mate in self.mates)


def own_team(actor: Actor, round_: PlacementRound) -> Team | None:
    """The team that the student belongs to in the round; members see each other's name and list."""
    me = own_student(actor)
    code = WishList.objects.filter(round=round_, student=me).values_list("team", flat=True).first()
    if not code:
        return None
    lists = WishList.objects.filter(round=round_, team=code).select_related("student")
    orders = {row: tuple(wish.seat for wish in row.wishes.all()) for row in lists.prefetch_related("wishes__seat")}
    own = next(seats for row, seats in orders.items() if row.student_id == me.pk)
    mates = (
        TeamMate(row.student.name, seats, seats != own) for row, seats in orders.items() if row.student_id != me.pk
    )
    return Team(code, tuple(mates))
