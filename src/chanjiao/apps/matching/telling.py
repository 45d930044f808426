"""What the two sides of a match and their secretariat are told: the kinds of notices, and the sending of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.matching.models import Match, MatchMessage, MatchState, Reply
from chanjiao.apps.matching.reply_rules import TOLD_ONE_BY_ONE
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import Addressee, organisation, secretariat
from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

ANSWER = "matching.answer"
"""The purpose of links that answer a match."""
OFFERED = notice_kind("match.offered", N_("{other} fits “{own}”: {theirs}"), button=N_("Answer the match"), urgent=True)
REMINDED = notice_kind(
    "match.reminded", N_("{other} still waits for your answer on “{own}”: {theirs}"), button=N_("Answer the match")
)
OVERDUE = notice_kind(
    "match.overdue",
    N_("Past its deadline: {other} waits for your answer on “{own}”: {theirs}"),
    button=N_("Answer the match"),
)
MORE = notice_kind("match.more", N_("{count} more matches wait for your answer"), button=N_("See them"))
ACCEPTED = notice_kind(
    "match.accepted_by_other", N_("{other} has accepted “{theirs}” for “{own}”"), button=N_("See the match")
)
SETTLED = notice_kind(
    "match.settled", N_("Both sides have accepted “{own}” with {other}: contacts are open"), button=N_("See the match")
)
DECLINED = notice_kind(
    "match.declined_by_other", N_("{other} has declined “{theirs}” for “{own}”"), button=N_("See the reason")
)
QUESTION = notice_kind(
    "match.question", N_("{other} writes about “{own}”: {text}"), button=N_("Read and reply"), urgent=True
)
DATE = notice_kind(
    "match.date", N_("{other} proposes {day} for “{own}”: {text}"), button=N_("Read and reply"), urgent=True
)
UNANSWERED = notice_kind(
    "replies.unanswered",
    N_("{count} matches are unanswered past their deadline, by {members} members"),
    button=N_("See whom to call"),
)


def tell_of_turns(actor: Actor, kind: str, turns: Iterable[Reply], now: datetime, *, contact: int = 1) -> None:
    """One organisation is told of its turns: the best matches each by itself, the rest as a number.

    A turn is told of once for each kind, however often this is asked.
    """
    best = sorted(turns, key=lambda one: (-one.match.score, one.pk))
    for turn in best[:TOLD_ONE_BY_ONE]:
        send_notice(
            actor=actor,
            to=organisation(turn.organisation_id, contact=contact),
            kind=kind,
            params=words_of(turn.match, Side(turn.side)),
            about=turn.match,
            deadline=turn.due_at,
            purpose=ANSWER,
            key=f"{kind}:{turn.pk}",
            now=now,
        )
    if len(best) > TOLD_ONE_BY_ONE:
        rest = best[TOLD_ONE_BY_ONE:]
        send_notice(
            actor=actor,
            to=organisation(rest[0].organisation_id, contact=contact),
            kind=MORE,
            params={"count": len(rest)},
            key=f"{MORE}:{kind}:{min(one.pk for one in rest)}",
            now=now,
        )


def tell_other_side(actor: Actor, found: Match, answered: Side, now: datetime) -> None:
    """The side that did not answer is told what the other did; both are told when the match is settled."""
    other = Side.OFFER if answered is Side.NEED else Side.NEED
    kind = {MatchState.ACCEPTED: SETTLED, MatchState.DECLINED: DECLINED}.get(MatchState(found.state), ACCEPTED)
    _tell(actor, found, other, kind=kind, key=f"{kind}:{found.pk}:{found.version}", now=now)


def tell_of_message(actor: Actor, found: Match, message: MatchMessage, now: datetime) -> None:
    """The other side is told of a question or a proposed date."""
    other = Side.OFFER if message.side == Side.NEED else Side.NEED
    extra, kind = {"text": message.text[:100]}, QUESTION
    if message.day is not None:
        extra, kind = extra | {"day": message.day.isoformat()}, DATE
    _tell(actor, found, other, kind=kind, key=f"{kind}:{message.pk}", now=now, extra=extra)


def tell_secretariat(actor: Actor, consortium_id: int, turns: Sequence[Reply], now: datetime) -> None:
    """The secretariat is told, once a day, how many turns nobody answered though second contacts were asked."""
    send_notice(
        actor=actor,
        to=secretariat(consortium_id),
        kind=UNANSWERED,
        params={"count": len(turns), "members": len({one.organisation_id for one in turns})},
        key=f"{UNANSWERED}:{consortium_id}:{timezone.localdate(now)}",
        now=now,
    )


def words_of(found: Match, side: Side) -> dict[str, str]:
    """The titles and the other organisation as one side reads them."""
    own, theirs = (found.need, found.offer) if side is Side.NEED else (found.offer, found.need)
    return {"other": theirs.organisation.name, "own": own.title, "theirs": theirs.title}


def addressee_of(found: Match, side: Side) -> Addressee:
    """Whoever acts for one side."""
    listing = found.need if side is Side.NEED else found.offer
    return organisation(listing.organisation_id)


def _tell(
    actor: Actor, found: Match, side: Side, *, kind: str, key: str, now: datetime, extra: dict[str, str] | None = None
) -> None:
    params = words_of(found, side) | (extra or {})
    send_notice(actor=actor, to=addressee_of(found, side), kind=kind, params=params, about=found, key=key, now=now)
