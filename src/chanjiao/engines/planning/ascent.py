"""Steps uphill that adapt to each price: as long as its slopes so far were small (AdaGrad), and with momentum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.planning.problem import Floats

HEAVINESS = 0.9
"""The part of a step that goes on in the direction so far; without it prices swing, and climb four times slower."""
_TINY = 1e-9


@dataclass(slots=True, eq=False)
class Ascent:
    """The squares of all slopes `seen` and the direction `toward` which the last steps went, each by price."""

    seen: Floats
    toward: Floats

    @classmethod
    def of(cls, shape: tuple[int, ...]) -> Ascent:
        """Nothing seen yet."""
        return cls(np.full(shape, _TINY), np.zeros(shape))

    def step(self, slope: Floats) -> Floats:
        """How far to move each price now that its slope is `slope`, in units of the first step."""
        self.seen += slope * slope
        self.toward *= HEAVINESS
        self.toward += (1 - HEAVINESS) * slope / np.sqrt(self.seen)
        return self.toward

    def picked(self, kept: NDArray[np.bool_]) -> Ascent:
        """That of the prices that are `kept`."""
        return Ascent(self.seen[kept], self.toward[kept])

    def joined(self, other: Ascent) -> Ascent:
        """That of these prices, and of further ones."""
        return Ascent(np.concatenate([self.seen, other.seen]), np.concatenate([self.toward, other.toward]))
