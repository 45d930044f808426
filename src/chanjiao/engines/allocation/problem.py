"""The problem that every method solves: seats with capacities, students with ordered lists, scores, a lottery."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chanjiao.engines.errors import ChanjiaoError

LARGEST_CAPACITY = 2**31 - 1

Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]
Numbers = NDArray[np.generic]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Reserve:
    """Places at one seat that go to members of a group first, and to others where too few members apply."""

    seat: int
    places: int
    members: Ints32


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """How many students (of `members`, or any for None) may and should be placed at `seats` taken together."""

    seats: Ints32
    maximum: int
    minimum: int = 0
    members: Ints32 | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Students (rows of a compressed table, first choice first) and seats (groups of equal places).

    `start` (n + 1) and `seat` (E) hold each student's list, `score` (E) what the seat gives the student (higher first;
    None when only the lottery decides; -inf stands for "not scored": behind every score), `lottery` (n) a permutation,
    0 drawn first. `capacity` and `minimum` count places. The students of each group in `together` share one list and
    want the same seat or none. Arrays are kept as given and must not change afterwards.
    """

    capacity: Ints
    start: Ints
    seat: Ints32
    score: Numbers | None
    lottery: Ints32
    minimum: Ints
    reserves: tuple[Reserve, ...] = ()
    limits: tuple[Limit, ...] = ()
    together: tuple[Ints32, ...] = ()

    @property
    def students(self) -> int:
        """The number of students."""
        return self.start.size - 1

    @property
    def seats(self) -> int:
        """The number of seats."""
        return self.capacity.size


def problem_of(
    capacity: ArrayLike,
    start: ArrayLike,
    seat: ArrayLike,
    score: ArrayLike | None = None,
    *,
    lottery: ArrayLike | None = None,
    seed: int = 0,
    minimum: ArrayLike | None = None,
    reserves: Sequence[Reserve] = (),
    limits: Sequence[Limit] = (),
    together: Sequence[ArrayLike] = (),
) -> Problem:
    """A problem from arrays, shapes and ranges checked (lists by `check_lists`); arrays of the right type uncopied.

    Without `lottery` it is drawn from `seed` by position.

    >>> problem = problem_of([1, 1], [0, 2, 3], [0, 1, 0], [80.0, 70.0, 90.0])
    >>> problem.students, problem.seats
    (2, 2)
    """
    from chanjiao.engines.allocation.lottery import draw_lottery

    starts = np.ascontiguousarray(start, np.int64)
    seats = np.ascontiguousarray(seat, np.int32)
    scores = None if score is None else np.ascontiguousarray(score)
    capacities = np.ascontiguousarray(capacity, np.int64)
    least = np.zeros(capacities.size, np.int64) if minimum is None else np.ascontiguousarray(minimum, np.int64)
    _check_shapes(starts, seats, scores, capacities, least)
    drawn = draw_lottery(starts.size - 1, seed) if lottery is None else np.ascontiguousarray(lottery, np.int32)
    if lottery is not None and not is_permutation(drawn, starts.size - 1):
        raise ChanjiaoError("allocation.lottery_not_a_permutation", students=starts.size - 1)
    groups = tuple(np.ascontiguousarray(group, np.int32) for group in together)
    made = Problem(capacities, starts, seats, scores, drawn, least, tuple(reserves), tuple(limits), groups)
    _check_reserves(made)
    _check_together(made)
    return made


def is_permutation(numbers: NDArray[np.integer], size: int) -> bool:
    """True when `numbers` holds each of 0 … size - 1 once."""
    if numbers.shape != (size,) or (size and (numbers.min() < 0 or numbers.max() >= size)):
        return False
    seen = np.zeros(size, np.bool_)
    seen[numbers] = True
    return bool(seen.all())


def _check_shapes(start: Ints, seat: Ints32, score: Numbers | None, capacity: Ints, minimum: Ints) -> None:
    if start.ndim != 1 or start.size == 0 or start[0] != 0 or start[-1] != seat.size or (np.diff(start) < 0).any():
        raise ChanjiaoError("allocation.broken_lists", choices=seat.size)
    if score is not None and (score.shape != seat.shape or score.dtype.kind not in "iuf"):
        raise ChanjiaoError("allocation.broken_scores", choices=seat.size, scores=score.size)
    for index in np.flatnonzero((capacity < 0) | (capacity > LARGEST_CAPACITY))[:1]:
        raise ChanjiaoError("allocation.bad_capacity", seat=int(index), value=int(capacity[index]))
    if minimum.shape != capacity.shape:
        raise ChanjiaoError("allocation.bad_minimum", seat=-1, value=minimum.size, capacity=capacity.size)
    for index in np.flatnonzero((minimum < 0) | (minimum > capacity))[:1]:
        raise ChanjiaoError(
            "allocation.bad_minimum", seat=int(index), value=int(minimum[index]), capacity=int(capacity[index])
        )


def _check_reserves(problem: Problem) -> None:
    reserved: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    for reserve in problem.reserves:
        if not 0 <= reserve.seat < problem.seats:
            raise ChanjiaoError("allocation.unknown_seat", choice=-1, value=reserve.seat)
        reserved[reserve.seat] = reserved.get(reserve.seat, 0) + reserve.places
        if reserve.places < 0 or reserved[reserve.seat] > problem.capacity[reserve.seat]:
            raise ChanjiaoError("allocation.reserve_too_large", seat=reserve.seat, value=reserved[reserve.seat])
        own = set(reserve.members.tolist())
        if own & members.setdefault(reserve.seat, set()):
            raise ChanjiaoError("allocation.reserve_overlap", seat=reserve.seat)
        members[reserve.seat] |= own


def _check_together(problem: Problem) -> None:
    seen: set[int] = set()
    for group in problem.together:
        for student in group.tolist():
            if student in seen or not 0 <= student < problem.students:
                raise ChanjiaoError("allocation.together_twice", student=student)
            seen.add(student)
            if not np.array_equal(list_of(problem, student), list_of(problem, int(group[0]))):
                raise ChanjiaoError("allocation.lists_differ", student=student, other=int(group[0]))


def list_of(problem: Problem, student: int) -> Ints32:
    """The seats of a student's list, first choice first."""
    return problem.seat[problem.start[student] : problem.start[student + 1]]


def check_lists(problem: Problem, *, compiled: bool = False) -> None:
    """Nothing when every choice names a seat, no list names one twice, no score is NaN or +inf; else the first fault.

    Cost O(E log E), with `compiled` O(E) where nothing is wrong.
    """
    seat, seats = problem.seat, problem.seats
    if compiled:
        from chanjiao.engines.allocation.lists_compiled import are_sound

        if are_sound(problem.start, seat, problem.score, seats):
            return
    for index in np.flatnonzero((seat < 0) | (seat >= seats))[:1]:
        raise ChanjiaoError("allocation.unknown_seat", choice=int(index), value=int(seat[index]))
    if problem.score is not None and problem.score.dtype.kind == "f":
        bad = np.isnan(problem.score) | (problem.score == np.inf)
        for index in np.flatnonzero(bad)[:1]:
            raise ChanjiaoError("allocation.bad_score", choice=int(index), value=float(problem.score[index]))
    student = student_of_choice(problem)
    pair = student * max(seats, 1) + seat
    order = np.argsort(pair, kind="stable")
    repeated = order[1:][pair[order][1:] == pair[order][:-1]]
    if repeated.size:
        index = int(repeated.min())
        raise ChanjiaoError(
            "allocation.repeated_seat", choice=index, value=int(seat[index]), student=int(student[index])
        )


def student_of_choice(problem: Problem) -> Ints:
    """The student (E) to whom each choice belongs."""
    return np.repeat(np.arange(problem.students, dtype=np.int64), np.diff(problem.start))


def with_capacity(problem: Problem, seat: int, extra: int) -> Problem:
    """The same problem with `extra` more places at one seat."""
    capacity = problem.capacity.copy()
    capacity[seat] += extra
    return replace(problem, capacity=capacity)


def problem_hash(problem: Problem, student_names: Sequence[str] = (), seat_names: Sequence[str] = ()) -> str:
    """SHA-256 over names, capacities, lists, scores and rules; equal hashes mean the same problem in the same order."""
    digest = hashlib.sha256(b"chanjiao.allocation.1")
    for names in (student_names, seat_names):
        joined = "\x1f".join(names).encode()
        digest.update(len(joined).to_bytes(8, "little") + joined)
    score = np.empty(0) if problem.score is None else problem.score.astype(np.float64)
    for array in (problem.capacity, problem.minimum, problem.start, problem.seat, score, problem.lottery):
        digest.update(array.size.to_bytes(8, "little") + array.tobytes())
    for reserve in problem.reserves:
        digest.update(f"reserve {reserve.seat} {reserve.places} {reserve.members.tolist()}".encode())
    for limit in problem.limits:
        members = None if limit.members is None else limit.members.tolist()
        digest.update(f"limit {limit.seats.tolist()} {limit.minimum} {limit.maximum} {members}".encode())
    for group in problem.together:
        digest.update(f"together {group.tolist()}".encode())
    return digest.hexdigest()
