"""The planning problem in arrays, made of rows that are checked against themselves and each other."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.planning.checks import FROM_0, check_demand, check_points, refuse, refuse_twice
from chanjiao.engines.planning.noticed import odd_points, odd_shares, open_ends, unreached
from chanjiao.engines.planning.rows import Demand, Limit, Link, Note, Point, Settings, Use
from chanjiao.engines.words import N_

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """The problem in arrays: n points, T years, O occupations, L limits.

    `supply` is O × n, people per seat (share × completion). Each limit is a row of `use` (L × n) in the year
    `limit_year` with `limit_amount`. `notes` says what was read but plays no part, or looks odd.
    """

    points: tuple[Point, ...]
    occupations: tuple[str, ...]
    years: tuple[int, ...]
    duration: Indices
    seats_now: Floats
    seats_max: Floats
    step: Floats
    minimum_open: Floats
    open_cost: Floats
    close_cost: Floats
    supply: sparse.csr_array
    low: Floats
    expected: Floats
    high: Floats
    limits: tuple[Limit, ...]
    limit_year: Indices
    limit_amount: Floats
    use: sparse.csr_array
    settings: Settings
    notes: tuple[Note, ...] = field(default=())

    @property
    def short_against(self) -> Floats:
        """The demand (O × T) against which shortage is counted."""
        return self.high if self.settings.robust else self.expected

    @property
    def surplus_against(self) -> Floats:
        """The demand (O × T) against which surplus is counted."""
        return self.low if self.settings.robust else self.expected

    @property
    def first_level(self) -> Indices:
        """The fewest steps of an open point: `minimum_open` rounded up to whole steps (0 where it is 0)."""
        return np.ceil(self.minimum_open / self.step - 1e-9).astype(np.int64)

    @property
    def last_level(self) -> Indices:
        """The most steps of a point: `seats_max` rounded down to whole steps."""
        return np.floor(self.seats_max / self.step + 1e-9).astype(np.int64)

    @property
    def largest_change(self) -> Floats:
        """The greatest change of a point's intake from one year to the next, opening and closing aside."""
        if self.settings.max_change is None:
            return np.full(len(self.points), np.inf)
        return self.settings.max_change * np.maximum(self.seats_now, self.step)

    def hash(self) -> str:
        """A hash over everything that the answer depends on, and not over where it was read."""
        digest = hashlib.sha256()
        names = [(point.college, point.programme) for point in self.points]
        rows = [(limit.college, limit.year, limit.resource) for limit in self.limits]
        for value in (names, self.occupations, self.years, rows, self.settings):
            digest.update(repr(value).encode())
        for matrix in (self.supply, self.use):
            for array in (matrix.data, matrix.indices.astype(np.int64), matrix.indptr.astype(np.int64)):
                digest.update(np.ascontiguousarray(array).tobytes())
        for array in (self.duration, self.seats_now, self.seats_max, self.step, self.minimum_open, self.open_cost):
            digest.update(array.tobytes())
        for array in (self.close_cost, self.low, self.expected, self.high, self.limit_amount):
            digest.update(array.tobytes())
        return digest.hexdigest()


def problem_of(
    *,
    points: Sequence[Point],
    links: Sequence[Link],
    demands: Sequence[Demand],
    limits: Sequence[Limit] = (),
    uses: Sequence[Use] = (),
    settings: Settings | None = None,
) -> Problem:
    """The problem that the rows state; a row that contradicts itself or another raises `planning.*` with its place.

    Links and uses of programmes that nobody teaches, and links to occupations without demand, play no part and are
    noted.
    """
    check_points(points)
    years = _years(demands)
    occupations = tuple(dict.fromkeys(row.occupation for row in demands))
    low, expected, high = _demand_arrays(demands, occupations, years)
    taught = {point.programme for point in points}
    supply, link_notes = _supply(points, links, occupations, taught)
    kept, use, use_notes = _limits(points, limits, uses, years, taught)
    return Problem(
        points=tuple(points),
        occupations=occupations,
        years=years,
        duration=np.array([point.years for point in points], np.int64),
        seats_now=_column(points, "seats_now"),
        seats_max=_column(points, "seats_max"),
        step=_column(points, "step"),
        minimum_open=_column(points, "minimum_open"),
        open_cost=_column(points, "open_cost"),
        close_cost=_column(points, "close_cost"),
        supply=supply,
        low=low,
        expected=expected,
        high=high,
        limits=kept,
        limit_year=np.array([limit.year - years[0] for limit in kept], np.int64),
        limit_amount=np.array([limit.amount for limit in kept], np.float64),
        use=use,
        settings=settings or Settings(),
        notes=(
            *odd_points(points, len(years)),
            *link_notes,
            *unreached(demands, links, taught),
            *use_notes,
            *open_ends(limits, uses, years),
        ),
    )


def _column(points: Sequence[Point], name: str) -> Floats:
    return np.array([getattr(point, name) for point in points], np.float64)


def _years(demands: Sequence[Demand]) -> tuple[int, ...]:
    if not demands:
        raise ChanjiaoError("planning.no_demand")
    years = sorted({row.year for row in demands})
    missing = next((year + 1 for year, later in pairwise(years) if later > year + 1), None)
    if missing is not None:
        after = next(row for row in demands if row.year > missing)
        raise ChanjiaoError(
            "planning.year_missing", place=after.place, field="year", year=missing, first=years[0], last=years[-1]
        )
    return tuple(years)


def _demand_arrays(
    demands: Sequence[Demand], occupations: tuple[str, ...], years: tuple[int, ...]
) -> tuple[Floats, Floats, Floats]:
    refuse_twice((row.place, (row.occupation, row.year)) for row in demands)
    row_of = {occupation: number for number, occupation in enumerate(occupations)}
    arrays = np.full((3, len(occupations), len(years)), np.nan)
    for row in demands:
        check_demand(row)
        arrays[:, row_of[row.occupation], row.year - years[0]] = (row.low, row.expected, row.high)
    absent = np.argwhere(np.isnan(arrays[0]))
    if len(absent):
        occupation, year = absent[0]
        place = next(row.place for row in demands if row.occupation == occupations[occupation])
        raise ChanjiaoError(
            "planning.demand_missing", place=place, field="year", occupation=occupations[occupation], year=years[year]
        )
    return arrays[0], arrays[1], arrays[2]


def _supply(
    points: Sequence[Point], links: Sequence[Link], occupations: tuple[str, ...], taught: set[str]
) -> tuple[sparse.csr_array, list[Note]]:
    refuse_twice((link.place, (link.programme, link.occupation)) for link in links)
    total, notes = _share_totals(links)
    known = {occupation: number for number, occupation in enumerate(occupations)}
    by_programme: dict[str, list[tuple[int, float]]] = {}
    for link in links:
        if link.programme not in taught:
            notes.append(Note(link.place, "programme_not_taught", (("programme", link.programme),)))
        elif link.occupation not in known:
            notes.append(Note(link.place, "occupation_without_demand", (("occupation", link.occupation),)))
        else:
            by_programme.setdefault(link.programme, []).append((known[link.occupation], link.share))
    notes += [
        Note(point.place, "programme_without_link", (("programme", point.programme),))
        for point in points
        if point.programme not in total
    ]
    entries = [
        (occupation, column, share * point.completion)
        for column, point in enumerate(points)
        for occupation, share in by_programme.get(point.programme, ())
    ]
    return _matrix(entries, (len(occupations), len(points))), notes


def _share_totals(links: Sequence[Link]) -> tuple[dict[str, float], list[Note]]:
    """The sum of each programme's shares; above 1 by more than rounding (0.01) is refused, else it is noted."""
    total: dict[str, float] = {}
    for link in links:
        if not 0 <= link.share <= 1:
            refuse(link.place, "share", link.share, N_("a share from 0 to 1"))
        total[link.programme] = total.get(link.programme, 0.0) + link.share
        if total[link.programme] > 1.01 + 1e-9:
            summed = f"{total[link.programme]:.6g}"
            raise ChanjiaoError(
                "planning.shares_exceed", place=link.place, field="share", programme=link.programme, total=summed
            )
    return total, list(odd_shares(links, total))


def _limits(
    points: Sequence[Point], limits: Sequence[Limit], uses: Sequence[Use], years: tuple[int, ...], taught: set[str]
) -> tuple[tuple[Limit, ...], sparse.csr_array, list[Note]]:
    refuse_twice((limit.place, (limit.college, limit.year, limit.resource)) for limit in limits)
    refuse_twice((use.place, (use.programme, use.resource)) for use in uses)
    for use in uses:
        if not 0 <= use.per_seat < np.inf:
            refuse(use.place, "per_seat", use.per_seat, FROM_0)
    columns: dict[str, list[int]] = {}
    for column, point in enumerate(points):
        columns.setdefault(point.college, []).append(column)
    per_seat = {(use.programme, use.resource): use.per_seat for use in uses}
    kept, notes = _limits_that_count(limits, columns, {use.resource for use in uses}, years)
    entries = []
    for row, limit in enumerate(kept):
        for column in columns[limit.college]:
            amount = per_seat.get((points[column].programme, limit.resource), 0.0)
            if amount:
                entries.append((row, column, amount))
    notes += [
        Note(use.place, "programme_not_taught", (("programme", use.programme),))
        for use in uses
        if use.programme not in taught
    ]
    return tuple(kept), _matrix(entries, (len(kept), len(points))), notes


def _limits_that_count(
    limits: Sequence[Limit], colleges: Container[str], resources: set[str], years: tuple[int, ...]
) -> tuple[list[Limit], list[Note]]:
    kept, notes = [], []
    for limit in limits:
        if limit.college not in colleges:
            raise ChanjiaoError(
                "table.unknown_reference",
                place=limit.place,
                field="college",
                what="college",
                value=limit.college,
                where="programmes.csv",
            )
        if not 0 <= limit.amount < np.inf:
            refuse(limit.place, "limit", limit.amount, FROM_0)
        if limit.year not in years:
            notes.append(Note(limit.place, "limit_outside_years", (("year", str(limit.year)),)))
        elif limit.resource not in resources:
            notes.append(Note(limit.place, "resource_without_use", (("resource", limit.resource),)))
        else:
            kept.append(limit)
    return kept, notes


def _matrix(entries: list[tuple[int, int, float]], shape: tuple[int, int]) -> sparse.csr_array:
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    index = (np.array(rows, np.int64), np.array(columns, np.int64))
    return sparse.csr_array((np.array(values, np.float64), index), shape=shape)
