"""What speakers hoped, required and promised: counted points, lists before 等五点希望, aspects, promises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chanjiao.engines.text.counted import counted_points, marked_runs
from chanjiao.engines.text.facts import Requirement
from chanjiao.engines.text.listed import listed_points, points_behind_colon
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.spoken import spoken_points
from chanjiao.engines.text.view import View

Body = tuple[int, str]  # where an organisation is named, and its name


def requirements_of(view: View, people: list[PersonMention], bodies: Sequence[Body] = ()) -> tuple[Requirement, ...]:
    """Every set of points in the order of the text."""
    found: list[tuple[int, Requirement]] = []
    taken = bytearray(len(view.level))  # 1 where a point stands
    for run in marked_runs(view):
        made = counted_points(view, people, run)
        if made is not None:
            found.append((run[0].start, made))
            _take(taken, run[0].start, run[-1].end)
    for start, made in (
        *listed_points(view, people),
        *points_behind_colon(view, people),
        *spoken_points(view, people, {start + len(name) for start, name in bodies}),
    ):
        if not any(taken[made.spans[0][0] : made.spans[-1][1]]):
            found.append((start, _said_by_body(view, people, bodies, made)))
            _take(taken, made.spans[0][0], made.spans[-1][1])
    return tuple(made for _, made in sorted(found, key=lambda pair: pair[0]))


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _said_by_body(view: View, people: list[PersonMention], bodies: Sequence[Body], made: Requirement) -> Requirement:
    """下一步，某学院将…: in a paragraph without persons the body that will act says so itself."""
    start = made.spans[0][0]
    paragraph = view.level.rfind("\n", 0, start) + 1
    if made.kind != "commitment" or any(paragraph <= person.start < start for person in people):
        return made
    head = view.sentence_at(start).start
    named = [name for place, name in bodies if head <= place < start]
    ahead = re.match("(?:据悉，)?(?:下一步|今后|接下来|未来|下阶段|会后)", view.level[head:start])
    return replace(made, by=named[0] if named else "") if ahead else made
