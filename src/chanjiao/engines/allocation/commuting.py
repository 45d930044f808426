"""The way to a seat: distances, how far is too far, and travel zones. As a factor of the score see `priorities`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chanjiao.engines.allocation.problem import Bools, Ints, Problem, student_of_choice
from chanjiao.engines.errors import ChanjiaoError

Reals = NDArray[np.float64]
EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True, eq=False)
class Reachable:
    """The round of the choices within reach: `kept` and `dropped` are choices of the round as given."""

    problem: Problem
    kept: Ints
    dropped: Ints


def distances_km(student_at: ArrayLike, seat_at: ArrayLike, problem: Problem) -> Reals:
    """The distance in kilometres of each choice, as the crow flies; places are (latitude, longitude) in degrees.

    NaN where one of the two is unknown (NaN). Great circle on a sphere: within 0.6 % of the true figure.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> one = problem_of([1], [0, 1], [0])
    >>> distances_km([[30.54, 117.06]], [[30.63, 117.05]], one).round(1).tolist()
    [10.1]
    """
    home = np.radians(np.asarray(student_at, np.float64).reshape(-1, 2))[student_of_choice(problem)]
    work = np.radians(np.asarray(seat_at, np.float64).reshape(-1, 2))[problem.seat]
    half = (work - home) / 2
    chord = np.sin(half[:, 0]) ** 2 + np.cos(home[:, 0]) * np.cos(work[:, 0]) * np.sin(half[:, 1]) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))), np.float64)


def within_distance(problem: Problem, distance: Reals, farthest: float) -> Reachable:
    """The round without the choices farther than `farthest`; an unknown distance (NaN) is not too far."""
    if not farthest >= 0:
        raise ChanjiaoError("allocation.bad_distance", value=float(farthest))
    return keep_choices(problem, ~(distance > farthest))


def within_zones(problem: Problem, student_zone: ArrayLike, seat_zone: ArrayLike, reach: Bools) -> Reachable:
    """The round of the choices whose seat lies in a zone that the student's zone reaches: `reach[from, to]`."""
    home, work = np.asarray(student_zone, np.int64), np.asarray(seat_zone, np.int64)
    return keep_choices(problem, reach[home[student_of_choice(problem)], work[problem.seat]])


def keep_choices(problem: Problem, keep: Bools) -> Reachable:
    """The round of the choices marked in `keep`; the others are as if never listed."""
    start = np.concatenate([[0], np.cumsum(keep)])[problem.start].astype(np.int64)
    score = None if problem.score is None else problem.score[keep]
    trimmed = replace(problem, start=start, seat=problem.seat[keep], score=score)
    return Reachable(trimmed, np.flatnonzero(keep), np.flatnonzero(~keep))
