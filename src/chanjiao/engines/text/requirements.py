"""What speakers hoped, required and promised: counted points, lists before 等五点希望, aspects, promises."""

from __future__ import annotations

import re

from chanjiao.engines.text.counted import counted_points, marked_runs
from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.listed import listed_points, points_behind_colon
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.promised import promised_points
from chanjiao.engines.text.view import View
from chanjiao.engines.text.wished import wished_points

_COUNTED_TAIL = re.compile(
    r"等?(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})?(?:个|点|项|条|方面|大)*(?P<word>希望要求|"
    r"希望和要求|希望|要求|意见建议|意见|建议|期望|倡议|任务|举措|措施|方面(?:的)?(?:工作|要求|举措|内容|意见|"
    r"希望|建议|任务|安排)?|方面|工作|承诺)"
)


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
