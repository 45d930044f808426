"""What matching leaves to do: answers one owes, matches one has accepted, answers one is owed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.matching.models import Match, Reply
from chanjiao.apps.matching.selectors import Filters, matches_for, settled_matches
from chanjiao.apps.matching.shown import Matches, MatchRow
from chanjiao.apps.matching.turn_selectors import TurnFilters, turns
from chanjiao.core.commitments import Item, Source, Standing, register_source
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_


def _acts(actor: Actor) -> bool:
    return actor.organisation_id is not None and actor.acts_for(actor.organisation_id)


def _answers(actor: Actor, now: datetime) -> Matches | list[MatchRow]:
    return matches_for(actor, Filters(waiting=True, sort="due")) if _acts(actor) else []


def _to_answer(one: MatchRow) -> Item:
    other = one.offer_organisation if one.to_answer is Side.NEED else one.need_organisation
    due = timezone.localtime(one.due_at).date() if one.due_at else None
    return Item(f"{one.need_title} ⇄ {one.offer_title}", other, "matching.match", one.id, due)


def _owed(actor: Actor, now: datetime) -> Any:
    if not _acts(actor):
        return []
    return turns(actor, TurnFilters(owed=True), now=now).filter(closed_at=None).order_by("due_at", "pk")


def _to_wait_for(turn: Reply) -> Item:
    found: Match = turn.match
    title = f"{found.need.title} ⇄ {found.offer.title}"
    due = timezone.localtime(turn.due_at).date()
    return Item(title, turn.organisation.name, "matching.match", turn.match_id, due)


def _to_carry_out(one: MatchRow) -> Item:
    return Item(
        f"{one.need_title} ⇄ {one.offer_title}",
        f"{one.need_organisation} · {one.offer_organisation}",
        "matching.match",
        one.id,
    )


register_source(
    Source(
        "matching.answers",
        Standing.WAITS,
        N_("Matches waiting for your answer"),
        N_("Answer"),
        "link",
        _answers,
        _to_answer,
    )
)
register_source(
    Source(
        "matching.settled",
        Standing.PROMISED,
        N_("Matches accepted, not yet under an agreement"),
        N_("View"),
        "heart-handshake",
        lambda actor, now: settled_matches(actor) if _acts(actor) else [],
        _to_carry_out,
    )
)
register_source(
    Source(
        "matching.owed",
        Standing.OWED,
        N_("Answers others owe you"),
        N_("View"),
        "hourglass",
        _owed,
        _to_wait_for,
    )
)
