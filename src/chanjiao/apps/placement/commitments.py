"""What waits in rounds of placement."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.placement.selectors.waiting import ToDo, Waiting, waiting_in_placement
from chanjiao.core.commitments import Item, Source, Standing, register_source
from chanjiao.engines.words import N_

TO_DO: dict[ToDo, tuple[str, str]] = {
    ToDo.ANSWER: (N_("A place is offered to you"), N_("Answer")),
    ToDo.WISH: (N_("You have no wishes yet"), N_("List wishes")),
    ToDo.RANK: (N_("Seats whose applicants wait for points: %d"), N_("Give points")),
    ToDo.REMIND: (N_("Students without wishes: %d"), N_("See who")),
    ToDo.APPEALS: (N_("Appeals to decide: %d"), N_("Decide")),
    ToDo.ADVANCE: (N_("The next step is due"), N_("Go on")),
}


def _item(one: Waiting) -> Item:
    words, button = TO_DO[one.task]
    title = _(words) % one.count if "%d" in words else _(words)
    due = timezone.localtime(one.due).date()
    return Item(title, one.round.title, f"placement.{one.task}", one.round.pk, due, button)


register_source(
    Source(
        "placement.rounds",
        Standing.WAITS,
        N_("Placement"),
        N_("Go on"),
        "user-check",
        lambda actor, now: list(waiting_in_placement(actor, now)),
        _item,
    )
)
