"""Sums of small decision trees, each asking the same few questions of every row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of one depth: the feature and threshold of each question (trees × depth), the value of each leaf."""

    feature: NDArray[np.int64]
    threshold: Doubles
    value: Doubles

    def scores(self, rows: Doubles) -> Doubles:
        """The sum of the trees' values for each row (rows × features).

        >>> Trees(np.array([[0]]), np.array([[0.5]]), np.array([[1.0, 3.0]])).scores(np.array([[0.2], [0.9]])).tolist()
        [1.0, 3.0]
        """
        above = rows[:, self.feature] > self.threshold
        leaf = above @ (1 << np.arange(self.feature.shape[1]))
        found: Doubles = self.value[np.arange(len(self.value)), leaf].sum(axis=1)
        return found
