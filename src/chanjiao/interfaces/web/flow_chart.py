"""A Sankey chart drawn by the server: what flows from step to step as bands, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

WIDTH, HEIGHT = 1120, 620
BAR, GAP, LABEL = 12, 7, 190
COLOURS = 8


@dataclass(frozen=True, slots=True)
class Band:
    """So much flows from one place of a step to one of the next."""

    left: str
    right: str
    value: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a step as it is drawn; `text_x` and `anchor` say where its label stands, `url` where its rows are."""

    label: str
    value: float
    x: float
    y: float
    height: float
    series: int
    text_x: float
    anchor: str
    url: str = ""

    @property
    def middle(self) -> float:
        """The height of its label."""
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True)  # without slots: the places are worked out once
class FlowChart:
    """Bands between neighbouring steps; a place's size is the larger of what comes in and what goes out.

    `heads` names the steps, one more than there are lists of bands; places named in `last` stand below all others.
    `links` holds of each step where the rows of a place are, by its name.
    """

    title: object
    heads: Sequence[object]
    steps: Sequence[Sequence[Band]]
    last: frozenset[str] = frozenset()
    links: Sequence[Mapping[str, str]] = ()
    unit: object = ""
    source: object = ""

    width = WIDTH
    height = HEIGHT

    @cached_property
    def places(self) -> list[dict[str, Place]]:
        """The places of each step by name, the largest on top."""
        values = [self._values(number) for number in range(len(self.heads))]
        most = max((sum(one.values()) for one in values), default=0) or 1
        crowded = max((len(one) for one in values), default=1)
        scale = (HEIGHT - 24 - GAP * (crowded - 1)) / most
        return [self._column(number, one, scale) for number, one in enumerate(values)]

    def _values(self, number: int) -> dict[str, float]:
        sums: dict[str, list[float]] = {}
        for side, step in ((1, number - 1), (0, number)):
            if 0 <= step < len(self.steps):
                for band in self.steps[step]:
                    held = sums.setdefault(band.right if side else band.left, [0.0, 0.0])
                    held[side] += band.value
        ordered = sorted(sums.items(), key=lambda one: (one[0] in self.last, -max(one[1])))
        return {name: max(both) for name, both in ordered}

    def _column(self, number: int, values: dict[str, float], scale: float) -> dict[str, Place]:
        last = len(self.heads) - 1
        x = LABEL + number * (WIDTH - 2 * LABEL - BAR) / max(last, 1)
        is_first = number == 0
        text_x, anchor = (x - 6, "end") if is_first else (x + BAR + 6, "start")
        places, y = {}, 22.0
        for place, (name, value) in enumerate(values.items()):
            height = max(1.0, value * scale)
            places[name] = Place(
                name, value, round(x, 1), round(y, 1), round(height, 1), place % COLOURS, round(text_x, 1), anchor,
                self._url(number, name),
            )  # fmt: skip
            y += height + GAP
        return places

    def _url(self, step: int, name: str) -> str:
        return self.links[step].get(name, "") if self.links else ""

    @property
    def nodes(self) -> list[Place]:
        """All places."""
        return [place for step in self.places for place in step.values()]

    @property
    def titles(self) -> list[dict[str, object]]:
        """The names of the steps above them."""
        columns = [next(iter(step.values())) for step in self.places if step]
        return [
            {"x": place.text_x, "anchor": place.anchor, "text": head}
            for place, head in zip(columns, self.heads, strict=False)
        ]

    @property
    def bands(self) -> list[dict[str, object]]:
        """The bands as paths, coloured by where they come from."""
        drawn = []
        for number, step in enumerate(self.steps):
            lefts, rights = self.places[number], self.places[number + 1]
            left_at = {name: place.y for name, place in lefts.items()}
            right_at = {name: place.y for name, place in rights.items()}
            order = {name: place for place, name in enumerate(rights)}
            for band in sorted(step, key=lambda one: (lefts[one.left].y, order[one.right])):
                left, right = lefts[band.left], rights[band.right]
                height = band.value * left.height / left.value if left.value else 0.0
                path = _path(left.x + BAR, left_at[band.left], right.x, right_at[band.right], height)
                drawn.append({"path": path, "series": left.series, "label": f"{band.left} → {band.right}"})
                left_at[band.left] += height
                right_at[band.right] += height
        return drawn

    @property
    def rows(self) -> list[dict[str, object]]:
        """The table under the chart, step by step, the largest first."""
        return [
            {
                "step": f"{self.heads[number]} → {self.heads[number + 1]}",
                "ends": [(band.left, self._url(number, band.left)), (band.right, self._url(number + 1, band.right))],
                "value": round(band.value),
            }
            for number, step in enumerate(self.steps)
            for band in sorted(step, key=lambda one: -one.value)
        ]


def _path(left: float, top: float, right: float, end: float, height: float) -> str:
    middle = (left + right) / 2
    upper = f"M{left:.1f} {top:.1f}C{middle:.1f} {top:.1f} {middle:.1f} {end:.1f} {right:.1f} {end:.1f}"
    lower = f"V{end + height:.1f}C{middle:.1f} {end + height:.1f} {middle:.1f} {top + height:.1f}"
    return f"{upper}{lower} {left:.1f} {top + height:.1f}Z"
