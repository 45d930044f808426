"""The rows of a planning problem as they are read, each with its place, and the settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A programme at a college: duration in whole years, seats, step, least class, costs, share that completes."""

    place: str
    college: str
    programme: str
    years: int
    seats_now: float
    seats_max: float
    step: float
    minimum_open: float
    open_cost: float
    close_cost: float
    completion: float


@dataclass(frozen=True, slots=True)
class Link:
    """The share (0–1) of a programme's graduates who go into an occupation."""

    place: str
    programme: str
    occupation: str
    share: float


@dataclass(frozen=True, slots=True)
class Demand:
    """The people that an occupation asks for in a year: low, expected and high."""

    place: str
    occupation: str
    year: int
    low: float
    expected: float
    high: float


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a resource a college has in a year."""

    place: str
    college: str
    year: int
    resource: str
    amount: float


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a resource one seat of a programme takes."""

    place: str
    programme: str
    resource: str
    per_seat: float


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read and plays no part, or looks odd: where, a stable code, and its parameters."""

    place: str
    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights of the objective; `max_change` a year as a share of max(seats now, step), None for no bound.

    `robust` counts shortage against high and surplus against low demand. `relax` drops wholeness.
    """

    shortage: float = 1.0
    surplus: float = 0.5
    open: float = 1.0
    close: float = 1.0
    change: float = 0.001
    max_change: float | None = None
    robust: bool = False
    relax: bool = False
