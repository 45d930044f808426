"""The indices of a set of cells: how alike supply and demand are, and what serves key chains. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from chanjiao.apps.programmes.rules.cells import ELSEWHERE, NO_POINT, Aligned, Cell, Totals, totals
from chanjiao.apps.programmes.rules.supply import Part, rate_interval
from chanjiao.engines.alignment import (
    Estimate,
    Marks,
    chain_share,
    coupling_coordination,
    shortage_grade,
    structural_deviation,
    structure_similarity,
    with_interval,
)

MARKS = {
    "similarity": Marks(0.0, 1.0),
    "placed": Marks(0.6, 1.0),
    "in_field": Marks(0.3, 0.9),
    "in_city": Marks(0.2, 0.8),
}
"""Fixed marks of the scores behind the coupling co-ordination: at the first a score is 0, at the second 1."""


@dataclass(frozen=True, slots=True)
class Indices:
    """The indices of a set of cells; None where there is too little data."""

    similarity: Estimate | None
    deviation: Estimate | None
    coordination: Estimate | None
    key_share: Estimate | None
    grade: tuple[str, str, str] | None
    """The shortage grade at the expected, least and most openings."""


def by_occupation(cells: Iterable[Cell]) -> tuple[dict[str, float], dict[str, float]]:
    """Openings and completions by occupation, those elsewhere aside."""
    asked: dict[str, float] = {}
    brought: dict[str, float] = {}
    for cell in cells:
        if cell.occupation != ELSEWHERE:
            asked[cell.occupation] = asked.get(cell.occupation, 0.0) + cell.expected
            brought[cell.occupation] = brought.get(cell.occupation, 0.0) + cell.brought
    return asked, brought


def indices(found: Aligned, cells: Collection[Cell]) -> Indices:
    """The indices of a set of cells, each with its interval or None; costs about 10 ms."""
    asked, brought = by_occupation(cells)
    has_structure = len(asked) > 1
    similarity = with_interval(structure_similarity, asked, brought) if has_structure else None
    deviation = with_interval(structural_deviation, asked, brought) if has_structure else None
    sums = totals(found, cells)
    return Indices(
        similarity=similarity,
        deviation=deviation,
        coordination=_coordination(found, cells, similarity),
        key_share=_key_share(found, cells),
        grade=_grade(sums),
    )


def _grade(sums: Totals) -> tuple[str, str, str] | None:
    if not sums.years or not sums.high:
        return None
    expected, low, high = (shortage_grade(value, sums.completions) for value in (sums.expected, sums.low, sums.high))
    return expected, low, high


def _key_share(found: Aligned, cells: Collection[Cell]) -> Estimate | None:
    key = {chain.id for chain in found.problem.chains if chain.is_key}
    total = sum(cell.seats for cell in cells)
    if not key or not total:
        return None
    serving = [cell for cell in cells if cell.chain in key and cell.seats]

    def share(place: int) -> float:
        rows = [(cell.seats, found.grades[cell.occupation][place]) for cell in serving]
        return chain_share(rows, total=total) or 0.0

    return Estimate(share(0), share(1), share(2))


def _coordination(found: Aligned, cells: Iterable[Cell], similarity: Estimate | None) -> Estimate | None:
    """D over similarity and the rates of the cells' points; with equal weights it rises with each, so ends bound it."""
    points = {cell.point for cell in cells} - {NO_POINT}
    facts = [point for point in found.problem.points if point.id in points]
    parts = {name: _sum(getattr(one, name) for one in facts) for name in ("placed", "in_field", "in_city")}
    if similarity is None or any(part is None for part in parts.values()):
        return None
    rates = {name: Estimate(part.rate or 0.0, *rate_interval(part)) for name, part in parts.items() if part}
    known = {"similarity": similarity, **rates}

    def ends(end: str) -> float:
        scores = [MARKS[name].score(getattr(one, end)) for name, one in known.items()]
        return coupling_coordination(scores) or 0.0

    return Estimate(ends("value"), ends("low"), ends("high"))


def _sum(parts: Iterable[Part | None]) -> Part | None:
    known = [part for part in parts if part is not None]
    return Part(sum(part.people for part in known), sum(part.whole for part in known)) if known else None
