"""Ask both sides of every proposed match for their answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import ListingState
from chanjiao.apps.matching.models import Match, Reply
from chanjiao.apps.matching.reply_rules import Stage
from chanjiao.apps.matching.rules import OPEN_STATES
from chanjiao.apps.matching.telling import OFFERED, tell_of_turns
from chanjiao.apps.matching.turns import open_turns, reply_days, started
from chanjiao.apps.notices.addressees import reachable
from chanjiao.core.permissions import Actor, require


def ask_for_replies(*, actor: Actor, now: datetime) -> int:
    """How many turns were opened: every side of an open match that has not answered is asked once.

    Each has a deadline by its kind, and its organisation is told. Where nobody can be reached for an organisation,
    nobody is told there, and its turn goes to the secretariat at the clock's next run.
    """
    require(actor.sees_all or bool(actor.secretariat_of))
    with transaction.atomic():
        asked = [turn for side in Side for turn in _opened(side, now)]
        for turns in _by_organisation(turn for turn in asked if turn.stage == Stage.ASKED).values():
            tell_of_turns(actor, OFFERED, turns, now)
    return len(asked)


def _opened(side: Side, now: datetime) -> list[Reply]:
    days = reply_days()
    turns = [_turn(found, side, now, days[found.need.kind]) for found in _unasked(side)]
    can_answer = reachable({turn.organisation_id for turn in turns})
    for turn in turns:
        if turn.organisation_id not in can_answer:
            turn.stage, turn.next_at = Stage.SECOND_CONTACT, now
    Reply.objects.bulk_create(turns, batch_size=200, ignore_conflicts=True)
    made = open_turns().filter(side=side, match__in=[turn.match_id for turn in turns], asked_at=now)
    return list(made.select_related("match__need__organisation", "match__offer__organisation"))


def _unasked(side: Side) -> Iterable[Match]:
    asked = open_turns().filter(match=OuterRef("pk"), side=side)
    found = Match.objects.filter(
        ~Exists(asked),
        state__in=OPEN_STATES,
        need__state=ListingState.OPEN,
        offer__state=ListingState.OPEN,
        **{f"{side}_accepted_at": None},
    )
    return found.select_related("need", "offer")


def _turn(found: Match, side: Side, now: datetime, days: int) -> Reply:
    listing = found.need if side is Side.NEED else found.offer
    turn = Reply(
        match=found,
        side=side,
        organisation_id=listing.organisation_id,
        consortium_id=listing.consortium_id,
        kind=found.need.kind,
        asked_at=now,
    )
    return started(turn, now, days)


def _by_organisation(turns: Iterable[Reply]) -> dict[int, list[Reply]]:
    grouped: dict[int, list[Reply]] = defaultdict(list)
    for turn in turns:
        grouped[turn.organisation_id].append(turn)
    return grouped
