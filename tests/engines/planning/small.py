"""Small problems: drawn at random, solved by trying every plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from hypothesis import strategies as st

from chanjiao.engines.planning import Demand, Limit, Link, Plan, Point, Problem, Settings, Use, Verdict, by_key, verify
from chanjiao.engines.planning.problem import problem_of

FIRST_YEAR = 2026


@dataclass(frozen=True)
class Case:
    """The rows of a problem with its settings."""

    points: list[Point]
    links: list[Link]
    demands: list[Demand]
    limits: list[Limit]
    uses: list[Use]
    settings: Settings

    @property
    def rows(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("points", "links", "demands", "limits", "uses", "settings")}

    @property
    def problem(self) -> Problem:
        return problem_of(**self.rows)  # type: ignore[arg-type]

    def where(self, **settings: object) -> Case:
        return replace(self, settings=replace(self.settings, **settings))  # type: ignore[arg-type]


def verdict_on(case: Case, plan: Plan) -> Verdict:
    """The independent verdict on an answer of the engine."""
    intake, opened = by_key(case.problem, plan)
    return verify(**case.rows, intake=intake, opened=opened)  # type: ignore[arg-type]


def best_by_trying_all(case: Case) -> float:
    """The least objective over every plan of whole steps that the verifier accepts."""
    years = sorted({row.year for row in case.demands})
    cells, states = [], []
    for point in case.points:
        levels = [point.step * k for k in range(int(point.seats_max // point.step) + 1)]
        own = [(0.0, False)] + [(seats, True) for seats in levels if seats >= point.minimum_open]
        for year in years:
            cells.append((point.college, point.programme, year))
            states.append(own)
    best = float("inf")
    for choice in product(*states):
        verdict = verify(
            **case.rows,  # type: ignore[arg-type]
            intake={cell: seats for cell, (seats, _) in zip(cells, choice, strict=True)},
            opened={cell: is_open for cell, (_, is_open) in zip(cells, choice, strict=True)},
        )
        if not verdict.faults:
            best = min(best, verdict.objective)
    return best


@st.composite
def cases(draw: st.DrawFn, most_points: int = 2, most_years: int = 2) -> Case:
    """Points of one or two colleges over a few years, two occupations, one resource, and settings."""
    years = draw(st.integers(1, most_years))
    cells = draw(st.lists(st.sampled_from(["AX", "AY", "BX", "BY"]), min_size=1, max_size=most_points, unique=True))
    points = [_point(draw, number, cell) for number, cell in enumerate(cells)]
    links = [
        Link(f"links.csv:{2 + number}", programme, occupation, draw(st.sampled_from([0.0, 0.25, 0.5])))
        for number, (programme, occupation) in enumerate(product("XY", "uv"))
    ]
    demands = []
    for occupation in "uv":
        for t in range(years):
            low, more, most = (draw(st.integers(0, 30)) for _ in range(3))
            place = f"demand.csv:{2 + len(demands)}"
            demands.append(Demand(place, occupation, FIRST_YEAR + t, low, low + more, low + more + most))
    limits = [
        Limit(f"limits.csv:{2 + t}", cells[0][0], FIRST_YEAR + t, "rooms", draw(st.integers(0, 60)))
        for t in range(draw(st.integers(0, years)))
    ]
    uses = [
        Use(f"uses.csv:{2 + n}", programme, "rooms", draw(st.sampled_from([0.5, 1.0])))
        for n, programme in enumerate("XY")
    ]
    return Case(points, links, demands, limits, uses, draw(settings()))


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    """Weights, with or without a greatest change, expected or robust."""
    return Settings(
        shortage=draw(st.sampled_from([1.0, 0.3])),
        surplus=draw(st.sampled_from([0.5, 0.0, 1.0])),
        change=draw(st.sampled_from([0.001, 0.0, 0.2])),
        max_change=draw(st.sampled_from([None, None, 0.0, 0.5, 1.0])),
        robust=draw(st.booleans()),
    )


def _point(draw: st.DrawFn, number: int, cell: str) -> Point:
    step = draw(st.sampled_from([5.0, 10.0, 20.0]))
    return Point(
        place=f"programmes.csv:{2 + number}",
        college=cell[0],
        programme=cell[1],
        years=draw(st.integers(0, 2)),
        seats_now=float(draw(st.sampled_from([0, 0, 10, 20, 25, 60]))),
        seats_max=float(draw(st.sampled_from([0, 15, 40, 60]))) if step > 5 else 20.0,
        step=step,
        minimum_open=float(draw(st.sampled_from([0, 10, 15, 20]))),
        open_cost=float(draw(st.sampled_from([0, 3, 20]))),
        close_cost=float(draw(st.sampled_from([0, 3, 20]))),
        completion=draw(st.sampled_from([1.0, 0.5])),
    )
