"""What is taught beside what is asked: from links, completions and openings to cells that any grouping adds up.

Everything is a sum over cells. A cell is the part of an occupation's openings that leads to one programme point and
comes from one industry and zone, with the part of those who complete that turns there; so every opening and every
person is in one cell only, and any grouping adds up. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from chanjiao.apps.programmes.rules.demand import Asked
from chanjiao.apps.programmes.rules.links import Destination
from chanjiao.apps.programmes.rules.supply import Part
from chanjiao.engines.alignment import Completions, Estimate, Link, Openings, openings_by_link, shortage_grade
from chanjiao.engines.alignment.gaps import mean_completions

ELSEWHERE = ""
"""The occupation of those who turn to none that is known: of programmes without a link, or the rest of their shares."""
NO_POINT = 0
"""The point of openings that no programme leads to."""
AMOUNTS = ("low", "expected", "high", "brought", "seats")
"""What of a cell adds up."""


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A programme point as alignment sees it: its intake plan, and rates of those who completed in three years."""

    id: int
    college_id: int
    code: str
    intake: int
    placed: Part | None = None
    in_field: Part | None = None
    in_city: Part | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """An industry chain by its industries' codes without a letter."""

    id: int
    name: str
    is_key: bool
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What an alignment is computed from; `asked` and `places` are of one year, keyed by minor group."""

    points: tuple[PointFacts, ...]
    destinations: Mapping[int, tuple[Destination, ...]]
    completions: tuple[Completions, ...]
    asked: Mapping[str, Asked]
    places: Mapping[str, Mapping[tuple[str, int | None], float]]
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Openings and people who meet in one place; `seats` are those of the intake plan that lead there."""

    point: int
    occupation: str
    chain: int | None
    zone: int | None
    low: float
    expected: float
    high: float
    brought: float
    seats: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Openings (least, expected, most) beside completions a year, of any set of cells; `years` averaged over, least."""

    low: float
    expected: float
    high: float
    completions: float
    seats: float
    years: int

    @property
    def gap(self) -> Estimate:
        """Openings less completions with the range that the sources give; above 0 is too little supply."""
        return Estimate(self.expected - self.completions, self.low - self.completions, self.high - self.completions)


@dataclass(frozen=True, slots=True)
class Aligned:
    """The cells of a problem, and what grouping them needs."""

    problem: Problem
    cells: tuple[Cell, ...]
    years: Mapping[int, int]
    """Point → over how many years its completions are averaged."""
    grades: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    """Occupation → shortage grade at the expected, least and most openings."""

    def point(self, pk: int) -> PointFacts | None:
        """The point of that id."""
        return next((one for one in self.problem.points if one.id == pk), None)


def chain_of(industry: str, chains: Iterable[Chain]) -> int | None:
    """The chain with the longest code that the industry's begins with.

    >>> chain_of("3670", [Chain(1, "汽车", True, ("36",)), Chain(2, "改装", False, ("363",))])
    1
    """
    fits = [(len(code), chain.id) for chain in chains for code in chain.codes if industry and industry.startswith(code)]
    return max(fits, default=(0, None))[1]


def aligned(problem: Problem) -> Aligned:
    """Every opening and every person who completes in one cell each."""
    links = [Link(str(pk), one.occupation, one.share) for pk, parts in problem.destinations.items() for one in parts]
    openings = [Openings(code, one.low, one.expected, one.high) for code, one in problem.asked.items()]
    parts = openings_by_link(openings, links, problem.completions)
    mean = mean_completions(problem.completions)
    chains = {
        industry: chain_of(industry, problem.chains) for places in problem.places.values() for industry, _ in places
    }
    cells: list[Cell] = []
    for point in problem.points:
        people = mean.get(str(point.id), (0.0, 0))[0]
        for code, share in _ways(problem.destinations.get(point.id, ())):
            part = parts.get((str(point.id), code), Openings(code, 0, 0, 0))
            cells += _spread(problem, chains, _cell(point.id, part, people * share, point.intake * share))
    linked = {link.occupation for link in links}
    for part in openings:
        if part.occupation not in linked:
            cells += _spread(problem, chains, _cell(NO_POINT, part, 0.0, 0.0))
    years = {point.id: mean.get(str(point.id), (0.0, 0))[1] for point in problem.points}
    return Aligned(problem, tuple(cells), years, _grades(cells))


def _ways(parts: Iterable[Destination]) -> Iterator[tuple[str, float]]:
    """Where those who complete turn to, in parts that add up to 1: the rest of the shares is `ELSEWHERE`."""
    left = 1.0
    for one in parts:
        left -= one.share
        yield one.occupation, one.share
    if left > 1e-9:
        yield ELSEWHERE, left


def _cell(point: int, part: Openings, brought: float, seats: float) -> Cell:
    return Cell(point, part.occupation, None, None, part.low, part.expected, part.high, brought, seats)


def _spread(problem: Problem, chains: Mapping[str, int | None], cell: Cell) -> Iterator[Cell]:
    """The cell's parts in each place that its occupation is asked in; the cell itself where nobody asks."""
    places: dict[tuple[int | None, int | None], float] = {}
    for (industry, zone), share in problem.places.get(cell.occupation, {}).items():
        place = (chains[industry], zone)
        places[place] = places.get(place, 0.0) + share
    for (chain, zone), share in (places or {(None, None): 1.0}).items():
        amounts = {name: getattr(cell, name) * share for name in AMOUNTS}
        yield replace(cell, chain=chain, zone=zone, **amounts)


def _grades(cells: Iterable[Cell]) -> dict[str, tuple[str, str, str]]:
    sums: dict[str, list[float]] = {}
    for cell in cells:
        held = sums.setdefault(cell.occupation, [0.0, 0.0, 0.0, 0.0])
        for place, value in enumerate((cell.expected, cell.low, cell.high, cell.brought)):
            held[place] += value
    return {
        code: (shortage_grade(expected, brought), shortage_grade(low, brought), shortage_grade(high, brought))
        for code, (expected, low, high, brought) in sums.items()
        if code != ELSEWHERE
    }


def totals(found: Aligned, cells: Iterable[Cell]) -> Totals:
    """The sums over cells."""
    kept = list(cells)
    years = [found.years[pk] for pk in {cell.point for cell in kept} - {NO_POINT}]
    return Totals(
        low=sum(cell.low for cell in kept),
        expected=sum(cell.expected for cell in kept),
        high=sum(cell.high for cell in kept),
        completions=sum(cell.brought for cell in kept),
        seats=sum(cell.seats for cell in kept),
        years=min(years, default=0),
    )


def grouped(cells: Iterable[Cell], key: Callable[[Cell], object]) -> dict[object, list[Cell]]:
    """Cells by a key, in the order in which keys come."""
    groups: dict[object, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(key(cell), []).append(cell)
    return groups


def flows(cells: Iterable[Cell], keys: Iterable[Callable[[Cell], object]]) -> list[dict[tuple[object, object], float]]:
    """Between each pair of neighbouring keys: the openings that flow from one to the other (a Sankey's bands)."""
    steps = list(keys)
    kept = [cell for cell in cells if cell.expected]
    result: list[dict[tuple[object, object], float]] = [{} for _ in steps[1:]]
    for cell in kept:
        for place, (left, right) in enumerate(pairwise(steps)):
            pair = (left(cell), right(cell))
            result[place][pair] = result[place].get(pair, 0.0) + cell.expected
    return result
