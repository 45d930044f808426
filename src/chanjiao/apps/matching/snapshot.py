"""Between the database and the engine: listings → items, pairs → rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import MODELS, AnyListing, ListingState
from chanjiao.apps.exchange.partners import partner_ids
from chanjiao.apps.exchange.shown import public_fields
from chanjiao.apps.matching.models import DeclineReason, Match
from chanjiao.apps.matching.preferences import refusing_organisations
from chanjiao.apps.matching.rules import COUNTED_UNITS
from chanjiao.apps.matching.turns import reply_counts
from chanjiao.apps.members.models import OrganisationType
from chanjiao.engines.matching import Item, Pair

Refusals = Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Bearing:
    """How organisations bear themselves in matching: whom they refuse, who takes no part, how often they answered.

    `replies` are the matches they were asked about and answered; `partners` tells the organisation of a name asked for.
    """

    refusals: Refusals
    refusing: frozenset[int]
    replies: Mapping[int, tuple[int, int]]
    partners: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a run is over: the items of both sides, and the version of every open listing when it was read."""

    items: dict[Side, list[Item]]
    versions: dict[tuple[Side, int], int]


def open_problem(today: date) -> Problem:
    """Every open need and offer, by id. Nothing is locked: a long run must not keep people from working."""
    found: dict[Side, list[AnyListing]] = {}
    versions: dict[tuple[Side, int], int] = {}
    for side, model in MODELS.items():
        rows = model._default_manager.filter(state=ListingState.OPEN, expires_on__gte=today)
        found[side] = list(rows.select_related("organisation").order_by("pk"))
        versions |= {(side, listing.pk): listing.version for listing in found[side]}
    known = bearing(listing for listings in found.values() for listing in listings)
    return Problem({side: [item_of(one, known) for one in listings] for side, listings in found.items()}, versions)


def bearing(listings: Iterable[AnyListing]) -> Bearing:
    """How the organisations of these listings bear themselves."""
    names = {name for listing in listings for name in listing.partners}
    return Bearing(refusals(), refusing_organisations(), reply_counts(), partner_ids(names) if names else {})


def standing_listings(today: date) -> dict[tuple[Side, int], int]:
    """The version of every listing that is open now; their rows stay locked until the transaction ends."""
    found: dict[tuple[Side, int], int] = {}
    for side, model in MODELS.items():
        rows = model._default_manager.filter(state=ListingState.OPEN, expires_on__gte=today).order_by("pk")
        locked = rows.select_for_update(no_key=True).values_list("pk", "version")
        found |= {(side, pk): version for pk, version in locked}
    return found


def item_of(listing: AnyListing, known: Bearing) -> Item:
    """One listing as the engine reads it: its public part only, so that no reason can quote anything else.

     A listing without a place stands where its organisation does; an
    enterprise's without a branch in its branch.
    """
    body = listing.organisation
    own_branch = body.industry_code if body.type == OrganisationType.ENTERPRISE else ""
    industry = listing.industry_code or own_branch
    return Item(
        id=str(listing.pk),
        side=listing.side.value,
        kind=listing.kind,
        title=listing.title,
        summary=listing.summary,
        skills=tuple(listing.skills),
        occupations=(listing.occupation_code,) if listing.occupation_code else (),
        programmes=(listing.programme_code,) if listing.programme_code else (),
        industries=(industry,) if industry else (),
        region=listing.region_code or body.region_code,
        level=listing.education_level,
        quantity=listing.left if listing.unit in COUNTED_UNITS else None,
        starts=listing.starts_on,
        ends=listing.ends_on,
        open_until=listing.expires_on,
        organisation=str(listing.organisation_id),
        wishes=tuple(str(known.partners[name]) for name in listing.partners if name in known.partners),
        consent=listing.organisation_id not in known.refusing,
        refuses=tuple(sorted(known.refusals.get(listing.organisation_id, ()))),
        replies=known.replies.get(listing.organisation_id, (0, 0)),
        extras=tuple(public_fields(listing).items()),
    )


def refusals() -> Refusals:
    """Organisation → those it declined as a partner, as the engine names them."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Match.objects.filter(decline_reason=DeclineReason.PARTNER)
    for declined_by, asked, given in rows.values_list("declined_by", "need__organisation_id", "offer__organisation_id"):
        who, whom = (asked, given) if declined_by == Side.NEED else (given, asked)
        found[who].add(str(whom))
    return {who: frozenset(whom) for who, whom in found.items()}


def columns_of(pair: Pair) -> dict[str, Any]:
    """What a match stores of the engine's answer."""
    return {
        "need_id": int(pair.need),
        "offer_id": int(pair.offer),
        "rank": pair.rank,
        "score": pair.score,
        "reasons": [asdict(factor) for factor in pair.factors],
        "gaps": [{**asdict(gap), "params": dict(gap.params)} for gap in pair.gaps],
    }


def scores_by_need(needs: Iterable[int], leaving_out: int) -> dict[int, list[float]]:
    """Need → scores of its present matches with other offers than the one left out."""
    found: dict[int, list[float]] = defaultdict(list)
    rows = Match.objects.filter(need__in=list(needs)).exclude(offer_id=leaving_out).exclude(state="withdrawn")
    for need, score in rows.values_list("need_id", "score"):
        found[need].append(score)
    return found
