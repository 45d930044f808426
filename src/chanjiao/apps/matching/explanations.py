"""Why a need and an offer are proposed to each other, or are not: worked out anew for any pair that one may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import MODELS, AnyListing
from chanjiao.apps.exchange.selectors import listing
from chanjiao.apps.exchange.shown import ListingRow
from chanjiao.apps.matching.actions.run_matching import LEAST_SCORE, TOP
from chanjiao.apps.matching.models import Match
from chanjiao.apps.matching.snapshot import bearing, item_of
from chanjiao.apps.matching.weight_sets import weights_in_force
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.matching import Factor, Failure, Gap, Options, failures
from chanjiao.engines.matching.engine import FactorRanker


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for a pair and against it.

    `failures` are the hard conditions that it breaks; the factors add up to the score, which must reach `least`, and
    `better` offers of the need score higher, of which `most` are proposed. `match_id` is the match, where there is one.
    """

    need: ListingRow
    offer: ListingRow
    failures: tuple[Failure, ...]
    factors: tuple[Factor, ...]
    gaps: tuple[Gap, ...]
    score: float
    least: float
    better: int
    most: int
    match_id: int | None


def explanation(actor: Actor, *, need: str, offer: str, today: date) -> Explanation:
    """Why the two, told by number, are matched or not.

    Open to those who belong to one side or run its consortium, and may see the other: `record.not_found` otherwise.
    """
    asked, given = _found(actor, Side.NEED, need), _found(actor, Side.OFFER, offer)
    if not any(actor.belongs_to(one.organisation_id) or actor.runs(one.consortium_id) for one in (asked, given)):
        raise ChanjiaoError("record.not_found")
    wanted, given_item = (item_of(one, bearing([asked, given])) for one in (asked, given))
    factors, gaps = FactorRanker(Options(today=today, weights=weights_in_force())).factors(wanted, given_item)
    score = sum(factor.value for factor in factors)
    others = Match.objects.filter(need=asked.pk).exclude(state="withdrawn").exclude(offer=given.pk)
    match = Match.objects.filter(need=asked.pk, offer=given.pk).exclude(state="withdrawn").first()
    return Explanation(
        need=listing(actor, Side.NEED, asked.pk).row,
        offer=listing(actor, Side.OFFER, given.pk).row,
        failures=(*_closed(today, asked, given), *failures(wanted, given_item)),
        factors=factors,
        gaps=gaps,
        score=score,
        least=LEAST_SCORE,
        better=others.filter(score__gt=score).count(),
        most=TOP,
        match_id=match.pk if match else None,
    )


def _found(actor: Actor, side: Side, number: str) -> AnyListing:
    found: AnyListing | None = (
        MODELS[side]._default_manager.select_related("organisation").filter(number=number.strip().upper()).first()
    )
    if found is None:
        raise ChanjiaoError("record.not_found")
    listing(actor, side, found.pk)
    return found


def _closed(today: date, *listings: AnyListing) -> tuple[Failure, ...]:
    closed = any(one.state != "open" or one.expires_on < today for one in listings)
    return (Failure("expired"),) if closed else ()
