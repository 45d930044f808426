"""A line over years drawn by the server: what was, what is expected and between which bounds, with a table under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chanjiao.interfaces.web.charts import round_up

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 760, 260, 44, 26, 14


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a year with its bounds; `is_ahead` for a year that is only expected."""

    year: int
    value: float
    low: float
    high: float
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values from a zero baseline; years ahead are drawn broken, bounds as a band."""

    title: object
    points: Sequence[Point]
    unit: object = ""
    source: object = ""
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def top(self) -> float:
        """The value at the upper edge."""
        return round_up(max((point.high for point in self.points), default=0) or 1)

    def _x(self, number: int) -> float:
        return round(LEFT + 16 + number * (WIDTH - LEFT - 32) / max(len(self.points) - 1, 1), 1)

    def _y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / self.top, 1)

    @property
    def grid(self) -> list[dict[str, object]]:
        """Lines with their values."""
        return [{"y": self._y(self.top * share), "text": f"{self.top * share:g}"} for share in (0, 0.5, 1)]

    @property
    def marks(self) -> list[dict[str, object]]:
        """The points with their labels."""
        return [
            {"x": self._x(number), "y": self._y(point.value), "point": point, "text": f"{point.value:.0f}"}
            for number, point in enumerate(self.points)
        ]

    @property
    def line(self) -> str:
        """The line through what was."""
        return self._through([number for number, point in enumerate(self.points) if not point.is_ahead])

    @property
    def ahead(self) -> str:
        """The line through what is expected, from the last year that was."""
        first = next((number for number, point in enumerate(self.points) if point.is_ahead), None)
        return "" if first is None else self._through(list(range(max(0, first - 1), len(self.points))))

    @property
    def band(self) -> str:
        """The area between the bounds."""
        upper = [f"{self._x(number)},{self._y(point.high)}" for number, point in enumerate(self.points)]
        lower = [f"{self._x(number)},{self._y(point.low)}" for number, point in enumerate(self.points)]
        return " ".join([*upper, *reversed(lower)])

    def _through(self, numbers: list[int]) -> str:
        return " ".join(f"{self._x(number)},{self._y(self.points[number].value)}" for number in numbers)
