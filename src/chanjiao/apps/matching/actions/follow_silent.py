"""Remind whoever is silent, ask their second contact, and tell the secretariat."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.models import Reply
from chanjiao.apps.matching.reply_rules import Clock, Stage
from chanjiao.apps.matching.telling import OVERDUE, REMINDED, tell_of_turns, tell_secretariat
from chanjiao.apps.matching.turns import drop_gone, open_turns
from chanjiao.core.permissions import Actor, require

Told = dict[tuple[int, Stage], list[Reply]]


def follow_silent(*, actor: Actor, now: datetime) -> int:
    """How many silent turns went one stage on: reminded, second contact asked, or brought to the secretariat.

    New matches are asked for and what is gone falls away first. However long the site slept, a turn is told of once;
    the secretariat gets one notice a day.
    """
    require(actor.is_system)
    with transaction.atomic():
        drop_gone(now)
    ask_for_replies(actor=actor, now=now)
    with transaction.atomic():
        told = _moved_on(now)
        for (_organisation, stage), turns in told.items():
            if stage is Stage.REMINDED:
                tell_of_turns(actor, REMINDED, turns, now)
            elif stage is Stage.SECOND_CONTACT:
                tell_of_turns(actor, OVERDUE, turns, now, contact=2)
        _tell_secretariats(actor, told, now)
    return sum(map(len, told.values()))


def _moved_on(now: datetime) -> Told:
    due = (
        open_turns().filter(next_at__lte=now).select_related("match__need__organisation", "match__offer__organisation")
    )
    told: Told = defaultdict(list)
    for turn in due.select_for_update(of=("self",)):
        clock = Clock(turn.asked_at, turn.due_at)
        turn.stage = max(clock.stage_at(now), Stage(turn.stage + 1))
        turn.next_at = clock.next_after(Stage(turn.stage))
        told[turn.organisation_id, Stage(turn.stage)].append(turn)
    moved = [turn for turns in told.values() for turn in turns]
    Reply.objects.bulk_update(moved, ["stage", "next_at"], batch_size=200)
    return told


def _tell_secretariats(actor: Actor, told: Told, now: datetime) -> None:
    served: dict[int, list[Reply]] = defaultdict(list)
    for (_organisation, stage), turns in told.items():
        if stage is Stage.SECRETARIAT:
            for turn in turns:
                served[turn.consortium_id].append(turn)
    for consortium_id in served:
        waiting = open_turns().filter(consortium_id=consortium_id, stage=Stage.SECRETARIAT)
        tell_secretariat(actor, consortium_id, list(waiting), now)
