"""Charts drawn by the server: bars and columns as SVG, with the same figures as a table under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, log10
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: a value for each series, and the rows it opens to."""

    label: object
    values: tuple[float, ...]
    url: str = ""

    @property
    def total(self) -> float:
        """The sum over the series."""
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle in a bar 100 units wide."""

    x: float
    width: float
    series: int
    label: object = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from a zero baseline; several series are stacked. `unit`, `source` and `as_of` are shown."""

    title: object
    bars: Sequence[Bar]
    series: Sequence[object] = ()
    unit: object = ""
    source: object = ""
    label_head: object = ""

    @property
    def rows(self) -> list[dict[str, object]]:
        """What the template draws: label, address, total, pieces."""
        most = max((bar.total for bar in self.bars), default=0) or 1
        return [
            {
                "label": bar.label,
                "url": bar.url,
                "total": _plain(bar.total),
                "values": [_plain(v) for v in bar.values],
                "pieces": _pieces(bar.values, most),
            }
            for bar in self.bars
        ]


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Columns over time from a zero baseline; several series are stacked."""

    title: object
    bars: Sequence[Bar]
    series: Sequence[object] = ()
    unit: object = ""
    source: object = ""
    label_head: object = ""
    width: int = 460
    height: int = 176
    _left: int = field(default=36, repr=False)

    @property
    def top(self) -> float:
        """The value at the upper edge: a round number not below the highest column."""
        return round_up(max((bar.total for bar in self.bars), default=0) or 1)

    @property
    def baseline(self) -> int:
        """The height at which zero lies."""
        return self.height - 24

    @property
    def grid(self) -> list[dict[str, object]]:
        """Lines with their values."""
        return [
            {"y": round(self.baseline - (self.baseline - 16) * share, 1), "text": _plain(self.top * share)}
            for share in (0, 0.5, 1)
        ]

    @property
    def columns(self) -> list[dict[str, object]]:
        """The rectangles of each column with its label."""
        step = (self.width - self._left) / max(len(self.bars), 1)
        width = min(step * 0.62, 44)
        labelled = 1 if step >= 44 else 2
        return [
            {
                "label": bar.label if (len(self.bars) - 1 - place) % labelled == 0 else "",
                "middle": round(self._left + step * (place + 0.5), 1),
                "total": _plain(bar.total),
                "text_y": round(self.baseline - (self.baseline - 16) * bar.total / self.top - 4, 1),
                "pieces": self._stack(bar, round(self._left + step * (place + 0.5) - width / 2, 1), round(width, 1)),
            }
            for place, bar in enumerate(self.bars)
        ]

    @property
    def rows(self) -> list[dict[str, object]]:
        """The table's rows."""
        return [
            {"label": bar.label, "url": bar.url, "total": _plain(bar.total), "values": [_plain(v) for v in bar.values]}
            for bar in self.bars
        ]

    def _stack(self, bar: Bar, x: float, width: float) -> list[dict[str, object]]:
        pieces: list[dict[str, object]] = []
        reached = 0.0
        for series, value in enumerate(bar.values):
            height = (self.baseline - 16) * value / self.top
            reached += height
            pieces.append(
                {
                    "x": x,
                    "y": round(self.baseline - reached, 1),
                    "width": width,
                    "height": round(height, 1),
                    "series": series,
                }
            )
        return pieces


def parts_of_score(factors: Iterable[tuple[Any, ...]]) -> list[dict[str, object]]:
    """The pieces of a score bar; points are shares of 1 and add up to the score."""
    parts, x = [], 0.0
    for series, factor in enumerate(factors):
        width = max(0.0, 100 * float(factor[1]))
        evidence = factor[2] if len(factor) > 2 else ""
        parts.append(
            {
                "x": round(x, 2),
                "width": round(width, 2),
                "series": series % 8,
                "label": factor[0],
                "points": round(width),
                "evidence": evidence,
            }
        )
        x += width
    return parts


def _pieces(values: Sequence[float], most: float) -> list[Piece]:
    pieces, x = [], 0.0
    for series, value in enumerate(values):
        width = 100 * value / most
        pieces.append(Piece(round(x, 2), round(width, 2), series))
        x += width
    return pieces


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 2)


def round_up(value: float) -> float:
    power = 10 ** int(log10(value)) if value >= 1 else 1
    return (
        next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= value) if value > 1 else float(ceil(value))
    )
