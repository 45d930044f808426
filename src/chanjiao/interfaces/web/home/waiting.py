"""What waits for a person, what they promised, what they are owed: one line each, with its day and the thing to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from chanjiao.core.commitments import SOURCES, Item, Source, Standing, count_of
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.places import list_of, page_of

SHOWN = 5
"""How many lines of a group the workbench shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do."""

    title: str
    under: str
    url: str
    action: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort: the first of them, how many there are in all, where all of them stand."""

    title: str
    icon: str
    count: int
    lines: list[Line]
    url: str


def waiting_for(actor: Actor, now: datetime, standing: Standing = Standing.WAITS) -> list[Group]:
    """The groups in which something stands so, the most pressing first."""
    if actor.user_id is None:
        return []
    groups = [group for group in _groups(actor, now, standing) if group.count]
    return sorted(groups, key=lambda group: (group.lines[0].due is None, group.lines[0].due or date.max))


def waiting_total(actor: Actor, now: datetime) -> int:
    """How many things wait for the actor."""
    return sum(group.count for group in waiting_for(actor, now))


def _groups(actor: Actor, now: datetime, standing: Standing) -> Iterator[Group]:
    for source in SOURCES.values():
        if source.standing is standing:
            # They are counted only where there are more than are shown.
            rows = source.rows(actor, now)
            found = list(rows[: SHOWN + 1])
            count = count_of(rows) if len(found) > SHOWN else len(found)
            lines = [_line(source, source.item(one)) for one in found[:SHOWN]]
            yield Group(_(source.title), source.icon, count, lines, list_of(source.code))


def _line(source: Source, item: Item) -> Line:
    url = page_of(item.object_id, item.object_type)
    return Line(item.title, item.under, url, _(item.button or source.button), item.due)
