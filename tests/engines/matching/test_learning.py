"""Learning from replies finds a known truth, and stays where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from chanjiao.engines.matching.items import Weights
from chanjiao.engines.matching.learning import Reply, learned

SHARES = {"title": 0.35, "skills": 0.25, "place": 0.15, "money": 0.15, "dates": 0.10}
STANDING = Weights((("post", tuple(SHARES.items())), ("product", (("title", 1.0),))))


def _history(truth: dict[str, float], count: int, seed: int, silent: float = 0.0) -> list[Reply]:
    """Made-up replies: acceptance follows the strengths by the true weights."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        strengths = {factor: float(random.random()) for factor in SHARES}
        raw = 10 * (sum(truth[factor] * strength for factor, strength in strengths.items()) - 0.5)
        accepted = random.random() < 1 / (1 + np.exp(-raw))
        answer = "unanswered" if random.random() < silent else "accepted" if accepted else "declined"
        found.append(Reply("post", tuple(strengths.items()), answer, "place" if answer == "declined" else ""))
    return found


def test_a_factor_that_matters_more_than_thought_rises_and_one_that_matters_less_falls() -> None:
    truth = {"title": 0.25, "skills": 0.20, "place": 0.45, "money": 0.05, "dates": 0.05}

    lesson = learned(_history(truth, 3000, seed=1), STANDING)

    after = lesson.weights.of("post")
    assert after["place"] > 0.20
    assert after["money"] < 0.12
    assert sum(after.values()) == pytest.approx(1)
    assert {move.factor for move in lesson.moves} >= {"place", "money"}


@pytest.mark.parametrize("seed", range(20))
def test_where_the_truth_is_what_stands_the_weights_do_not_drift(seed: int) -> None:
    lesson = learned(_history(SHARES, 1500, seed=seed), STANDING)

    after = lesson.weights.of("post")
    assert max(abs(after[factor] - SHARES[factor]) for factor in SHARES) < 0.06


def test_answers_by_chance_move_little_in_many_histories() -> None:
    random = np.random.default_rng(5)
    drifts = []
    for _ in range(40):
        replies = [
            Reply(
                "post",
                tuple((factor, float(random.random())) for factor in SHARES),
                str(random.choice(["accepted", "declined"])),
            )
            for _ in range(600)
        ]
        drifts.append(len(learned(replies, STANDING).moves) > 0)

    assert sum(drifts) <= 4


def test_repeated_rounds_on_the_same_truth_settle_near_it() -> None:
    truth = {"title": 0.25, "skills": 0.20, "place": 0.45, "money": 0.05, "dates": 0.05}
    weights = STANDING

    for seed in range(6):
        weights = learned(_history(truth, 3000, seed=100 + seed), weights).weights

    after = weights.of("post")
    assert abs(after["place"] - 0.45) < 0.1
    assert abs(after["title"] - 0.25) < 0.1


def test_below_the_floor_nothing_moves_and_the_report_says_so() -> None:
    lesson = learned(_history({**SHARES, "place": 0.9}, 150, seed=2), STANDING)

    assert lesson.weights == STANDING
    assert dict(lesson.left_alone) == {"post": "too_few", "product": "too_few"}


def test_silence_is_counted_and_teaches_nothing() -> None:
    history = _history(SHARES, 1000, seed=3, silent=1.0)

    lesson = learned(history, STANDING)

    assert (lesson.unanswered, lesson.weights) == (1000, STANDING)


def test_the_way_back_is_the_weights_that_stood_before() -> None:
    lesson = learned(_history({**SHARES, "place": 0.6}, 3000, seed=4), STANDING)

    assert lesson.weights != STANDING
    assert lesson.before == STANDING
