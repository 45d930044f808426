"""Allocation beside its peers, in CPU seconds (all use one thread): `python -m bench.allocation [--quick]`.

Peers: matching, algmatch (stable), ortools, highspy (best fit); those that are not installed are named and left out.
Every measurement runs in a process of its own, so that peak memory is its own; medians of several runs, the first
(which loads or makes compiled code) reported apart. CPU seconds, because other work on the machine moves wall time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import numpy as np

_SMALL = 2_500  # students of the round that loads libraries and compiled code
FAMILIES = ("generic", "balanced", "equal", "student", "seat", "rubric", "scarce", "bonus")


def lists(students: int, seats: int, rng: np.random.Generator) -> np.ndarray:
    seat = rng.integers(0, seats, (students, 10), dtype=np.int32)
    for first in range(0, students, 100_000):
        part = seat[first : first + 100_000]
        while True:
            ordered = np.sort(part, axis=1)
            repeated = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
            if not repeated.any():
                break
            part[repeated] = rng.integers(0, seats, (int(repeated.sum()), 10), dtype=np.int32)
    return seat.ravel()


def stable_arrays(students: int, places: int = 9) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Capacities, starts, seats, scores: ten choices, a seat for every ten students, scores in float32."""
    rng = np.random.default_rng(1)
    seats = students // 10
    seat = lists(students, seats, rng)
    score = rng.random(seat.size, dtype=np.float32)
    return np.full(seats, places), np.arange(0, seat.size + 1, 10), seat, score


def fit_arrays(family: str, students: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The same lists with whole fits of one family; `generic` has places for nine in ten students,
    `scarce` for half, the others (`balanced` too) for exactly all."""
    rng = np.random.default_rng(2)
    seats = students // 10
    seat = lists(students, seats, rng)
    fit = {
        "generic": lambda: rng.integers(0, 1001, seat.size),
        "balanced": lambda: rng.integers(0, 1001, seat.size),
        "equal": lambda: np.full(seat.size, 7),
        "student": lambda: np.repeat(rng.integers(1, 1001, students), 10),
        "seat": lambda: rng.integers(1, 1001, seats)[seat],
        "rubric": lambda: rng.integers(1, 6, seat.size),
        "scarce": lambda: rng.integers(0, 1001, seat.size),
        "bonus": lambda: np.repeat(rng.integers(300, 701, students), 10) + rng.integers(0, 51, seat.size),
    }[family]()
    places = {"scarce": 5, "generic": 9}.get(family, 10)
    return np.full(seats, places), np.arange(0, seat.size + 1, 10), seat, fit.astype(np.float32)


def own_stable(students: int, runs: int) -> dict[str, object]:
    from chanjiao.engines.allocation.outcome import Outcome
    from chanjiao.engines.allocation.problem import problem_of
    from chanjiao.engines.allocation.stable import proposals_of
    from chanjiao.engines.allocation.verify import verify

    capacity, start, seat, score = stable_arrays(students)
    whole, solving, checking = [], [], []
    for _ in range(runs):
        began = time.process_time()
        problem = problem_of(capacity, start, seat, score, seed=3)
        state = proposals_of(problem, True)
        ready = time.process_time()
        state.run()
        solved = time.process_time()
        place, position = state.places()
        done = time.process_time()
        del state
        verdict = verify(problem, Outcome("stable", place, position), compiled=True)
        whole.append(done - began)
        solving.append(solved - ready)
        checking.append(time.process_time() - done)
    return {
        "all": whole, "solving": solving, "verify": checking, "placed": verdict.placed,
        "blocking": verdict.blocking_pairs,
    }  # fmt: skip


def peer_matching(students: int, runs: int) -> dict[str, object]:
    from matching.games import HospitalResident

    sys.setrecursionlimit(10**6)
    own, seats, capacity = preference_lists(students)
    seconds = []
    for _ in range(runs):
        began = time.process_time()
        game = HospitalResident.create_from_dictionaries(own, seats, capacity)
        found = game.solve(optimal="resident")
        seconds.append(time.process_time() - began)
    return {"all": seconds, "placed": sum(len(residents) for residents in found.values())}


def peer_algmatch(students: int, runs: int) -> dict[str, object]:
    from algmatch import HospitalResidentsProblem

    own, seats, capacity = preference_lists(students)
    hospitals = {name + 1: {"capacity": capacity[name], "preferences": [s + 1 for s in seats[name]]} for name in seats}
    asked = {"residents": {s + 1: [one + 1 for one in own[s]] for s in own}, "hospitals": hospitals}
    seconds = []
    for _ in range(runs):
        began = time.process_time()
        found = HospitalResidentsProblem(dictionary=asked, optimised_side="residents").get_stable_matching()
        seconds.append(time.process_time() - began)
    placed = sum(1 for seat in found["resident_sided"].values() if seat != "")
    return {"all": seconds, "placed": placed}


def preference_lists(students: int) -> tuple[dict[int, list[int]], dict[int, list[int]], dict[int, int]]:
    capacity, start, seat, score = stable_arrays(students)
    own = {s: seat[start[s] : start[s + 1]].tolist() for s in range(students)}
    order = np.lexsort((-score, seat))
    owner = np.repeat(np.arange(students), 10)[order]
    first = np.searchsorted(seat[order], np.arange(capacity.size + 1))
    seats = {s: owner[first[s] : first[s + 1]].tolist() for s in range(capacity.size)}
    listed = {s: ranked for s, ranked in seats.items() if ranked}
    return own, listed, {s: int(capacity[s]) for s in listed}


def own_best_fit(family: str, students: int, runs: int) -> dict[str, object]:
    from chanjiao.engines.allocation.best_fit import best_fit
    from chanjiao.engines.allocation.problem import problem_of

    best_fit(problem_of(*fit_arrays(family, _SMALL)))  # loads all that is compiled
    capacity, start, seat, fit = fit_arrays(family, students)
    loaded, seconds = resident_mib(), []
    for _ in range(runs):
        began = time.process_time()
        outcome = best_fit(problem_of(capacity, start, seat, fit, seed=3))
        seconds.append(time.process_time() - began)
    return {"all": seconds, "objective": outcome.objective, "bound": outcome.bound, "mib_before": loaded}


def peer_ortools(family: str, students: int, runs: int) -> dict[str, object]:
    capacity, _, seat, fit = fit_arrays(family, _SMALL)
    cost_by_ortools(capacity, seat, fit)  # loads what it needs, as above
    capacity, _, seat, fit = fit_arrays(family, students)
    loaded, seconds = resident_mib(), []
    for _ in range(runs):
        began = time.process_time()
        cost = cost_by_ortools(capacity, seat, fit)
        seconds.append(time.process_time() - began)
    return {"all": seconds, "objective": float(-cost), "mib_before": loaded}


def cost_by_ortools(capacity: np.ndarray, seat: np.ndarray, fit: np.ndarray) -> int:
    from ortools.graph.python import min_cost_flow

    seats, students = capacity.size, seat.size // 10
    source, sink = students + seats, students + seats + 1
    owner = np.repeat(np.arange(students, dtype=np.int32), 10)
    flow = min_cost_flow.SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    everybody = np.arange(students, dtype=np.int32)
    add(np.full(students, source, np.int32), everybody, np.ones(students, np.int64), np.zeros(students, np.int64))
    add(owner, (students + seat).astype(np.int32), np.ones(seat.size, np.int64), -fit.astype(np.int64))
    places = (students + np.arange(seats)).astype(np.int32)
    add(places, np.full(seats, sink, np.int32), capacity.astype(np.int64), np.zeros(seats, np.int64))
    add(np.array([source], np.int32), np.array([sink], np.int32), np.array([students]), np.array([0]))
    flow.set_nodes_supplies(np.array([source, sink], np.int32), np.array([students, -students]))
    flow.solve()
    return int(flow.optimal_cost())


def quota_problem(students: int):
    from chanjiao.engines.allocation import Limit, problem_of

    rng = np.random.default_rng(5)
    seats = students // 10
    seat = lists(students, seats, rng)
    fit = np.round(rng.random(seat.size) * 100, 2)
    region, firm = rng.integers(0, 20, seats), rng.integers(0, seats // 10, seats)
    college, origin = rng.integers(0, 8, students), rng.integers(0, 3, students)
    limits = []
    for one in range(20):
        inside = np.flatnonzero(region == one).astype(np.int32)
        limits.append(Limit(inside, int(8.5 * inside.size), name=f"region {one}"))
        for group in range(8):
            members = np.flatnonzero(college == group).astype(np.int32)
            limits.append(Limit(inside, int(1.15 * inside.size), int(0.9 * inside.size), members, f"{one} c{group}"))
    for one in range(seats // 10):
        inside = np.flatnonzero(firm == one).astype(np.int32)
        for group in range(3):
            members = np.flatnonzero(origin == group).astype(np.int32)
            limits.append(
                Limit(inside, int(3.1 * inside.size), int(2.2 * inside.size), members, f"firm {one} o{group}")
            )
    minimum = np.where(rng.random(seats) < 0.3, 8, 0)
    return problem_of(
        np.full(seats, 10), np.arange(0, seat.size + 1, 10), seat, fit, seed=1, minimum=minimum, limits=limits
    )


def own_quotas(students: int, runs: int) -> dict[str, object]:
    from chanjiao.engines.allocation import solve

    problem = quota_problem(students)
    seconds = []
    for _ in range(runs):
        began = time.process_time()
        outcome = solve(problem, "best-fit")
        seconds.append(time.process_time() - began)
    return {"all": seconds, "objective": outcome.objective, "bound": outcome.bound}


def peer_highs(students: int, seconds_allowed: float) -> dict[str, object]:
    """The same model with all choices whole from the start, gap 0.01 %, stopped after so many CPU seconds."""
    from chanjiao.engines.allocation import linear
    from chanjiao.engines.allocation.best_fit import shortfall_price
    from chanjiao.engines.allocation.fits import fits_of

    problem = quota_problem(students)
    fit = fits_of(problem)
    solver, model = linear.model_of(linear.rows_of(problem), fit, shortfall_price(fit), gap=1e-4)
    began = time.process_time()

    def stop(event: object) -> None:
        if time.process_time() - began > seconds_allowed:
            event.interrupt()  # type: ignore[attr-defined]

    for asked in (solver.cbSimplexInterrupt, solver.cbMipInterrupt):
        asked.subscribe(stop)
    solver.passModel(model)
    solver.run()
    info = solver.getInfo()
    spent = time.process_time() - began
    return {"all": [spent], "objective": info.objective_function_value, "bound": info.mip_dual_bound}


def own_questions(students: int, runs: int) -> dict[str, object]:
    """After a stable round: preparing questions, and one more place at each of 1,000 seats."""
    from chanjiao.engines.allocation import WhatIf, problem_of, solve

    capacity, start, seat, score = stable_arrays(students)
    problem = problem_of(capacity, start, seat, score, seed=3)
    outcome = solve(problem)
    prepared, asked = [], []
    for _ in range(runs):
        began = time.process_time()
        questions = WhatIf(problem, outcome)
        prepared.append(time.process_time() - began)
        began = time.process_time()
        effects = questions.effects(range(1000))
        asked.append(time.process_time() - began)
    return {"all": prepared, "solving": asked, "better": sum(one.better for one in effects)}


def own_together(students: int, runs: int) -> dict[str, object]:
    """Every fifth pair of neighbours wants to stay together, with one list."""
    from chanjiao.engines.allocation import problem_of, solve, verify

    capacity, start, seat, score = stable_arrays(students)
    pairs = np.arange(0, students - 1, 10)
    rows = seat.reshape(-1, 10)
    rows[pairs + 1] = rows[pairs]
    groups = [[first, first + 1] for first in pairs.tolist()]
    problem = problem_of(capacity, start, seat, score, seed=3, together=groups)
    seconds, checking = [], []
    for _ in range(runs):
        began = time.process_time()
        outcome = solve(problem, "together")
        seconds.append(time.process_time() - began)
        began = time.process_time()
        verdict = verify(problem, outcome)
        checking.append(time.process_time() - began)
    return {"all": seconds, "verify": checking, "placed": verdict.placed, "blocking": verdict.blocking_pairs}


def own_files(students: int, runs: int) -> dict[str, object]:
    """`chanjiao allocate` from CSV to placements, certificate and reasons, as a command."""
    rng = np.random.default_rng(3)
    seats = students // 10
    seat = lists(students, seats, rng).tolist()
    score = rng.integers(0, 1001, len(seat)).tolist()
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        at.joinpath("seats.csv").write_text("seat,capacity\n" + "".join(f"P{i},9\n" for i in range(seats)))
        at.joinpath("students.csv").write_text("student\n" + "".join(f"S{i}\n" for i in range(students)))
        choices = (f"S{i // 10},{i % 10 + 1},P{one}\n" for i, one in enumerate(seat))
        at.joinpath("choices.csv").write_text("student,rank,seat\n" + "".join(choices))
        scores = (f"P{one},S{i // 10},{score[i] / 10}\n" for i, one in enumerate(seat))
        at.joinpath("scores.csv").write_text("seat,student,score\n" + "".join(scores))
        command = [sys.executable, "-m", "chanjiao", "allocate", folder, "--output", f"{folder}/out"]
        verify = [sys.executable, "-m", "chanjiao", "allocate-verify", folder, f"{folder}/out"]
        seconds = [timed(command) for _ in range(runs)]
        return {"all": seconds, "verify": [timed(verify) for _ in range(runs)]}


def own_cold(_: int, runs: int) -> dict[str, object]:
    """The command on a round of one student: start, read, solve, verify, write."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        at.joinpath("seats.csv").write_text("seat,capacity\nP,1\n")
        at.joinpath("students.csv").write_text("student\nS\n")
        at.joinpath("choices.csv").write_text("student,rank,seat\nS,1,P\n")
        command = [sys.executable, "-m", "chanjiao", "allocate", folder, "--output", f"{folder}/out"]
        return {"all": [timed(command) for _ in range(runs)]}


def timed(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "CHANJIAO_LANGUAGE": "en"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peak_mib(who: int = resource.RUSAGE_SELF) -> int:
    """The most memory so far."""
    return resource.getrusage(who).ru_maxrss // 1024


def resident_mib() -> int:
    """The memory now: libraries, compiled code and input, once both programmes have solved a small round."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


CASES: dict[str, Callable[..., dict[str, object]]] = {
    "stable": own_stable, "matching": peer_matching, "algmatch": peer_algmatch, "best-fit": own_best_fit,
    "ortools": peer_ortools, "quotas": own_quotas, "highs": peer_highs, "questions": own_questions,
    "together": own_together, "files": own_files, "cold": own_cold,
}  # fmt: skip
NEEDS = {"matching": "matching", "algmatch": "algmatch", "ortools": "ortools", "highs": "highspy"}


def alone(case: str, *arguments: object, limit: float = 900) -> dict[str, object] | None:
    """The result of one case in a process of its own; None where it did not finish or its package is missing."""
    if case in NEEDS and find_spec(NEEDS[case]) is None:
        print(f"  {case}: not installed, no comparison")
        return None
    command = [sys.executable, "-m", "bench.allocation", "--one", case, *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        print(f"  {case} {arguments}: not finished within {limit:.0f} s")
        return None
    if done.returncode:
        print(f"  {case} {arguments}: failed: {done.stderr.strip().splitlines()[-1:]}")
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def median(seconds: list[float]) -> float:
    return statistics.median(seconds[1:] or seconds)


def spread(seconds: list[float]) -> str:
    rest = seconds[1:] or seconds
    return f"{median(seconds):.3f} s ({min(rest):.3f}–{max(rest):.3f}, first {seconds[0]:.2f})"


def told(name: str, result: dict[str, object] | None) -> float:
    if result is None:
        return float("nan")
    more = {key: value for key, value in result.items() if key not in {"all", "solving", "verify"}}
    parts = [f"{key} {spread(result[key])}" for key in ("all", "solving", "verify") if key in result]
    print(f"  {name}: {'; '.join(parts)}; {more}", flush=True)
    return median(result["all"])


def machine() -> None:
    names = ["numpy", "numba", "highspy", "ortools", "matching", "algmatch"]
    versions = [f"{name} {metadata.version(name)}" if find_spec(name) else f"{name} missing" for name in names]
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}")
    print(", ".join(versions))


def main(quick: bool) -> None:
    machine()
    runs = 3 if quick else 7
    print("\nStable: arrays in, answer out (ten choices, a seat of 9 places for every ten students)")
    own = {n: told(f"chanjiao {n}", alone("stable", n, runs)) for n in (10**4, 10**5, 10**6)}
    if not quick:
        own[10**7] = told("chanjiao 10000000", alone("stable", 10**7, 2))
    print("  growth: " + ", ".join(f"{n}: {own[n] / own[10**4]:.1f}x" for n in own))
    for peer in ("matching", "algmatch"):
        for n in (10**3,) if quick else (10**3, 10**4):
            seconds = told(f"{peer} {n}", alone(peer, n, 1, limit=300))
            if n in own and seconds > 0:
                print(f"    chanjiao is {seconds / own[n]:.0f} times faster")
    print("\nBest fit: whole fits, proven by prices, beside OR-tools SimpleMinCostFlow")
    for n in (10**4, 10**5) if quick else (10**4, 10**5, 10**6):
        for family in FAMILIES if n < 10**6 else ("generic", "balanced", "equal", "rubric", "scarce"):
            mine = told(f"chanjiao {family} {n}", alone("best-fit", family, n, 3 if n < 10**6 else 2))
            peer = told(f"ortools {family} {n}", alone("ortools", family, n, 1))
            if peer > 0 and mine > 0:
                print(f"    chanjiao is {peer / mine:.1f} times faster")
    print("\nBest fit with minimum quotas, groups and regions, 10,000 students, beside HiGHS MILP")
    told("chanjiao", alone("quotas", 10**4, 2))
    told("highs", alone("highs", 10**4, 60 if quick else 240, limit=3600))
    print("\nQuestions after a stable round (all: preparing; solving: one more place at each of 1,000 seats); together")
    told("questions 100000", alone("questions", 10**5, 2))
    told("together 10000", alone("together", 10**4, 2))
    print("\nCSV to placements, certificate and reasons; the command on one student")
    told("chanjiao 100000", alone("files", 10**5, runs))
    told("chanjiao cold start", alone("cold", 1, runs))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", nargs="+")
    chosen = parser.parse_args()
    if chosen.one:
        words = [int(word) if word.isdigit() else word for word in chosen.one[1:]]
        result = CASES[chosen.one[0]](*words)
        children = chosen.one[0] in {"files", "cold"}
        who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
        print(json.dumps({**result, "peak_mib": peak_mib(who)}))
    else:
        main(chosen.quick)
