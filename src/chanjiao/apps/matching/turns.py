"""The turns of a match's two sides: opened when they are asked, closed when they answer or it falls away."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import ListingState
from chanjiao.apps.matching.models import Match, Reply, ReplyOutcome, ReplyTerm
from chanjiao.apps.matching.reply_rules import REPLY_DAYS, Clock, Stage
from chanjiao.apps.matching.rules import OPEN_STATES
from chanjiao.apps.matching.telling import addressee_of
from chanjiao.apps.notices.actions.settle_notices import settle_notices


def reply_days() -> dict[str, int]:
    """Days to answer, by kind, as the site has them."""
    return REPLY_DAYS | dict(ReplyTerm.objects.values_list("kind", "days"))


def open_turns() -> QuerySet[Reply]:
    """Turns in which an answer is awaited."""
    return Reply.objects.filter(closed_at=None)


def reply_counts() -> dict[int, tuple[int, int]]:
    """Organisation → on how many matches its answer was due, and on how many of them it gave a sign.

    What fell away before anybody was late is not held against it.
    """
    answered, late = Q(replied_at__isnull=False), Q(replied_at=None, stage__gte=Stage.SECOND_CONTACT)
    by_organisation = Reply.objects.order_by().values("organisation")
    rows = by_organisation.annotate(told=Count("pk", filter=answered), late=Count("pk", filter=late))
    return {pk: (told + late, told) for pk, told, late in rows.values_list("organisation", "told", "late")}


def started(turn: Reply, now: datetime, days: int) -> Reply:
    """The turn with its clock set to run from now."""
    turn.due_at, turn.stage = now + timedelta(days=days), Stage.ASKED
    turn.next_at = Clock(now, turn.due_at).next_after(Stage.ASKED)
    return turn


def close_turn(found: Match, side: Side, outcome: ReplyOutcome, now: datetime) -> None:
    """The side has answered: its turn is closed, and nobody reminds it any more."""
    turns = open_turns().filter(match=found, side=side)
    turns.filter(replied_at=None).update(replied_at=now)
    turns.update(closed_at=now, outcome=outcome, next_at=None)
    settle_notices(about=found, to=addressee_of(found, side), now=now)


def drop_turns(found: Match, now: datetime) -> None:
    """No answer is awaited of anybody any more."""
    open_turns().filter(match=found).update(closed_at=now, outcome=ReplyOutcome.LAPSED, next_at=None)
    settle_notices(about=found, now=now)


def drop_gone(now: datetime) -> int:
    """How many turns fell away, because their match was withdrawn or a listing closed since anybody looked."""
    still = Q(match__state__in=OPEN_STATES, match__need__state=ListingState.OPEN, match__offer__state=ListingState.OPEN)
    gone = list(open_turns().exclude(still).select_related("match"))
    for turn in gone:
        drop_turns(turn.match, now)
    return len(gone)
