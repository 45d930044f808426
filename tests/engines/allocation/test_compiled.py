"""The compiled code answers exactly as the plain code, and at real size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from chanjiao.engines.allocation import Outcome, problem_of, verify
from chanjiao.engines.allocation.fits import fits_of
from chanjiao.engines.allocation.lottery import _splitmix, draw_lottery
from chanjiao.engines.allocation.lottery_compiled import draw
from chanjiao.engines.allocation.prices import solve_by_prices
from chanjiao.engines.allocation.stable import deferred_acceptance
from chanjiao.engines.errors import ChanjiaoError
from tests.engines.allocation.instances import city_round, problems


@given(problem=problems(students=12, seats=6, minimum=True))
@settings(deadline=None, max_examples=100)
def test_compiled_and_plain_deferred_acceptance_agree(problem):
    plain = deferred_acceptance(problem, compiled=False)
    compiled = deferred_acceptance(problem, compiled=True)

    assert compiled.seat.tolist() == plain.seat.tolist()
    assert compiled.position.tolist() == plain.position.tolist()
    assert compiled.closed == plain.closed


@given(problem=problems(students=12, seats=6))
@settings(deadline=None, max_examples=100)
def test_compiled_and_plain_best_fit_reach_the_same_total(problem):
    fit = fits_of(problem)
    plain, _ = solve_by_prices(problem, fit, compiled=False)
    compiled, price = solve_by_prices(problem, fit, compiled=True)

    assert fit[compiled].sum() == pytest.approx(fit[plain].sum())
    assert _bound(problem, fit, price) == pytest.approx(fit[plain].sum())


@pytest.mark.parametrize("family", ["equal", "student", "seat", "rubric", "scarce", "sum"])
def test_best_fit_proves_its_optimum_on_every_family_of_fits(family):
    problem = city_round(2100, seed=4, places=4 if family == "scarce" else 10)
    rng = np.random.default_rng(5)
    fit = {
        "equal": np.full(problem.seat.size, 3.0),
        "student": np.repeat(rng.integers(1, 100, problem.students), 10).astype(float),
        "seat": rng.integers(1, 100, problem.seats)[problem.seat].astype(float),
        "sum": (
            np.repeat(rng.integers(1, 100, problem.students), 10) + rng.integers(1, 100, problem.seats)[problem.seat]
        )
        * 1.0,
        "rubric": rng.integers(1, 6, problem.seat.size).astype(float),
        "scarce": rng.integers(0, 1000, problem.seat.size).astype(float),
    }[family]

    chosen, price = solve_by_prices(problem, fit, compiled=True)

    assert _bound(problem, fit, price) == pytest.approx(fit[chosen].sum())
    assert np.bincount(problem.seat[chosen], minlength=problem.seats).max() <= problem.capacity.max()
    assert (np.add.reduceat(chosen, problem.start[:-1]) <= 1).all()


@given(problem=problems(students=12, seats=6))
@settings(deadline=None, max_examples=100)
def test_compiled_and_plain_verifiers_agree_on_any_placement(problem):
    last = np.diff(problem.start).astype(np.int32) - 1
    seat = np.full(problem.students, -1, np.int32)
    placed = last >= 0
    seat[placed] = problem.seat[problem.start[1:][placed] - 1]
    outcome = Outcome("any", seat, last)

    assert verify(problem, outcome, compiled=True) == verify(problem, outcome, compiled=False)


def test_a_city_of_300000_students_is_placed_without_a_blocking_pair():
    problem = city_round(300_000, seed=1)

    outcome = deferred_acceptance(problem)

    verdict = verify(problem, outcome)
    assert verdict.stable
    assert verdict.placed == np.minimum(np.bincount(outcome.seat[outcome.seat >= 0]), 9).sum()


@pytest.mark.parametrize(("seats", "places"), [(2000, 9), (300, 60)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
def test_20000_students_are_placed_alike_by_plain_and_compiled_code(seats, places, dtype):
    city = city_round(20_000, seed=2)
    seat = (city.seat.reshape(-1, 10) // 10 * 10 + np.arange(10)) % seats
    score = (city.score - 5000).astype(dtype)
    problem = problem_of(np.full(seats, places), city.start, seat.ravel(), score, lottery=city.lottery)

    plain = deferred_acceptance(problem, compiled=False)
    compiled = deferred_acceptance(problem, compiled=True)

    assert (plain.seat == compiled.seat).all()


def test_zero_and_negative_zero_tie_in_compiled_code():
    score = np.array([-0.0, 0.0, -1.0], np.float32)
    problem = problem_of([1], [0, 1, 2, 3], [0, 0, 0], score, lottery=[0, 1, 2])

    assert deferred_acceptance(problem, compiled=True).seat.tolist() == [0, -1, -1]


@pytest.mark.parametrize("students", [0, 1, 2, 5, 1000])
def test_the_compiled_lottery_is_the_plain_one(students):
    base = int(_splitmix(np.array([7], np.uint64))[0])

    assert draw(students, base).tolist() == draw_lottery(students, 7).tolist()


@pytest.mark.parametrize(
    ("seat", "score", "code"),
    [
        ([0, 2], [1.0, 2.0], "allocation.unknown_seat"),
        ([0, 0], [1.0, 2.0], "allocation.repeated_seat"),
        ([0, 1], [1.0, float("nan")], "allocation.bad_score"),
        ([0, 1], [float("inf"), 2.0], "allocation.bad_score"),
    ],
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("compiled", [True, False])
def test_faulty_lists_are_refused_with_the_choice_that_is_wrong(seat, score, code, dtype, compiled):
    problem = problem_of([1, 1], [0, 2], seat, np.array(score, dtype))

    with pytest.raises(ChanjiaoError) as refused:
        deferred_acceptance(problem, compiled=compiled)

    assert refused.value.code == code


def _bound(problem, fit, price):
    net = np.maximum(fit - price[problem.seat], 0)
    best = [net[a:b].max(initial=0.0) for a, b in zip(problem.start[:-1], problem.start[1:], strict=True)]
    return problem.capacity @ price + sum(best)
