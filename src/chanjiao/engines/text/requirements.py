"""What speakers hoped, required and promised: counted points, lists before 等五点希望, aspects, promises."""

from __future__ import annotations

from chanjiao.engines.text.counted import counted_points, marked_runs
from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.listed import listed_points, points_behind_colon
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.promised import promised_points
from chanjiao.engines.text.view import View
from chanjiao.engines.text.wished import wished_points


def requirements_of(view: View, people: list[PersonMention]) -> tuple[Requirement, ...]:
    """Every set of points in the order of the text."""
    found: list[tuple[int, Requirement]] = []
    taken: list[Span] = []
    for run in marked_runs(view):
        made = counted_points(view, people, run)
        if made is not None:
            found.append((run[0].start, made))
            taken.append((run[0].start, run[-1].end))
    for start, made in (
        *listed_points(view, people),
        *points_behind_colon(view, people),
        *wished_points(view, people),
        *promised_points(view, people),
    ):
        if not any(a < made.spans[-1][1] and made.spans[0][0] < b for a, b in taken):
            found.append((start, made))
            taken.append((made.spans[0][0], made.spans[-1][1]))
    return tuple(made for _, made in sorted(found, key=lambda pair: pair[0]))
