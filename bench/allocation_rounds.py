"""Small random rounds judged by the definition alone: `python -m bench.allocation_rounds [ROUNDS] [SEED]`.

Each round has up to eight students and five seats, with lists of any length, ties, seats without places and closing for
minimum quotas in turn. Both implementations of `stable` must agree; blocking pairs are counted pair by pair; where at
most six students take part and nothing closes, no stable placement of all there are may be better for any of them; best
fit must meet its own bound.
"""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np
from tests.engines.allocation.instances import blocking, every_placement

from chanjiao.engines.allocation import Outcome, Problem, problem_of, solve, verify
from chanjiao.engines.allocation.stable import deferred_acceptance

MOST_PLACEMENTS = 400
"""A round with more placements than that is not tried out."""


def random_round(rng: np.random.Generator) -> Problem:
    """Scores of few values, so that ties abound; every third round without scores, every fourth with minimum quotas."""
    students, seats = int(rng.integers(0, 9)), int(rng.integers(1, 6))
    lists = [rng.permutation(seats)[: rng.integers(0, seats + 1)] for _ in range(students)]
    seat = np.concatenate([*lists, np.zeros(0)]).astype(np.int32)
    capacity = rng.integers(0, 4, seats)
    minimum = rng.integers(0, capacity + 1) if rng.integers(4) == 0 else None
    score = rng.integers(-2, 4, seat.size) * 12.5 if rng.integers(3) else None
    start = np.cumsum([0, *map(len, lists)])
    return problem_of(capacity, start, seat, score, lottery=rng.permutation(students), minimum=minimum)


def judged(problem: Problem) -> Counter[str]:
    """The faults of each kind, and how many rounds were tried out."""
    plain, compiled = deferred_acceptance(problem, compiled=False), deferred_acceptance(problem, compiled=True)
    verdict, best = verify(problem, plain), solve(problem, "best-fit")
    found = Counter(
        {
            "rounds": 1,
            "implementations that differ": int((plain.seat != compiled.seat).any()),
            "infeasible": int(not verdict.feasible) + int(not verify(problem, best).feasible),
            "verifiers that differ": int(verdict != verify(problem, plain, compiled=True)),
            "best fits short of their bound": int(best.bound - best.objective > 1e-6 and not problem.minimum.any()),
        }
    )
    if not problem.minimum.any():
        found["blocking pairs"] = len(blocking(problem, plain))
    if problem.students <= 6 and not problem.minimum.any():
        found.update(_tried_out(problem, plain))
    return found


def _tried_out(problem: Problem, outcome: Outcome) -> Counter[str]:
    if np.prod(np.diff(problem.start) + 1.0) > MOST_PLACEMENTS:
        return Counter()
    stable = [one for one in every_placement(problem) if not blocking(problem, one)]
    ranks = np.array([np.where(one.position >= 0, one.position, 99) for one in stable])
    own = np.where(outcome.position >= 0, outcome.position, 99)
    return Counter({"tried out": 1, "students better off elsewhere": int((ranks.min(axis=0) < own).sum())})


def main(rounds: int, seed: int) -> None:
    """Print the counts; exit with 1 where one of them is a fault."""
    rng = np.random.default_rng(seed)
    found: Counter[str] = Counter()
    for _ in range(rounds):
        for kind, count in judged(random_round(rng)).items():
            found[kind] += count
    for kind, count in found.items():
        print(f"{kind}: {count}")
    sys.exit(any(count for kind, count in found.items() if kind not in {"rounds", "tried out"}))


if __name__ == "__main__":
    main(*(int(word) for word in (*sys.argv[1:], "10000", "1")[:2]))
