"""The audit of a published placement: everything its certificate claims, found again from the files alone.

Uses the verifier and the readers, nothing of the solvers: fits, lottery and bound are computed here once more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.outcome import ENGINE, VERSION, Dual, Outcome
from chanjiao.engines.allocation.problem import Ints, problem_hash
from chanjiao.engines.allocation.round_files import Round
from chanjiao.engines.allocation.verify import Verdict, dual_bound, objective, shortfall, verify

Reals = NDArray[np.float64]
_TOLERANCE = 1e-6
_METHODS = ("stable", "together", "best-fit")
_SHORT = ("close", "keep")
LOTTERY = "SHA-256 of seed:student, first 8 bytes, smallest first"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold, by its code."""

    code: str
    params: dict[str, str | int | float]


def outcome_from_rows(round_: Round, rows: tuple[Ints, Ints, Ints], method: str, closed: tuple[int, ...]) -> Outcome:
    """The placement as an outcome; a seat outside the student's list gets position 0 and fails the verifier."""
    problem = round_.problem
    seat = np.full(problem.students, -1, np.int32)
    position = np.full(problem.students, -1, np.int32)
    student, placed, _ = rows
    seat[student] = placed
    for one in np.flatnonzero(seat >= 0).tolist():
        own = problem.seat[problem.start[one] : problem.start[one + 1]]
        at = np.flatnonzero(own == seat[one])
        position[one] = at[0] if at.size else 2**30
    return Outcome(method, seat, position, closed)


def audit(
    round_: Round, rows: tuple[Ints, Ints, Ints], certificate: dict[str, object], dual: Dual | None
) -> tuple[Verdict, list[Fault]]:
    """(verdict, faults) of the placement and of every claim of its certificate; no faults means that all hold."""
    method = str(certificate.get("method"))
    names = {name: index for index, name in enumerate(round_.seats)}
    listed = certificate.get("closed") or []
    said = [str(name) for name in listed] if isinstance(listed, list) else []
    closed = tuple(names[name] for name in said if name in names)
    outcome = outcome_from_rows(round_, rows, method, closed)
    verdict = verify(round_.problem, outcome)
    faults = [*_placement_faults(round_, rows, outcome), *_verdict_faults(round_, method, verdict, said, certificate)]
    if not faults:
        faults = [*_claims(round_, outcome, verdict, certificate), *_value_faults(round_, outcome, certificate, dual)]
    return verdict, faults


def _placement_faults(round_: Round, rows: tuple[Ints, Ints, Ints], outcome: Outcome) -> Iterator[Fault]:
    student, seat, rank = rows
    times = np.bincount(student, minlength=round_.problem.students)
    for one in np.flatnonzero(times > 1)[:1]:
        yield Fault("placed_twice", {"student": round_.students[one]})
    position = outcome.position[student]
    for at in np.flatnonzero(position == 2**30)[:1]:
        yield Fault("not_listed", {"student": round_.students[student[at]], "seat": round_.seats[seat[at]]})
    inside = np.flatnonzero((position >= 0) & (position < 2**30))
    given = round_.rank[round_.problem.start[student[inside]] + position[inside]]
    for at in inside[given != rank[inside]][:1]:
        yield Fault("wrong_rank", {"student": round_.students[student[at]], "rank": int(rank[at])})


def _verdict_faults(
    round_: Round, method: str, verdict: Verdict, closed: list[str], certificate: dict[str, object]
) -> Iterator[Fault]:
    if verdict.over_capacity:
        yield Fault("over_capacity", {"count": verdict.over_capacity})
    if verdict.over_limit:
        yield Fault("over_limit", {"count": verdict.over_limit})
    for name in closed:
        if name not in round_.seats or round_.problem.minimum[round_.seats.index(name)] == 0:
            yield Fault("closed_without_minimum", {"seat": name})
    if verdict.split:
        yield Fault("split", {"count": verdict.split})
    if method != "best-fit" and verdict.blocking_pairs:
        student, seat = verdict.examples[0]
        names = {"student": round_.students[student], "seat": round_.seats[seat]}
        yield Fault("blocking", {"count": verdict.blocking_pairs, **names})
    if method != "best-fit" and certificate.get("short") != "keep" and verdict.short_open:
        yield Fault("short_open", {"count": verdict.short_open})


def _claims(round_: Round, outcome: Outcome, verdict: Verdict, certificate: dict[str, object]) -> Iterator[Fault]:
    closed = certificate.get("closed")
    found: dict[str, object] = {
        "engine": ENGINE,
        "version": VERSION,
        "method": outcome.method if outcome.method in _METHODS else ", ".join(_METHODS),
        "short": certificate.get("short") if certificate.get("short") in _SHORT else ", ".join(_SHORT),
        "lottery": LOTTERY,
        "problem_hash": problem_hash(round_.problem, round_.students, round_.seats),
        **_sizes(round_),
        "feasible": verdict.feasible,
        "blocking_pairs": verdict.blocking_pairs,
        "placed": verdict.placed,
        "unplaced": round_.problem.students - verdict.placed,
        "rank_histogram": _histogram(round_, outcome),
        "closed": closed if isinstance(closed, list) else [],
        "shortfall": shortfall(round_.problem, outcome),
    }
    for name, value in found.items():
        if certificate.get(name) != value:
            yield Fault("claim_differs", {"name": name, "claimed": str(certificate.get(name)), "found": str(value)})
    if not np.array_equal(round_.problem.lottery, _lottery(round_.students, certificate.get("seed"))):
        yield Fault("lottery_differs", {})
    committed = hashlib.sha256(f"chanjiao.lottery:{certificate.get('seed')}".encode()).hexdigest()
    if certificate.get("seed_commitment") != committed:
        yield Fault("commitment_differs", {})


def _sizes(round_: Round) -> dict[str, object]:
    problem = round_.problem
    return {
        "students": problem.students,
        "seats": problem.seats,
        "places": int(problem.capacity.sum()),
        "choices": int(problem.seat.size),
        "unscored_choices": round_.unscored,
    }


def _histogram(round_: Round, outcome: Outcome) -> dict[str, int]:
    held = np.flatnonzero(outcome.position >= 0)
    ranks = round_.rank[round_.problem.start[held] + outcome.position[held]].tolist()
    histogram: dict[str, int] = {}
    for rank in sorted(ranks):
        histogram[str(rank)] = histogram.get(str(rank), 0) + 1
    return histogram


def _lottery(names: list[str], seed: object) -> Ints:
    drawn = [int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[:8], "big") for name in names]
    numbers = np.empty(len(names), np.int64)
    for number, one in enumerate(sorted(range(len(names)), key=drawn.__getitem__)):
        numbers[one] = number
    return numbers


def _value_faults(
    round_: Round, outcome: Outcome, certificate: dict[str, object], dual: Dual | None
) -> Iterator[Fault]:  # fmt: skip
    """The total and, with prices, the bound that no placement exceeds."""
    fit = _fit(round_)
    most = 2.0 * max(float(np.abs(fit).max()) if fit.size else 0.0, 0.5)
    total = objective(round_.problem, fit, outcome)
    if outcome.method == "best-fit":
        total -= most * shortfall(round_.problem, outcome)
    yield from _differs("objective", certificate.get("objective"), total)
    if dual is None:
        for name in ("bound", "gap"):
            if certificate.get(name, "-") is not None:
                yield Fault(
                    "claim_differs", {"name": name, "claimed": str(certificate.get(name, "-")), "found": "None"}
                )
    else:
        bound = dual_bound(round_.problem, fit, dual, most)
        yield from _differs("bound", certificate.get("bound"), bound)
        yield from _differs("gap", certificate.get("gap"), max(bound - total, 0.0), _TOLERANCE * abs(bound))
        if bound < total - _TOLERANCE * max(abs(total), 1.0):
            yield Fault("bound_broken", {"bound": bound, "objective": total})


def _fit(round_: Round) -> Reals:
    problem = round_.problem
    if problem.score is not None:
        score = problem.score.astype(np.float64)
        return np.where(np.isneginf(score), 0.0, score)
    lengths = np.diff(problem.start)
    most = int(lengths.max()) if lengths.size else 0
    return np.concatenate([most - np.arange(n, dtype=np.float64) for n in lengths.tolist()] or [np.zeros(0)])


def _differs(name: str, claimed: object, found: float, slack: float = 0.0) -> Iterator[Fault]:
    value = claimed if isinstance(claimed, int | float) else float("nan")
    if not abs(float(value) - found) <= max(_TOLERANCE * max(abs(found), 1.0), slack):
        yield Fault("claim_differs", {"name": name, "claimed": str(claimed), "found": repr(found)})
