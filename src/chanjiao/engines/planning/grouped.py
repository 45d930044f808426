"""The relaxation as first-order steps read it: points of one programme and duration bring the same to each occupation.

What a programme of one duration brings in a year, and what a college's resource bears in it, are told once instead of
at every point: a step reads two numbers a point and year of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from chanjiao.engines.planning.arrays import Arrays, arrays_of, mean_use
from chanjiao.engines.planning.problem import Floats, Indices, Problem

Places = NDArray[np.uint32]
Flags = NDArray[np.uint8]
"""Never below 0, which spares compiled code a check."""
_PLENTY, _TINY = 1e200, 1e-100


class Columns(NamedTuple):
    """What each of n points is: its group, people a seat brings, at most E lines and what a seat takes of each (E × n).

    A line is a resource of a college; where a point has fewer than E, it takes nothing of line 0. Where `is_open`
    (K × n) its intake lies from `least` to `most`, elsewhere it is 0.
    """

    group: Places
    rate: Floats
    line: Places
    use: Floats
    is_open: Flags
    least: Floats
    most: Floats
    now: Floats
    change: float


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Points in G groups and R lines over the first K years.

    `brings` (K·G × O·T) is what a person of a group and year of entry brings to each balance. `amount` (K × R) is in
    mean uses of a seat, and plenty where there is no limit. `place` (L) is where each limit stands in K × R, −1 after
    K years; `unit` (L) is its mean use.
    """

    columns: Columns
    brings: sparse.csr_array
    demand: Arrays
    amount: Floats
    place: Indices
    unit: Floats

    @property
    def groups(self) -> int:
        """G."""
        return int(self.brings.shape[0]) // len(self.amount)

    def earned(self, price: Floats) -> Floats:
        """What a person of each group earns by year of entry (K × G) at prices of balances (O × T)."""
        return np.reshape(self.brings @ price.ravel(), (len(self.amount), -1))

    def supplied(self, people: Floats) -> Floats:
        """What reaches each balance (O × T) when so many people of a group enter (K × G)."""
        return np.reshape(people.ravel() @ self.brings, self.demand.short_at.shape)

    def on_lines(self, told: Floats) -> Floats:
        """Prices of limits (L) as those of what lines (K × R) bear."""
        price, early = np.zeros_like(self.amount), self.place >= 0
        price.ravel()[self.place[early]] = (told * self.unit)[early]
        return price

    def clipped(self, intake: Floats) -> Floats:
        """`intake` (K × n) within what points admit."""
        at = self.columns
        return np.clip(intake, at.is_open * at.least, at.is_open * at.most)

    def within(self, intake: Floats) -> Floats:
        """`intake` with all above the least scaled down at colleges whose limits it breaks by a hair."""
        at, least = self.columns, self.columns.is_open * self.columns.least
        scale = np.ones_like(intake)
        for t, more in enumerate(intake - least):
            ratio = (self.amount[t] - self._used(least[t])) / np.maximum(self._used(more), _TINY)
            for line, use in zip(at.line, at.use, strict=True):
                np.minimum(scale[t], np.where(use > 0, ratio[line], 1.0), out=scale[t])
        return least + (intake - least) * np.maximum(0.0, scale)

    def _used(self, seats: Floats) -> Floats:
        """What each line (R) bears under the seats (n) of a year."""
        at = self.columns
        return np.asarray(np.bincount(at.line.ravel(), (at.use * seats).ravel(), self.amount.shape[1]), np.float64)

    def value(self, intake: Floats) -> float:
        """The objective of `intake` (K × n), kept as it is after K years."""
        at, demand = self.columns, self.demand
        people = np.stack([np.bincount(at.group, at.rate * seats, self.groups) for seats in intake])
        supply = self.supplied(people.astype(np.float64))
        short, over = np.maximum(0, demand.short_at - supply).sum(), np.maximum(0, supply - demand.surplus_at).sum()
        moved = np.abs(np.diff(intake, axis=0, prepend=at.now[None, :])).sum()
        return float(demand.shortage * short + demand.surplus * over + demand.change * moved)


def with_openings(grouped: Grouped, problem: Problem, is_open: NDArray[np.bool_]) -> Grouped:
    """The same with openings (n × K) held: intake lies between the least classes and whole steps, or is 0."""
    held = np.ascontiguousarray(is_open.T).astype(np.uint8)
    least, most = problem.first_level * problem.step, problem.last_level * problem.step
    return replace(grouped, columns=grouped.columns._replace(is_open=held, least=least, most=most))


def grouped_of(problem: Problem, kept: int) -> Grouped:
    """The relaxation of the first `kept` years."""
    a = arrays_of(problem)
    rate = np.array([point.completion for point in problem.points])
    group, first = _groups(problem, rate)
    line_of, lines = _lines(problem)
    unit = mean_use(a)
    line, use = _slots(problem, line_of, lines, unit)
    early, amount = problem.limit_year < kept, np.full((kept, lines), _PLENTY)
    amount[problem.limit_year[early], line_of[early]] = (problem.limit_amount / unit)[early]
    place = np.where(early, problem.limit_year * lines + line_of, -1)
    everywhere, least, most = np.ones((kept, len(group)), np.uint8), np.zeros(len(group)), problem.seats_max
    columns = Columns(group, rate, line, use, everywhere, least, most, problem.seats_now, a.change)
    return Grouped(columns, _brings(problem, first, rate[first], kept), a, amount, place, unit)


def _groups(problem: Problem, rate: Floats) -> tuple[Places, Indices]:
    """The group of each point (n), and of each group the point that brings most people a seat."""
    known: dict[tuple[str, int], int] = {}
    group = np.array([known.setdefault((at.programme, at.years), len(known)) for at in problem.points], np.uint32)
    order = np.argsort(-rate, kind="stable")
    return group, order[np.unique(group[order], return_index=True)[1]]


def _brings(problem: Problem, first: Indices, rate: Floats, kept: int) -> sparse.csr_array:
    share = sparse.coo_array(problem.supply[:, first])
    groups, years = len(first), len(problem.years)
    row, column, value = [], [], []
    for t in range(kept):
        leaves = t + problem.duration[first[share.col]]
        counts = leaves < years
        row.append(t * groups + share.col[counts])
        column.append(share.row[counts] * years + leaves[counts])
        value.append((share.data / np.maximum(rate[share.col], _TINY))[counts])
    entries = np.concatenate(value), (np.concatenate(row), np.concatenate(column))
    return sparse.csr_array(entries, shape=(kept * groups, len(problem.occupations) * years))


def _lines(problem: Problem) -> tuple[Indices, int]:
    """The line of each limit (L), and how many there are, at least one."""
    known: dict[tuple[str, str], int] = {}
    lines = [known.setdefault((limit.college, limit.resource), len(known)) for limit in problem.limits]
    return np.array(lines, np.int64), max(1, len(known))


def _slots(problem: Problem, line_of: Indices, lines: int, unit: Floats) -> tuple[Places, Floats]:
    """Lines of each point and what a seat takes of them (E × n each)."""
    entries = sparse.coo_array(problem.use)
    told, first = np.unique(entries.col.astype(np.int64) * lines + line_of[entries.row], return_index=True)
    point, line = np.divmod(told, lines)
    slot = np.arange(len(point)) - np.searchsorted(point, point)
    shape = (int(slot.max(initial=0)) + 1, len(problem.points))
    taken, use = np.zeros(shape, np.uint32), np.zeros(shape)
    taken[slot, point] = line
    use[slot, point] = entries.data[first] / unit[entries.row[first]]
    return taken, use
