"""A Gantt chart as rows of bars in percent of the project's term, so that it fits any width. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chanjiao.apps.projects.shown import MilestoneView

MOST_TICKS = 7
SHORTEST = 1.2
"""The least width of a bar, in percent, so that a single day is seen."""
_STEPS = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month on the axis."""

    x: float
    day: date


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone as a bar."""

    milestone: MilestoneView
    x: float
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Gantt:
    """The chart: ticks, rows, and where today is; None outside of the term."""

    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    today: float | None


def gantt(milestones: Iterable[MilestoneView], term: tuple[date, date], today: date) -> Gantt:
    """The chart of some milestones over the days from `term[0]` to `term[1]`; one without a beginning is a day long."""
    shown = [one for one in milestones if one.state != "dropped"]
    first = min([term[0], *(one.starts_on for one in shown if one.starts_on)])
    last = max([term[1], *(one.due_on for one in shown)])
    scale = _Scale(first, last)
    return Gantt(
        ticks=tuple(Tick(scale.x(day), day) for day in _months(first, last)),
        rows=tuple(_row(one, scale) for one in shown),
        today=scale.x(today) if first <= today <= last else None,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins, in percent."""
        return round(100 * (day - self.first).days / ((self.last - self.first).days + 1), 2)


def _row(one: MilestoneView, scale: _Scale) -> Row:
    begins = one.starts_on or one.due_on
    width = max(SHORTEST, scale.x(one.due_on + timedelta(days=1)) - scale.x(begins))
    tone = "bad" if one.is_overdue else {"done": "done", "proved": "waits"}.get(one.state, "live")
    return Row(one, min(scale.x(begins), 100 - width), round(width, 2), tone)


def _months(first: date, last: date) -> list[date]:
    """First days of months, as many apart as keeps the axis readable."""
    count = (last.year - first.year) * 12 + last.month - first.month
    step = next((one for one in _STEPS if count / one <= MOST_TICKS), _STEPS[-1])
    months = [(first.year * 12 + first.month - 1) + number for number in range(count + 1)]
    days = [date(month // 12, month % 12 + 1, 1) for month in months if month % 12 % step == 0 or step > 12]
    return [day for day in days if day >= first and (last - day).days > 0.07 * (last - first).days]
