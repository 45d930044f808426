"""The rules of a round as files: `reserves.csv`, `limits.csv`, `together.csv`; each may be missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chanjiao.engines.allocation.columns import Chunk, read_chunks, references, unique_names, whole_numbers
from chanjiao.engines.allocation.name_index import NameIndex
from chanjiao.engines.allocation.problem import LARGEST_CAPACITY, Ints, Ints32, Limit, Reserve
from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.table_faults import bad_value
from chanjiao.engines.words import N_


@dataclass(frozen=True, slots=True, eq=False)
class SeatTable:
    """`seats.csv`: names in order, and for each the capacity, the minimum and the labels by column."""

    names: list[str]
    index: NameIndex
    capacity: Ints
    minimum: Ints
    labels: dict[str, list[str]]


@dataclass(frozen=True, slots=True, eq=False)
class StudentTable:
    """`students.csv`: names in order, and the group of each by column."""

    names: list[str]
    index: NameIndex
    groups: dict[str, list[str]]


def read_reserves(path: Path, students: StudentTable, seats: SeatTable) -> list[Reserve]:
    """`reserves.csv`: seat,group,places; a group is a value of any group column, or column:value."""
    reserves: list[Reserve] = []
    for chunk in read_chunks(path, ["seat", "group", "places"]) if path.exists() else ():
        seat = references(chunk, "seat", seats.index, "seats.csv").tolist()
        places = whole_numbers(chunk, "places", 0, LARGEST_CAPACITY).tolist()
        for row, group in enumerate(chunk.texts("group")):
            one = Reserve(seat[row], places[row], _members(students, group, chunk.place(row)))
            _check_reserve(one, [other for other in reserves if other.seat == one.seat], seats, chunk.place(row))
            reserves.append(one)
    reserves.sort(key=lambda one: (one.seat, one.members.tolist()))
    return reserves


def _check_reserve(one: Reserve, others: list[Reserve], seats: SeatTable, place: str) -> None:
    left = int(seats.capacity[one.seat]) - sum(other.places for other in others)
    if one.places > left:
        expected = N_("at most {left}, what is left of the capacity")
        raise bad_value(place, "places", str(one.places), expected, left=left)
    if any(np.isin(one.members, other.members).any() for other in others):
        raise ChanjiaoError("allocation.reserve_overlap", place=place, seat=seats.names[one.seat])


def _members(students: StudentTable, group: str, place: str) -> Ints32:
    column, colon, value = group.partition(":")
    if colon and column in students.groups:
        columns, wanted = [students.groups[column]], value
    else:
        columns, wanted = list(students.groups.values()), group
    inside = [row for row in range(len(students.names)) if any(cells[row] == wanted for cells in columns)]
    if not inside:
        raise ChanjiaoError("table.unknown_reference", place=place, what="group", value=group, where="students.csv")
    return np.array(inside, np.int32)


def read_limits(path: Path, students: StudentTable, seats: SeatTable) -> list[Limit]:
    """`limits.csv`: maximum and minimum, for the seats that match seat, organisation, region, and for one group."""
    limits: list[Limit] = []
    for chunk in read_chunks(path, ["maximum"]) if path.exists() else ():
        high = whole_numbers(chunk, "maximum", 0, LARGEST_CAPACITY, empty=str(LARGEST_CAPACITY))
        low = whole_numbers(chunk, "minimum", 0, LARGEST_CAPACITY, empty="0")
        limits += [_limit(chunk, row, (int(low[row]), int(high[row])), students, seats) for row in range(len(chunk))]
    return [one for _, one in sorted({one.name: one for one in limits}.items())]  # the same limit twice is one


def _limit(chunk: Chunk, row: int, bounds: tuple[int, int], students: StudentTable, seats: SeatTable) -> Limit:
    low, high = bounds
    place = chunk.place(row)
    if low > high:
        raise bad_value(place, "minimum", str(low), N_("at most the maximum {most}"), most=high)
    inside = np.ones(len(seats.names), np.bool_)
    said = []
    for column in ("seat", "organisation", "region"):
        value = chunk.text(column, row)
        if value:
            said.append(f"{column} {value}")
            inside &= np.array([cell == value for cell in seats.labels.get(column, [""] * len(seats.names))], np.bool_)
            if not inside.any():
                raise ChanjiaoError("table.unknown_reference", place=place, what=column, value=value, where="seats.csv")
    group = chunk.text("group", row)
    members = _members(students, group, place) if group else None
    said += [f"group {group}"] if group else []
    name = f"{', '.join(said) or 'all'} ({low}–{high})"
    return Limit(np.flatnonzero(inside).astype(np.int32), high, low, members, name)


def read_together(path: Path, students: StudentTable, start: Ints, seat: Ints32) -> list[Ints32]:
    """`together.csv`: group,student; the students of a group want the same seat or none, and must list the same."""
    if not path.exists():
        return []
    chunks = list(read_chunks(path, ["group", "student"]))
    unique_names(chunks, "student")
    groups: dict[str, list[int]] = {}
    for chunk in chunks:
        student = references(chunk, "student", students.index, "students.csv").tolist()
        for row, (group, one) in enumerate(zip(chunk.texts("group"), student, strict=True)):
            if not group:
                continue
            members = groups.setdefault(group, [])
            first = members[0] if members else one
            if not np.array_equal(seat[start[one] : start[one + 1]], seat[start[first] : start[first + 1]]):
                expected = N_("a student who lists the same seats in the same order as {other}")
                name, other = students.names[one], students.names[first]
                raise bad_value(chunk.place(row), "student", name, expected, other=other)
            members.append(one)
    return [np.array(sorted(members), np.int32) for _, members in sorted(groups.items())]
