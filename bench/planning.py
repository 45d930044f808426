"""Planning against its peers: `python -m bench.planning [part …]`; `PARTS` names the parts.

Every figure of a plan is recomputed by the independent verifier. Seconds are wall clock / processor.
"""

from __future__ import annotations

import importlib.util
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np

from bench.machine import RESULTS, keep_section, machine, spread
from bench.planning_cities import FINE, PEOPLE, Rows, city, dense_city, nation, province, region
from bench.planning_peers import by_linopy
from chanjiao.engines.planning import Effort, Plan, Problem, Settings, by_key, problem_of, solve, verify
from chanjiao.engines.planning.arrays import arrays_of, supply_of
from chanjiao.engines.planning.linear import Kind, highs_of, linear_of, never, run_until
from chanjiao.engines.planning.relaxed import by_first_order
from chanjiao.engines.planning.search import Search
from chanjiao.engines.planning.solve import compile_ahead, compile_steps

Made = TypeVar("Made")
LINES: list[str] = []


def say(line: str = "") -> None:
    """Print a line and keep it for the results."""
    print(line, flush=True)
    LINES.append(line)


class Clock:
    """Wall and processor seconds since it was made."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        return f"{time.perf_counter() - self._wall:.1f} / {time.process_time() - self._processor:.1f}"


def planned(name: str, rows: Rows, seconds: float, gap: float) -> None:
    """The way of the gap over time, then the verifier's word."""
    clock = Clock()
    problem = problem_of(**rows.keywords())
    size = f"{len(problem.points):,} points × {len(problem.years)} years × {len(problem.occupations):,} occupations"
    say(f"\n## {name}: {size}, {len(problem.limits):,} limits (problem built in {clock} s)\n")
    say("| objective | bound | gap % | s |")
    say("|---|---|---|---|")
    clock = Clock()

    def shown(objective: float, bound: float) -> None:
        say(f"| {objective:,.1f} | {bound:,.1f} | {100 * (objective - bound) / objective:.3f} | {clock} |")

    plan = solve(problem, Effort(seconds=seconds, gap=gap), shown)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    end = f"gap {100 * plan.gap:.3f} % after {clock} s, peak of the process so far {memory:,.0f} MiB"
    say(f"\nat the end: {end}; {verdict(rows, problem, plan)}")


def verdict(rows: Rows, problem: Problem, plan: Plan) -> str:
    """What the independent verifier finds, in words."""
    faults, differs = checked(rows, problem, plan)
    return f"verifier: {faults} faults, objective differs by {differs:.1e}"


def checked(rows: Rows, problem: Problem, plan: Plan) -> tuple[int, float]:
    """How many faults the independent verifier finds, and by which share the objective that it recomputes differs."""
    intake, opened = by_key(problem, plan)
    found = verify(**rows.keywords(), settings=problem.settings, intake=intake, opened=opened)
    return len(found.faults), abs(found.objective - plan.objective) / max(1.0, abs(found.objective))


def whole_by_highs(name: str, rows: Rows, seconds: float) -> None:
    """HiGHS straight on the same whole model."""
    solver = highs_of(linear_of(problem_of(**rows.keywords()), Kind.WHOLE), {"time_limit": seconds})
    clock = Clock()
    solver.run()
    info = solver.getInfo()
    value, bound = info.objective_function_value, info.mip_dual_bound
    found = f"{value:,.1f}" if info.primal_solution_status == 2 else "no plan"
    gap = f"{100 * (value - bound) / value:.2f} %" if found != "no plan" else "–"
    say(f"HiGHS branch and bound on {name}: {found}, bound {bound:,.1f}, gap {gap} after {clock} s")


def relaxed() -> None:
    """The linear programme of a city by each method of HiGHS, three times each."""
    problem = problem_of(**city().keywords(), settings=Settings(relax=True))
    ways: dict[str, Callable[[], float]] = {
        "`chanjiao plan --relax`": lambda: solve(problem, Effort(seconds=600)).objective,
        "HiGHS ipm, no crossover": lambda: _by_highs(problem, {"solver": "ipm", "run_crossover": "off"}),
        "HiGHS hipdlp, 1e-6": lambda: _by_highs(
            problem, {"solver": "hipdlp", "kkt_tolerance": 1e-6, "pdlp_optimality_tolerance": 1e-6}
        ),
    }
    say("\n## The relaxation of a city\n")
    _compared(ways, 3)
    _compared({"HiGHS simplex (default)": lambda: _by_highs(problem, {"solver": "simplex", "time_limit": 60.0})}, 1)


def relaxed_large(name: str, rows: Rows, peer_seconds: float) -> None:
    """The linear programme of a province or the nation to a gap of 1e-4, beside HiGHS's first-order method, once."""
    problem = problem_of(**rows.keywords(), settings=Settings(relax=True))
    loose: dict[str, bool | float | str] = {"kkt_tolerance": 1e-4, "pdlp_optimality_tolerance": 1e-4}
    ways: dict[str, Callable[[], float]] = {
        "own first-order steps, bound": lambda: by_first_order(problem, 600.0).bound,
        "HiGHS hipdlp, 1e-4": lambda: _by_highs(problem, {"solver": "hipdlp", "time_limit": peer_seconds, **loose}),
    }
    say(f"\n## The relaxation of {name}, 1e-4; HiGHS stops after {peer_seconds:g} s\n")
    by_first_order(problem_of(**city().keywords(), settings=Settings(relax=True)), 1.0)
    _compared(ways, 1)


def _compared(ways: dict[str, Callable[[], float]], times: int) -> None:
    say("| method | value | s of the clock | s of the processor |")
    say("|---|---|---|---|")
    for name, way in ways.items():
        walls, taken, value = [], [], 0.0
        for _ in range(times):
            wall, begun = time.perf_counter(), time.process_time()
            value = way()
            walls.append(time.perf_counter() - wall)
            taken.append(time.process_time() - begun)
        found = "none in this time" if np.isnan(value) else f"{value:,.2f}"
        say(f"| {name} | {found} | {spread(walls)} | {spread(taken)} |")


def _by_highs(problem: Problem, options: dict[str, bool | float | str]) -> float:
    solver = highs_of(linear_of(problem, Kind.RELAXED), options)
    return float(solver.getInfo().objective_function_value) if run_until(solver, never) else np.nan


def build() -> None:
    """Arrays of ours and into HiGHS, against the least that HiGHS needs; linopy where it is installed."""
    linopy = importlib.util.find_spec("linopy") is not None
    say("\n## Building the linear programme, processor seconds\n")
    say("| region | ours, arrays | arrays into HiGHS | both, over the latter | linopy, into HiGHS |")
    say("|---|---|---|---|---|")
    for name, rows in (("city", city()), ("province", province())):
        problem = problem_of(**rows.keywords(), settings=Settings(relax=True))
        ours, straight, peer = [], [], []
        for _ in range(3):
            linear, taken = _timed(partial(linear_of, problem, Kind.RELAXED))
            ours.append(taken)
            straight.append(_timed(partial(highs_of, linear, {}))[1])
            if linopy:
                peer.append(_timed(partial(by_linopy, problem))[1])
        whole = statistics.median(ours) + statistics.median(straight)
        ratio = f"{whole / statistics.median(straight):.2f}"
        say(f"| {name} | {spread(ours)} | {spread(straight)} | {ratio} | {spread(peer) if peer else 'not installed'} |")


def _timed(once: Callable[[], Made]) -> tuple[Made, float]:
    begun = time.process_time()
    made = once()
    return made, time.process_time() - begun


def rules(cities: int = 100) -> None:
    """Weighted shortage and surplus left by the plan, as a share of what simple rules leave, on random small cities."""
    ratios: dict[str, list[float]] = {"last year's intake": [], "proportional to demand": [], "greedy": []}
    gaps, verdicts = [], []
    for seed in range(cities):
        rows = region(colleges=4, programmes=60, occupations=80, years=6, points=120, seed=seed, steps=FINE)
        problem = problem_of(**rows.keywords())
        plan = solve(problem, Effort(seconds=1.0, gap=0.005))
        gaps.append(100 * plan.gap)
        verdicts.append(checked(rows, problem, plan))
        ours = _left(problem, plan.intake)
        years = len(problem.years)
        ratios["last year's intake"].append(ours / _left(problem, np.repeat(problem.seats_now[:, None], years, 1)))
        ratios["proportional to demand"].append(ours / _left(problem, _proportional(problem)))
        search = Search(arrays_of(problem), years, seed)
        search.begin(None)
        ratios["greedy"].append(ours / _left(problem, np.maximum(search.level, 0) * problem.step[:, None]))
    say(f"\n## Shortage and surplus left, against simple rules, on {cities} random small cities\n")
    say("Last year's intake and the proportional rule are let off the limits.\n")
    say("| rule | what the plan leaves, as a share of what the rule leaves |")
    say("|---|---|")
    for name, values in ratios.items():
        say(f"| {name} | {spread(values, unit='')} |")
    say(f"\ngap of the plans after 1 s: {spread(gaps, unit='%')}")
    faults, differs = sum(one for one, _ in verdicts), max(one for _, one in verdicts)
    say(f"verifier, all {cities} plans: {faults} faults, objectives differ by at most {differs:.1e}")


def _left(problem: Problem, intake: np.ndarray) -> float:
    supply, settings = supply_of(problem, intake), problem.settings
    short, over = problem.short_against - supply, supply - problem.surplus_against
    return float(settings.shortage * np.maximum(0, short).sum() + settings.surplus * np.maximum(0, over).sum())


def _proportional(problem: Problem) -> np.ndarray:
    """Today's intake times demand over supply of the occupations that a point leads to, in whole steps."""
    years = len(problem.years)
    today = np.repeat(problem.seats_now[:, None], years, 1)
    wanted = problem.expected.mean(axis=1) / np.maximum(supply_of(problem, today).mean(axis=1), 1.0)
    weight = np.maximum(np.asarray(problem.supply.sum(axis=0)).ravel(), 1e-9)
    ratio = np.asarray(problem.supply.T @ wanted).ravel() / weight
    seats = np.minimum(problem.seats_max, np.rint(problem.seats_now * ratio / problem.step) * problem.step)
    return np.repeat(seats[:, None], years, 1)


PARTS: dict[str, Callable[[], None]] = {
    "people": lambda: planned("City, whether and how many to admit", city(steps=PEOPLE), 60, 0.001),
    "people-dense": lambda: planned("Dense city, whether and how many", dense_city(steps=PEOPLE), 60, 0.001),
    "people-province": lambda: planned("Province, whether and how many", province(steps=PEOPLE), 120, 0.001),
    "people-highs": lambda: whole_by_highs("the city, whether and how many", city(steps=PEOPLE), 150),
    "city": lambda: (planned("City, whole classes", city(), 60, 0.001), whole_by_highs("the city", city(), 60))[0],
    "fine": lambda: planned("City, classes of 5 and 10", city(steps=FINE), 60, 0.001),
    "dense": lambda: planned("Dense city, whole classes", dense_city(), 60, 0.001),
    "province": lambda: planned("Province, whole classes", province(), 120, 0.001),
    "nation": lambda: planned("Nation, whole classes", nation(), 420, 0.005),
    "people-nation": lambda: planned("Nation, whether and how many", nation(steps=PEOPLE), 900, 0.005),
    "relaxed": relaxed,
    "relaxed-province": lambda: relaxed_large("a province", province(), 120),
    "relaxed-nation": lambda: relaxed_large("the nation", nation(), 300),
    "build": build,
    "rules": rules,
}


def main(names: list[str]) -> None:
    """Measure the parts named, or all but the nation; each keeps its section of the results."""
    clock = Clock()
    compile_ahead()
    compile_steps()
    loading = f"Loading the compiled code took {clock} s; seconds are wall / processor."
    for name in names or [one for one in PARTS if "nation" not in one]:
        LINES.clear()
        PARTS[name]()
        say(f"\n{machine('numpy', 'scipy', 'numba', 'highspy', 'linopy')}. {loading}")
        keep_section(RESULTS / "planning.md", name, "\n".join(LINES))


if __name__ == "__main__":
    main(sys.argv[1:])
