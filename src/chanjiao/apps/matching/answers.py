"""What accepting and declining share: finding the match, and which side the actor answers for."""

from __future__ import annotations

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import MODELS
from chanjiao.apps.matching.models import Match, MatchState
from chanjiao.apps.matching.rules import is_open
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def is_visible(actor: Actor, found: Match) -> bool:
    """Whether the actor may see the match: its two organisations' staff and the secretariats."""
    return any(
        actor.belongs_to(listing.organisation_id) or actor.runs(listing.consortium_id)
        for listing in (found.need, found.offer)
    )


def match_to_answer(actor: Actor, pk: int, side: Side | None) -> tuple[Match, Side]:
    """The match, locked with its listings until the transaction ends, and the side that the actor answers for.

    `side` is needed only from those who may act for both. `record.not_found` where the actor may not see it,
    `action.denied` where they see but may not answer, `state.refused` where it is answered or withdrawn.
    """
    _lock_listings(pk)
    found, answered = _found(actor, pk, side)
    if not is_open(found.state):
        raise ChanjiaoError("state.refused", state=MatchState(found.state).label)
    return found, answered


def match_in_talk(actor: Actor, pk: int, side: Side | None) -> tuple[Match, Side]:
    """The match, locked, and the side that the actor writes for: while it waits for answers, and once accepted."""
    found, written_by = _found(actor, pk, side)
    if not is_open(found.state) and found.state != MatchState.ACCEPTED:
        raise ChanjiaoError("state.refused", state=MatchState(found.state).label)
    return found, written_by


def _found(actor: Actor, pk: int, side: Side | None) -> tuple[Match, Side]:
    rows = Match.objects.select_for_update(of=("self",)).select_related("need__organisation", "offer__organisation")
    found = rows.filter(pk=pk).first()
    if found is None or not is_visible(actor, found):
        raise ChanjiaoError("record.not_found")
    own = sides_of(actor, found)
    side = side or (own[0] if len(own) == 1 else None)
    require(side in own)
    assert side is not None
    return found, side


def _lock_listings(pk: int) -> None:
    # Everybody locks needs, then offers, then matches: whoever settles one match withdraws others of the same listings,
    # which people who answer those would else hold while they wait for the listing.
    for side in Side:
        listing = Match.objects.filter(pk=pk).values(f"{side}_id")
        list(MODELS[side]._default_manager.select_for_update(no_key=True).filter(pk__in=listing).values_list("pk"))


def sides_of(actor: Actor, found: Match) -> tuple[Side, ...]:
    """The sides whose organisation the actor may act for."""
    bodies = {Side.NEED: found.need.organisation_id, Side.OFFER: found.offer.organisation_id}
    return tuple(side for side, body in bodies.items() if actor.acts_for(body))
