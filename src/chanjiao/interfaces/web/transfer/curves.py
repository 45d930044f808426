"""A survival curve as SVG: steps, band and axes, without script or style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chanjiao.engines.survival import Curve

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 320, 170, 34, 26, 8
TICKS = (0, 0.5, 1)


@dataclass(frozen=True, slots=True)
class CurveChart:
    """The share that still waits, over days from 0 to `longest`, drawn as steps with its band."""

    curve: Curve
    longest: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def baseline(self) -> float:
        """Where a share of zero lies."""
        return self.height - BOTTOM

    @property
    def line(self) -> str:
        """The steps as the points of a polyline."""
        return _points(self._steps(self.curve.shares))

    @property
    def band(self) -> str:
        """The outline of the band as the points of a polygon; empty without steps."""
        if not self.curve.times:
            return ""
        return _points([*self._steps(self.curve.highs), *reversed(self._steps(self.curve.lows))])

    @property
    def shares(self) -> list[tuple[float, str]]:
        """Height and words of the lines across."""
        return [(round(self._y(tick), 1), f"{tick:.0%}") for tick in TICKS]

    @property
    def days(self) -> list[tuple[float, int]]:
        """Place and days of the marks below."""
        top = max(self.longest, 1)
        return [(round(self._x(top * tick), 1), round(top * tick)) for tick in TICKS]

    @property
    def rows(self) -> list[tuple[float, float, float, float]]:
        """Days, share still waiting, and its band, at every step."""
        curve = self.curve
        return list(zip(curve.times, curve.shares, curve.lows, curve.highs, strict=True))

    def _steps(self, values: Sequence[float]) -> list[tuple[float, float]]:
        drawn, reached = [(self._x(0), self._y(1))], 1.0
        for time, share in zip(self.curve.times, values, strict=True):
            drawn += [(self._x(time), self._y(reached)), (self._x(time), self._y(share))]
            reached = share
        return [*drawn, (self._x(max(self.longest, 1)), self._y(reached))]

    def _x(self, days: float) -> float:
        return self.left + (self.width - self.left - 12) * days / max(self.longest, 1)

    def _y(self, share: float) -> float:
        return TOP + (self.baseline - TOP) * (1 - share)


def _points(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
