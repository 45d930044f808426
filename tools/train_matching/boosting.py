"""Gradient boosting of small trees on yes-or-no answers, deterministic, in NumPy alone.

All nodes of one depth ask the same question, which keeps a tree to a handful of numbers and hard to overfit.
"""

from __future__ import annotations

import numpy as np

from chanjiao.engines.matching.trees import Trees

BINS = 64
STEADY = 5.0  # drawn towards nothing: what a leaf's evidence is divided by beside its own
FEATURES, ROWS = 0.5, 0.7  # the share that each tree sees


def boosted(features: np.ndarray, answers: np.ndarray, *, trees: int, depth: int, rate: float, seed: int = 0) -> Trees:
    """Trees whose sum is the log-odds of a yes, fitted by Newton steps on the logistic loss."""
    random = np.random.default_rng(seed)
    edges = [np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1])) for column in features.T]
    binned = np.stack([np.searchsorted(edge, column) for edge, column in zip(edges, features.T, strict=True)])
    odds = np.zeros(len(answers))
    asked, thresholds, values = [], [], []
    for _ in range(trees):
        chance = 1 / (1 + np.exp(-odds))
        seen = random.random(len(answers)) < ROWS
        slope, bend = np.where(seen, answers - chance, 0), np.where(seen, chance * (1 - chance), 0)
        columns = np.flatnonzero((random.random(len(edges)) < FEATURES) & np.array([len(edge) > 0 for edge in edges]))
        questions, leaf = _grown(binned, columns, slope, bend, depth)
        value = rate * _newton(leaf, slope, bend, depth)
        odds += value[leaf]
        asked.append([column for column, _ in questions])
        thresholds.append([edges[column][cut] for column, cut in questions])
        values.append(value)
    return Trees(np.array(asked), np.array(thresholds), np.array(values))


def _grown(
    binned: np.ndarray, columns: np.ndarray, slope: np.ndarray, bend: np.ndarray, depth: int
) -> tuple[list[tuple[int, int]], np.ndarray]:
    """The best question of each depth in turn, and the leaf that every row ends in."""
    leaf = np.zeros(binned.shape[1], np.int64)
    questions = []
    for level in range(depth):
        gains = np.array([_gains(leaf * BINS + binned[column], 1 << level, slope, bend) for column in columns])
        best, cut = np.unravel_index(int(gains.argmax()), gains.shape)
        questions.append((int(columns[best]), int(cut)))
        leaf += (binned[columns[best]] > cut).astype(np.int64) << level
    return questions, leaf


def _gains(place: np.ndarray, leaves: int, slope: np.ndarray, bend: np.ndarray) -> np.ndarray:
    """What splitting every leaf after each bin gains; the last bin splits nothing."""
    sums = [np.bincount(place, one, leaves * BINS).reshape(leaves, BINS) for one in (slope, bend)]
    below = [one.cumsum(1)[:, :-1] for one in sums]
    above = [one.sum(1, keepdims=True) - left for one, left in zip(sums, below, strict=True)]
    return np.sum([(g**2 / (h + STEADY)).sum(0) for g, h in (below, above)], axis=0)


def _newton(leaf: np.ndarray, slope: np.ndarray, bend: np.ndarray, depth: int) -> np.ndarray:
    sums = [np.bincount(leaf, one, 1 << depth) for one in (slope, bend)]
    return sums[0] / (sums[1] + STEADY)
