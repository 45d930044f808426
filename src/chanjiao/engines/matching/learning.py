"""Weights learned from replies: which factors went with acceptance, with a floor on data, a report and a way back.

A logistic regression of accepted against declined over the factors' strengths, drawn towards the standing weights by a
penalty that stands for `PRIOR` replies. A factor moves only when its slope is clear of chance; coded reasons for
declining say which factor was to blame. Unanswered matches are counted, and teach nothing: silence has other causes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.items import Weights

FLOOR = 200  # replies of a kind before anything moves
FLOOR_EACH = 40  # of them accepted, and of them declined
CLEAR = 3.0  # standard errors that a slope must stand apart from the common one
PRIOR = 60.0
MOST = 1.6  # how far one round may move a weight, as a ratio
ANSWERS = ("accepted", "declined", "unanswered")
# Coded reason for declining → the factors that it speaks of.
BLAMED = {
    "skills": ("skills", "title"),
    "place": ("place",),
    "pay": ("money",),
    "time": ("dates",),
    "level": ("level",),
    "quantity": ("quantity",),
    "partner": ("wishes",),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one match: its kind, the strength of each factor, the answer and the coded reason."""

    kind: str
    strengths: tuple[tuple[str, float], ...]
    answer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A weight that moved: from where to where, and how many standard errors stand behind it."""

    kind: str
    factor: str
    before: float
    after: float
    sureness: float
    blamed: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """The weights after a round of learning, those before (the way back), what moved, and why a kind was left alone."""

    weights: Weights
    before: Weights
    moves: tuple[Move, ...]
    left_alone: tuple[tuple[str, str], ...]
    unanswered: int


def learned(replies: Sequence[Reply], standing: Weights) -> Lesson:
    """Weights fitted to the replies, kind by kind; unchanged where there is too little or nothing clear. Deterministic.

    Shares of a kind add up to 1 before and after. `Lesson.before` is the way back. Errors: `option.unknown` for an
    unknown answer.

    >>> lesson = learned([], Weights((("post", (("title", 0.6), ("place", 0.4))),)))
    >>> lesson.weights == lesson.before, lesson.left_alone
    (True, (('post', 'too_few'),))
    """
    for reply in replies:
        if reply.answer not in ANSWERS:
            raise ChanjiaoError("option.unknown", name="answer", value=reply.answer, expected=", ".join(ANSWERS))
    moves: list[Move] = []
    alone: list[tuple[str, str]] = []
    kinds: list[tuple[str, tuple[tuple[str, float], ...]]] = []
    for kind, shares in standing.by_kind:
        answered = [reply for reply in replies if reply.kind == kind and reply.answer != "unanswered"]
        found, verdict = _of_kind(kind, dict(shares), answered)
        after = dict(shares)
        after.update({move.factor: move.after for move in found})
        moves += found
        if verdict:
            alone.append((kind, verdict))
        kinds.append((kind, tuple(after.items())))
    unanswered = sum(reply.answer == "unanswered" for reply in replies)
    return Lesson(Weights(tuple(kinds)), standing, tuple(moves), tuple(alone), unanswered)


def _of_kind(kind: str, shares: dict[str, float], replies: list[Reply]) -> tuple[list[Move], str]:
    accepted = np.array([reply.answer == "accepted" for reply in replies], np.float64)
    if len(replies) < FLOOR or min(accepted.sum(), len(replies) - accepted.sum()) < FLOOR_EACH:
        return [], "too_few"
    factors = list(shares)
    strengths = np.array([[dict(reply.strengths).get(factor, 0.0) for factor in factors] for reply in replies])
    slope, error = _regression(strengths, accepted, np.array([shares[factor] for factor in factors]))
    scale = max(1e-9, float(slope @ np.array(list(shares.values())) / sum(s**2 for s in shares.values())))
    wanted = {factor: max(0.0, slope[place] / scale) for place, factor in enumerate(factors)}
    sure = {factor: abs(slope[p] - scale * shares[factor]) / error[p] for p, factor in enumerate(factors)}
    clear = [factor for factor in factors if sure[factor] >= CLEAR and strengths[:, factors.index(factor)].std() > 0.02]
    if not clear:
        return [], "nothing_clear"
    blamed = Counter(factor for reply in replies for factor in BLAMED.get(reply.reason, ()))
    moved = dict(shares)
    for factor in clear:
        moved[factor] = float(np.clip(wanted[factor], shares[factor] / MOST, shares[factor] * MOST))
    total = sum(moved.values())
    return [
        Move(kind, factor, shares[factor], moved[factor] / total, round(float(sure[factor]), 2), blamed[factor])
        for factor in factors
        if abs(moved[factor] / total - shares[factor]) > 1e-9
    ], ""


def _regression(
    strengths: NDArray[np.float64], accepted: NDArray[np.float64], shares: NDArray[np.float64], steps: int = 30
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slopes and standard errors; the penalty pulls each slope towards the standing weights times one common scale."""
    rows = np.column_stack([strengths - strengths.mean(axis=0), np.ones(len(strengths))])
    score = strengths @ shares
    common = _common_scale(score, accepted)
    prior = np.append(common * shares, 0.0)
    pull = np.append(PRIOR * strengths.var(axis=0) * 0.25 + 1e-3, 0.0)
    slopes = prior.copy()
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(rows @ slopes, -30, 30)))
        slope = rows.T @ (chance - accepted) + pull * (slopes - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(pull) + 1e-9 * np.eye(len(prior))
        step = np.linalg.solve(curve, slope)
        slopes -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    error = np.sqrt(np.diag(np.linalg.inv(curve)))
    return slopes[:-1], error[:-1]


def _common_scale(score: NDArray[np.float64], accepted: NDArray[np.float64]) -> float:
    rows = np.column_stack([score - score.mean(), np.ones(len(score))])
    slopes = np.zeros(2)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ slopes, -30, 30)))
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + 1e-6 * np.eye(2)
        slopes -= np.linalg.solve(curve, rows.T @ (chance - accepted))
    return float(max(0.0, slopes[0]))
