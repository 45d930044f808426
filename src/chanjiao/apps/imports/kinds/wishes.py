"""Wish lists of students from and to files: one row a student, as a college gathers them on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chanjiao.apps.imports.kinds.base import ImportKind, Options, Planned, RowByRow, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import list_of
from chanjiao.apps.placement.actions.enter_wish_lists import enter_wish_lists
from chanjiao.apps.placement.actions.remove_wish_list import remove_wish_list
from chanjiao.apps.placement.models import PlacementRound, WishList
from chanjiao.apps.placement.selectors.wish_lists import (
    ListEntry,
    college_list,
    college_lists,
    list_entry,
    rounds_taking_wishes,
)
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

TABLE = "placement.wishlist"
WISHES = tuple(f"wish_{rank}" for rank in range(1, 11))
HEADINGS = (
    N_("Wish 1"), N_("Wish 2"), N_("Wish 3"), N_("Wish 4"), N_("Wish 5"), N_("Wish 6"), N_("Wish 7"), N_("Wish 8"),
    N_("Wish 9"), N_("Wish 10"),
)  # fmt: skip
SPOKEN = "一二三四五六七八九十"

OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("round", N_("Placement round"), ("轮次", "批次")),
        Column("number", N_("Student number"), ("学生学号",), required=True),
        Column("name", N_("Student's name"), ("姓名",)),
        *(
            Column(name, heading, (f"第{rank}志愿", f"第{SPOKEN[rank - 1]}志愿"), required=rank == 1)
            for rank, (name, heading) in enumerate(zip(WISHES, HEADINGS, strict=True), start=1)
        ),
        Column("further", N_("Further wishes"), ("其他志愿",)),
    ),
)
"""A wish is the number of a seat (P12), “enterprise · post”, or the post alone where only one bears that name."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A student's list, as it will be entered."""

    round_id: int
    number: str
    seats: tuple[int, ...]
    before: tuple[int, ...] | None


class WishReading(RowByRow):
    """Rows read for one officer: the rounds that take wishes, and the lists met so far."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now = actor, now
        self._rounds = {one.title: one for one in rounds_taking_wishes(actor, now)}
        self._entries: dict[int, ListEntry] = {}
        self._met: set[tuple[int, str]] = set()

    def read(self, record: Record) -> Planned:
        """The row as a list to enter, one that takes the place of another, or one that stands already."""
        round_ = self._round(record.get("round", ""))
        if round_.pk not in self._entries:
            self._entries[round_.pk] = list_entry(self._actor, round_)
        entry, number = self._entries[round_.pk], record.get("number", "")
        if (round_.pk, number) in self._met:
            raise ChanjiaoError("import.twice_in_file", field="number")
        self._met.add((round_.pk, number))
        seats = tuple(_seats(record, entry))
        entry.check(number, record.get("name", ""), seats)
        known = entry.standing.get(number)
        if known is not None and known.seats == seats:
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, known.pk, known.version))
        outcome = RowOutcome.CREATED if known is None else RowOutcome.UPDATED
        return Planned(outcome, _Listed(round_.pk, number, seats, None if known is None else known.seats))

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """What became of each row; the lists of a round are entered together."""
        new: list[_Listed] = [one.payload for one in planned]
        made = {
            (round_id, number): one
            for round_id in {listed.round_id for listed in new}
            for number, one in enter_wish_lists(
                actor=self._actor, round_id=round_id, college_id=self._actor.organisation_id or 0, now=self._now,
                lists={listed.number: listed.seats for listed in new if listed.round_id == round_id},
            ).items()
        }  # fmt: skip
        return [self._stored(one, made) for one in new]

    @staticmethod
    def _stored(listed: _Listed, made: Mapping[tuple[int, str], WishList]) -> Stored:
        one = made[listed.round_id, listed.number]
        before = None if listed.before is None else {"number": listed.number, "seats": list(listed.before)}
        return Stored(TABLE, one.pk, one.version, before)

    def _round(self, title: str) -> PlacementRound:
        if not title and len(self._rounds) == 1:
            return next(iter(self._rounds.values()))
        if title not in self._rounds:
            open_now = "、".join(self._rounds) or "–"
            raise ChanjiaoError("import.bad_choice", field="round", value=title[:40] or "–", expected=open_now)
        return self._rounds[title]


def _seats(record: Record, entry: ListEntry) -> Iterator[int]:
    """The seats that the cells name, best first; an empty cell between wishes is passed over."""
    cells = [(name, record.get(name, "")) for name in WISHES]
    cells += [("further", word) for word in list_of(record.get("further", ""))]
    told = [(name, cell) for name, cell in cells if cell]
    if not told:
        raise ChanjiaoError("import.required", field="wish_1")
    faults = []
    for name, cell in told:
        try:
            yield entry.seat_named(cell)
        except ChanjiaoError as fault:
            fault.field = name
            faults.append(fault)
    if faults:
        raise Rejected(faults)


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        remove_wish_list(actor=actor, pk=stored.object_id, version=stored.version, now=now)
        return
    standing = college_list(actor, stored.object_id)
    if standing.version != stored.version:
        raise ChanjiaoError("record.stale")
    lists = {stored.before["number"]: stored.before["seats"]}
    college = actor.organisation_id or 0
    enter_wish_lists(actor=actor, round_id=standing.round_id, lists=lists, college_id=college, now=now)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for one in college_lists(actor):
        names = dict(zip(WISHES, one.seat_names, strict=False))
        further = "、".join(one.seat_names[len(WISHES) :])
        yield {"round": one.round, "number": one.number, "name": one.name, **names, "further": further}


WISH_LISTS = ImportKind("wishes", N_("Wish lists of students"), (OWN,), WishReading, _undo, _records)
