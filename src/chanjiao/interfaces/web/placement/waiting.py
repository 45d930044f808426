"""What waits in placement, as lines of the workbench."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chanjiao.apps.placement.selectors.waiting import ToDo, Waiting, waiting_in_placement
from chanjiao.core.permissions import Actor

TO_DO: dict[ToDo, tuple[str, str, str]] = {
    ToDo.ANSWER: (gettext_noop("A place is offered to you"), gettext_noop("Answer"), "placement:result"),
    ToDo.WISH: (gettext_noop("You have no wishes yet"), gettext_noop("List wishes"), "placement:wishes"),
    ToDo.RANK: (gettext_noop("Seats whose applicants wait for points: %d"), gettext_noop("Give points"), ""),
    ToDo.REMIND: (gettext_noop("Students without wishes: %d"), gettext_noop("See who"), ""),
    ToDo.APPEALS: (gettext_noop("Appeals to decide: %d"), gettext_noop("Decide"), "placement:appeals"),
    ToDo.ADVANCE: (gettext_noop("The next step is due"), gettext_noop("Go on"), "placement:round"),
}


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """One line: what, in which round, where, the word on the button, the day it is due."""

    title: str
    under: str
    url: str
    action: str
    due: date


def placement_lines(actor: Actor, now: datetime) -> list[PlacementLine]:
    """The lines, the earliest first."""
    return [_line(one) for one in waiting_in_placement(actor, now)]


def _line(one: Waiting) -> PlacementLine:
    words, button, route = TO_DO[one.task]
    title = _(words) % one.count if "%d" in words else _(words)
    due = timezone.localtime(one.due).date()
    return PlacementLine(title, one.round.title, _url(one, route), _(button), due)


def _url(one: Waiting, route: str) -> str:
    if one.task is ToDo.RANK:
        return f"{reverse('placement:seats', args=[one.round.pk])}?own=1"
    if one.task is ToDo.REMIND:
        return f"{reverse('placement:students')}?round={one.round.pk}&missing=wishes"
    return reverse(route, args=[one.round.pk])
