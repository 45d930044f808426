"""What callers may choose about matching and ask of it: order, refusal, why a pair is proposed or not, weights."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from chanjiao.apps.matching.actions.learn_weights import learn_weights
from chanjiao.apps.matching.actions.restore_weights import restore_weights
from chanjiao.apps.matching.actions.set_preference import set_organisation_preference, set_own_order
from chanjiao.apps.matching.explanations import explanation
from chanjiao.apps.matching.preferences import Preferences, preferences_of
from chanjiao.apps.matching.weight_sets import KindWeights, all_weights, weights_of
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.api.v1.matching import FactorOut, GapOut, gap_out
from chanjiao.interfaces.callers import known_actor

router = Router(tags=["matching"])


class FailureOut(Schema):
    """A hard condition that a pair does not keep, with the values that clash."""

    condition: str
    need: str
    offer: str


class WhyOut(Schema):
    """What speaks for a pair and against it; a score below `least` is not proposed."""

    failures: list[FailureOut]
    factors: list[FactorOut]
    gaps: list[GapOut]
    score: float
    least: float
    better: int
    most: int
    match_id: int | None


class OrderIn(Schema):
    """Whether matches are ordered by fit, or stand in the neutral order."""

    is_ranked: bool


class PreferenceIn(OrderIn):
    """And whether the organisation takes part in automated matching."""

    takes_part: bool


class PreferencesOut(Schema):
    """What holds for the caller: their own choice and their organisation's."""

    own: OrderIn
    organisation: PreferenceIn
    may_change_organisation: bool


class ShareOut(Schema):
    """What a factor counts for: as shipped, and now."""

    factor: str
    own: float
    now: float


class CountsOut(Schema):
    """Replies: those that teach, and those that do not."""

    accepted: int
    declined: int
    unanswered: int


class MoveOut(Schema):
    """A factor that moved, with the standard errors behind it and how often it was blamed in declining."""

    factor: str
    before: float
    after: float
    sureness: float
    blamed: int


class VersionOut(Schema):
    """A version of the weights; `restored` is the version that it took up again, 0 for the one shipped."""

    number: int
    origin: str
    restored: int | None
    made_at: datetime
    counts: CountsOut
    moves: list[MoveOut]


class WeightsOut(Schema):
    """The weights of one kind, the versions, and the replies since the latest."""

    kind: str
    number: int
    shares: list[ShareOut]
    versions: list[VersionOut]
    since: CountsOut


class RestoreIn(Schema):
    """The version to take up again; 0 is the one shipped."""

    version: int


@router.get("/why/{need}/{offer}", response=WhyOut)
def why(request: HttpRequest, need: str, offer: str) -> dict[str, Any]:
    """Why a need and an offer, told by number, are proposed to each other or are not."""
    told = explanation(known_actor(request), need=need, offer=offer, today=timezone.localdate(clock.now()))
    return asdict(told) | {"gaps": [gap_out(gap) for gap in told.gaps]}


@router.get("/preference", response=PreferencesOut)
def preference(request: HttpRequest) -> Preferences:
    """What holds for the caller."""
    return preferences_of(known_actor(request))


@router.put("/preference", response=PreferencesOut)
def choose_order(request: HttpRequest, told: OrderIn) -> Preferences:
    """The caller reads matches by fit or in the neutral order."""
    actor: Actor = known_actor(request)
    set_own_order(actor=actor, is_ranked=told.is_ranked, now=clock.now())
    return preferences_of(actor)


@router.put("/preference/organisation", response=PreferencesOut)
def choose_for_organisation(request: HttpRequest, told: PreferenceIn) -> Preferences:
    """The caller's organisation chooses the order for its people, and whether it is matched at all."""
    actor = known_actor(request)
    set_organisation_preference(actor=actor, **told.dict(), now=clock.now())
    return preferences_of(actor)


@router.get("/weights", response=list[WeightsOut])
def weights(request: HttpRequest) -> list[KindWeights]:
    """What the factors count for, kind by kind."""
    return list(all_weights(known_actor(request)))


@router.post("/weights/learn", response=list[WeightsOut])
def learn(request: HttpRequest) -> list[KindWeights]:
    """Learn from the replies since the versions in force; below the floor nothing moves."""
    actor = known_actor(request)
    learn_weights(actor=actor, now=clock.now())
    return list(all_weights(actor))


@router.post("/weights/{kind}/restore", response=WeightsOut)
def restore(request: HttpRequest, kind: str, told: RestoreIn) -> KindWeights:
    """Take an earlier version up again."""
    actor = known_actor(request)
    restore_weights(actor=actor, kind=kind, version=told.version, now=clock.now())
    return weights_of(actor, kind)
