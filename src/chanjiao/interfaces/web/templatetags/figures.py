"""Figures: tiles, scores, charts, progress."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from chanjiao.interfaces.web.charts import BarChart, ColumnChart, parts_of_score
from chanjiao.interfaces.web.flow_chart import FlowChart
from chanjiao.interfaces.web.line_chart import LineChart

register = template.Library()


@register.inclusion_tag("components/tile.html")
def tile(
    label: object, value: object, *, url: str = "", definition: object = "", unit: object = "", note: object = ""
) -> dict[str, object]:
    """One figure that opens to its rows; its definition shows on hover and focus."""
    return {"label": label, "value": value, "url": url, "definition": definition, "unit": unit, "note": note}


@register.inclusion_tag("components/score.html")
def score(total: float, factors: Iterable[tuple[Any, ...]], legend: bool = True) -> dict[str, object]:
    """A score from 0 to 1 as a bar made of its factors; factors are (label, points[, evidence]), adding up to it."""
    return {"total": round(100 * total), "parts": parts_of_score(factors), "legend": legend}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(chart: BarChart) -> dict[str, object]:
    """Horizontal bars with their labels and values, and the same figures as a table under them."""
    return {"chart": chart}


@register.inclusion_tag("components/column_chart.html")
def column_chart(chart: ColumnChart) -> dict[str, object]:
    """Columns over time, and the same figures as a table under them."""
    return {"chart": chart}


@register.inclusion_tag("components/line_chart.html")
def line_chart(chart: LineChart) -> dict[str, object]:
    """A line over years with bounds, and the same figures as a table under it."""
    return {"chart": chart}


@register.inclusion_tag("components/flow_chart.html")
def flow_chart(chart: FlowChart) -> dict[str, object]:
    """What flows from step to step, and the same figures as a table under it."""
    return {"chart": chart}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: object = "") -> dict[str, object]:
    """How far something is."""
    return {"done": done, "total": total, "label": label, "percent": round(100 * done / total) if total else 0}
