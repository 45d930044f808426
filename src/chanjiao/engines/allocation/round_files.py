"""A round as files: `seats.csv`, `students.csv`, `choices.csv` and, where wanted, scores and rules."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chanjiao.engines.allocation.columns import (
    Chunk,
    Reals,
    finite_numbers,
    read_chunks,
    references,
    unique_names,
    whole_numbers,
)
from chanjiao.engines.allocation.lottery import lottery_of_names
from chanjiao.engines.allocation.name_index import NameIndex
from chanjiao.engines.allocation.problem import LARGEST_CAPACITY, Ints, Ints32, Problem, problem_of
from chanjiao.engines.allocation.rule_files import SeatTable, StudentTable, read_limits, read_reserves, read_together
from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.table_faults import bad_value
from chanjiao.engines.words import N_

LARGEST_RANK = 2**31 - 1
SCORE_DIGITS = 15  # before the point, so that totals, prices and bounds stay numbers
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A problem with its names. Students and seats stand in the order of their names, whatever the order of the files.

    `rank` (E) is the rank as given for each choice; `unscored` the number of choices without a score.
    """

    problem: Problem
    students: list[str]
    seats: list[str]
    rank: Ints32
    unscored: int


@dataclass(frozen=True, slots=True, eq=False)
class _Choices:
    start: Ints
    seat: Ints32
    rank: Ints32


@dataclass(frozen=True, slots=True, eq=False)
class _Scores:
    """Scores by student·(number of seats) + seat, in order."""

    pair: Ints
    value: Reals


def read_round(folder: Path, seed: int, step: Step = lambda name: None) -> Round:
    """The round in `folder`, ties drawn from `seed`; every fault as an error with file and line.

    Time about 1 µs a row; `step` is called with the name of each file before it is read.
    """
    step("seats.csv")
    seats = _read_seats(folder / "seats.csv")
    step("students.csv")
    students = _read_students(folder / "students.csv")
    step("choices.csv")
    with ThreadPoolExecutor(1) as beside:  # the two long files at the same time: NumPy works outside Python's lock
        scores = beside.submit(_read_scores, folder / "scores.csv", students, seats)
        choices = _read_choices(folder / "choices.csv", students, seats)
        step("scores.csv")
        score = _scores_of(choices, scores.result(), seats)
    unscored = 0 if score is None else int(np.isneginf(score).sum())
    problem = problem_of(
        seats.capacity, choices.start, choices.seat, score, lottery=lottery_of_names(students.names, seed),
        minimum=seats.minimum, reserves=read_reserves(folder / "reserves.csv", students, seats),
        limits=read_limits(folder / "limits.csv", students, seats),
        together=read_together(folder / "together.csv", students, choices.start, choices.seat),
    )  # fmt: skip
    return Round(problem, students.names, seats.names, choices.rank, unscored)


def _read_seats(path: Path) -> SeatTable:
    chunks = list(read_chunks(path, ["seat", "capacity"]))
    given = unique_names(chunks, "seat")
    capacities = [whole_numbers(chunk, "capacity", 0, LARGEST_CAPACITY) for chunk in chunks]
    capacity = np.concatenate(capacities)
    minimum = np.concatenate([_minimum(chunk, most) for chunk, most in zip(chunks, capacities, strict=True)])
    order = _by_name(given)
    names = [given[row] for row in order]
    labels = {"seat": names}
    for column in {"organisation", "region"} & set(chunks[0].columns):
        labels[column] = _sorted_cells(chunks, column, order)
    return SeatTable(names, NameIndex(names), capacity[order], minimum[order], labels)


def _minimum(chunk: Chunk, capacity: Ints) -> Ints:
    """The minimum of each seat, 0 unless given; `table.bad_value` above the capacity."""
    minimum = whole_numbers(chunk, "minimum", 0, LARGEST_CAPACITY, empty="0")
    for row in np.flatnonzero(minimum > capacity)[:1].tolist():
        expected, most = N_("at most the capacity {most}"), int(capacity[row])
        raise bad_value(chunk.place(row), "minimum", str(minimum[row]), expected, most=most)
    return minimum


def _by_name(given: list[str]) -> list[int]:
    return sorted(range(len(given)), key=given.__getitem__)


def _sorted_cells(chunks: list[Chunk], column: str, order: list[int]) -> list[str]:
    cells = [cell for chunk in chunks for cell in chunk.texts(column)]
    return [cells[row] for row in order]


def _read_students(path: Path) -> StudentTable:
    chunks = list(read_chunks(path, ["student"]))
    given = unique_names(chunks, "student")
    order = _by_name(given)
    groups = {name: _sorted_cells(chunks, name, order) for name in chunks[0].columns if name != "student"}
    names = [given[row] for row in order]
    return StudentTable(names, NameIndex(names), groups)


def _read_choices(path: Path, students: StudentTable, seats: SeatTable) -> _Choices:
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    for chunk in read_chunks(path, ["student", "rank", "seat"]):
        student = references(chunk, "student", students.index, "students.csv")
        seat = references(chunk, "seat", seats.index, "seats.csv")
        parts.append((student, whole_numbers(chunk, "rank", 1, LARGEST_RANK), seat, chunk.lines))
    student, rank, seat, lines = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    key = (student << 32) | rank
    order = np.argsort(key, kind="stable")
    _refuse_repeated(path, key[order], lines[order], lambda at: f"student {students.names[student[order[at]]]}"
                     f" rank {rank[order[at]]}")  # fmt: skip
    pair = student * max(len(seats.names), 1) + seat
    by_pair = np.argsort(pair, kind="stable")
    _refuse_repeated(path, pair[by_pair], lines[by_pair], lambda at: f"student {students.names[student[by_pair[at]]]}"
                     f" seat {seats.names[seat[by_pair[at]]]}")  # fmt: skip
    start = np.concatenate([[0], np.cumsum(np.bincount(student, minlength=len(students.names)))]).astype(np.int64)
    return _Choices(start, seat[order].astype(np.int32), rank[order].astype(np.int32))


def _refuse_repeated(path: Path, key: Ints, lines: Ints, value: Callable[[int], str]) -> None:
    """`table.duplicate` at the earliest line whose key stands on an earlier line; `key` sorted stably."""
    later = np.flatnonzero(key[1:] == key[:-1]) + 1
    if later.size:
        at = int(later[lines[later].argmin()])
        first = f"{path.name}:{lines[at - 1]}"
        raise ChanjiaoError("table.duplicate", place=f"{path.name}:{lines[at]}", value=value(at), first=first)


def _read_scores(path: Path, students: StudentTable, seats: SeatTable) -> _Scores | None:
    """None without such a file."""
    if not path.exists():
        return None
    width = max(len(seats.names), 1)
    pairs, values, lines = [], [], []
    for chunk in read_chunks(path, ["seat", "student", "score"]):
        seat = references(chunk, "seat", seats.index, "seats.csv")
        student = references(chunk, "student", students.index, "students.csv")
        pairs.append(student * width + seat)
        values.append(finite_numbers(chunk, "score", SCORE_DIGITS))
        lines.append(chunk.lines)
    pair, value, line = np.concatenate(pairs), np.concatenate(values), np.concatenate(lines)
    order = np.argsort(pair, kind="stable")
    pair, value, line = pair[order], value[order], line[order]
    _refuse_repeated(path, pair, line, lambda at: f"seat {seats.names[pair[at] % width]}"
                     f" student {students.names[pair[at] // width]}")  # fmt: skip
    return _Scores(pair, value)


def _scores_of(choices: _Choices, scores: _Scores | None, seats: SeatTable) -> Reals | None:
    """The score of each choice; -inf where the file has none."""
    if scores is None:
        return None
    student = np.repeat(np.arange(choices.start.size - 1), np.diff(choices.start))
    wanted = student * len(seats.names) + choices.seat
    pair, value = np.append(scores.pair, -1), np.append(scores.value, -np.inf)
    at = np.searchsorted(scores.pair, wanted)
    return np.where(pair[at] == wanted, value[at], -np.inf)
