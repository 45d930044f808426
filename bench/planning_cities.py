"""Random regions to plan: rows like those of a real one, from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chanjiao.engines.planning.rows import Demand, Limit, Link, Point, Use

RESOURCES = ("teachers", "rooms")
Steps = tuple[int, ...]
MIXED, FINE, PEOPLE = (5, 10, 20, 40), (5, 10), (1,)
"""Seats by which an intake grows: classes of all sizes, groups within classes, and single people."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a region."""

    points: list[Point]
    links: list[Link]
    demands: list[Demand]
    limits: list[Limit]
    uses: list[Use]

    def keywords(self) -> dict[str, list[object]]:
        """The rows as keyword arguments of `problem_of` and `verify`."""
        return {name: getattr(self, name) for name in ("points", "links", "demands", "limits", "uses")}


def region(
    *, colleges: int, programmes: int, occupations: int, years: int, points: int, seed: int, steps: Steps = MIXED
) -> Rows:
    """A region whose demand drifts away from today's intake, and whose limits leave 5 % to spare.

    A programme leads to one to four occupations; two in three points teach today, in classes of 5 to 40.
    """
    random = np.random.default_rng(seed)
    links = _links(random, programmes, occupations)
    rows = _points(random, colleges, programmes, points, steps)
    uses = [
        Use(f"uses.csv:{2 * p + r + 2}", f"P{p}", name, round(float(random.uniform(0.02, 0.08) * (r * 9 + 1)), 4))
        for p in range(programmes)
        for r, name in enumerate(RESOURCES)
    ]
    limits = _limits(random, rows, uses, years)
    return Rows(rows, links, _demands(random, rows, links, occupations, years), limits, uses)


def city(seed: int = 0, steps: Steps = MIXED) -> Rows:
    """10 colleges × 300 programmes × 440 occupations × 8 years, 2,000 points."""
    return region(colleges=10, programmes=300, occupations=440, years=8, points=2000, seed=seed, steps=steps)


def dense_city(seed: int = 0, steps: Steps = MIXED) -> Rows:
    """The same, every college teaching every programme."""
    return region(colleges=10, programmes=300, occupations=440, years=8, points=3000, seed=seed, steps=steps)


def province(seed: int = 0, steps: Steps = MIXED) -> Rows:
    """100 colleges × 500 programmes × 800 occupations × 8 years, 10,000 points."""
    return region(colleges=100, programmes=500, occupations=800, years=8, points=10_000, seed=seed, steps=steps)


def nation(seed: int = 0, steps: Steps = MIXED) -> Rows:
    """1,500 colleges × 1,000 programmes × 1,600 occupations × 8 years, 126,000 points."""
    return region(colleges=1500, programmes=1000, occupations=1600, years=8, points=126_000, seed=seed, steps=steps)


def _links(random: np.random.Generator, programmes: int, occupations: int) -> list[Link]:
    links = []
    for p in range(programmes):
        chosen = random.choice(occupations, min(occupations, int(random.integers(1, 5))), replace=False)
        shares = random.dirichlet(np.ones(len(chosen))) * random.uniform(0.6, 1.0)
        for o, share in zip(chosen, shares, strict=True):
            links.append(Link(f"links.csv:{len(links) + 2}", f"P{p}", f"O{o}", round(float(share), 4)))
    return links


def _points(random: np.random.Generator, colleges: int, programmes: int, points: int, steps: Steps) -> list[Point]:
    rows = []
    for number, cell in enumerate(np.sort(random.choice(colleges * programmes, points, replace=False))):
        step = float(random.choice(steps))
        least = step * float(np.ceil(random.choice([20, 30, 40]) / step))
        most = step * float(np.ceil(random.uniform(60, 240) / step))
        now = float(step * random.integers(least // step, most // step + 1)) if random.random() < 2 / 3 else 0.0
        rows.append(
            Point(
                place=f"programmes.csv:{number + 2}",
                college=f"C{cell // programmes}",
                programme=f"P{cell % programmes}",
                years=int(random.choice([2, 3, 3, 3, 4])),
                seats_now=now,
                seats_max=most,
                step=step,
                minimum_open=least,
                open_cost=round(float(random.uniform(20, 120)), 1),
                close_cost=round(float(random.uniform(10, 60)), 1),
                completion=round(float(random.uniform(0.8, 0.98)), 3),
            )
        )
    return rows


def _limits(random: np.random.Generator, points: list[Point], uses: list[Use], years: int) -> list[Limit]:
    per_seat = {(use.programme, use.resource): use.per_seat for use in uses}
    taught: dict[str, list[Point]] = {}
    for point in points:
        taught.setdefault(point.college, []).append(point)
    rows = []
    for c in sorted(int(college[1:]) for college in taught):
        for resource in RESOURCES:
            used = sum(p.seats_now * per_seat[p.programme, resource] for p in taught[f"C{c}"])
            spare = random.uniform(0.95, 1.15)
            for t in range(years):
                place = f"limits.csv:{len(rows) + 2}"
                rows.append(Limit(place, f"C{c}", 2026 + t, resource, round(used * spare * 1.01**t, 2)))
    return rows


def _demands(
    random: np.random.Generator, points: list[Point], links: list[Link], occupations: int, years: int
) -> list[Demand]:
    seats = dict.fromkeys((link.programme for link in links), 0.0)
    for point in points:
        seats[point.programme] += point.seats_now * point.completion
    level = np.zeros(occupations)
    for link in links:
        level[int(link.occupation[1:])] += link.share * seats[link.programme]
    level = np.maximum(level, 5.0) * random.lognormal(0.05, 0.5, occupations)
    growth = random.normal(1.01, 0.05, occupations)
    rows = []
    for o in range(occupations):
        for t in range(years):
            expected = round(float(level[o] * growth[o] ** t), 1)
            low, high = round(expected * 0.85, 2), round(expected * 1.2, 2)
            rows.append(Demand(f"demand.csv:{len(rows) + 2}", f"O{o}", 2026 + t, low, expected, high))
    return rows
