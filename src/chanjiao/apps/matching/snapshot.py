"""Between the database and the engine: listings → items, pairs → rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import MODELS, AnyListing, ListingState
from chanjiao.apps.exchange.shown import public_fields
from chanjiao.apps.matching.models import DeclineReason, Match
from chanjiao.apps.matching.preferences import refusing_organisations
from chanjiao.apps.matching.rules import COUNTED_UNITS
from chanjiao.apps.members.models import OrganisationType
from chanjiao.engines.matching import Item, Pair

Refusals = Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a run is over: the items of both sides, and the version of every open listing when it was read."""

    items: dict[Side, list[Item]]
    versions: dict[tuple[Side, int], int]


def open_problem(today: date) -> Problem:
    """Every open need and offer, by id. Nothing is locked: a long run must not keep people from working."""
    refused, refusing = refusals(), refusing_organisations()
    items: dict[Side, list[Item]] = {}
    versions: dict[tuple[Side, int], int] = {}
    for side, model in MODELS.items():
        rows = model._default_manager.filter(state=ListingState.OPEN, expires_on__gte=today)
        listings: list[AnyListing] = list(rows.select_related("organisation").order_by("pk"))
        items[side] = [item_of(listing, refused, refusing) for listing in listings]
        versions |= {(side, listing.pk): listing.version for listing in listings}
    return Problem(items, versions)


def standing_listings(today: date) -> dict[tuple[Side, int], int]:
    """The version of every listing that is open now; their rows stay locked until the transaction ends."""
    found: dict[tuple[Side, int], int] = {}
    for side, model in MODELS.items():
        rows = model._default_manager.filter(state=ListingState.OPEN, expires_on__gte=today).order_by("pk")
        locked = rows.select_for_update(no_key=True).values_list("pk", "version")
        found |= {(side, pk): version for pk, version in locked}
    return found


def item_of(listing: AnyListing, refusals: Refusals, refusing: frozenset[int] = frozenset()) -> Item:
    """One listing as the engine reads it: its public part only, so that no reason can quote anything else.

    An organisation in `refusing` takes no part. A listing without a place stands where its organisation does; an
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
        consent=listing.organisation_id not in refusing,
        refuses=tuple(sorted(refusals.get(listing.organisation_id, ()))),
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
