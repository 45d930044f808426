"""Run the matching engine over what is open."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from time import perf_counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import ListingState
from chanjiao.apps.matching.models import Match, MatchRun, MatchState
from chanjiao.apps.matching.rules import keeps_place
from chanjiao.apps.matching.snapshot import Problem, columns_of, open_problem, scores_by_need, standing_listings
from chanjiao.apps.matching.weight_sets import weights_in_force
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.engines.matching import (
    ENGINE_ID,
    ENGINE_VERSION,
    Index,
    Item,
    MatchResult,
    Options,
    Pair,
    match,
    match_one,
    problem_hash,
    verify,
)

TOP = 5
"""Offers kept for a need."""
LEAST_SCORE = 0.35
REACH = 200
"""Needs looked at for one changed offer."""


@dataclass(frozen=True, slots=True)
class Only:
    """The one listing that changed."""

    side: Side
    pk: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of the listings while the engine ran: versions as read, and versions now of the open ones."""

    read: dict[tuple[Side, int], int]
    now: dict[tuple[Side, int], int]

    def holds(self, need: int, offer: int) -> bool:
        """Whether both are open and as they were read."""
        return all(one in self.read and self.now.get(one) == self.read[one] for one in _both(need, offer))

    def moved(self, need: int, offer: int) -> bool:
        """Whether one of them is open and was changed or opened meanwhile, so that this run knows nothing of it."""
        return any(one in self.now and self.now[one] != self.read.get(one) for one in _both(need, offer))


def _both(need: int, offer: int) -> tuple[tuple[Side, int], tuple[Side, int]]:
    return (Side.NEED, need), (Side.OFFER, offer)


def run_matching(*, actor: Actor, now: datetime, only: Only | None = None, top: int = TOP) -> MatchRun:
    """The run that proposed the best offers for every open need, or everything for one changed listing.

    Answered matches stay as they are; proposed ones are refreshed, or withdrawn where they no longer hold. One that
    waits for the second answer is withdrawn only when a listing is no longer open. The answer is stored only when an
    independent check finds no fault (`match.failed_verification`). The engine runs before the transaction that stores;
    what changed in between is left to the run that follows that change.
    """
    require(actor.sees_all or bool(actor.secretariat_of))
    started, today = perf_counter(), timezone.localdate(now)
    problem = _problem(today, only)
    options = Options(today=today, least_score=LEAST_SCORE, weights=weights_in_force())
    result = _solved(problem.items, only, options, top)
    _check(result, problem.items, top)
    with transaction.atomic():
        standing = Standing(problem.versions, standing_listings(today))
        pairs = [pair for pair in result.pairs if standing.holds(int(pair.need), int(pair.offer))]
        run = MatchRun.objects.create(
            engine=result.engine,
            engine_version=result.version,
            options=_options(options, top, only),
            problem_hash=result.problem_hash,
            needs_count=len(problem.items[Side.NEED]),
            offers_count=len(problem.items[Side.OFFER]),
            pairs_count=len(pairs),
            refused=dict(result.refused),
            seconds=perf_counter() - started,
            ran_at=now,
        )
        _store(actor, run, pairs, standing, only)
        record_change(actor=actor, action="run_matching", instance=run, now=now)
    return run


def _problem(today: date, only: Only | None) -> Problem:
    whole = open_problem(today)
    if only is None:
        return whole
    items = {**whole.items, only.side: [item for item in whole.items[only.side] if item.id == str(only.pk)]}
    return Problem(items, whole.versions)


def _solved(items: dict[Side, list[Item]], only: Only | None, options: Options, top: int) -> MatchResult:
    needs, offers = items[Side.NEED], items[Side.OFFER]
    if only is None or only.side is Side.NEED:
        return match(needs, offers, top=top, options=options)
    found = match_one(offers[0], Index(needs), top=REACH, options=options) if offers else ()
    others = scores_by_need([int(pair.need) for pair in found], leaving_out=only.pk)
    kept = [replace(pair, rank=1) for pair in found if keeps_place(pair.score, others.get(int(pair.need), []), top)]
    digest = problem_hash(needs, offers, top=top, options=options)
    return MatchResult(ENGINE_ID, ENGINE_VERSION, digest, options, tuple(kept))


def _check(result: MatchResult, items: dict[Side, list[Item]], top: int) -> None:
    faults = verify(result, items[Side.NEED], items[Side.OFFER], top=top)
    if faults:
        raise ChanjiaoError("match.failed_verification", fault=f"{faults[0]} +{len(faults) - 1}")


def _options(options: Options, top: int, only: Only | None) -> dict[str, object]:
    told: dict[str, object] = {**asdict(options), "top": top, "today": options.today and options.today.isoformat()}
    return told | ({"side": only.side.value, "listing": only.pk} if only else {})


def _store(actor: Actor, run: MatchRun, pairs: list[Pair], standing: Standing, only: Only | None) -> None:
    now = run.ran_at
    scope = Match.objects.all() if only is None else Match.objects.filter(**{f"{only.side}_id": only.pk})
    known = {(need, offer): (pk, state) for pk, need, offer, state in scope.values_list("pk", "need", "offer", "state")}
    fresh = {(int(pair.need), int(pair.offer)): pair for pair in pairs}
    renewable = (None, MatchState.PROPOSED, MatchState.WITHDRAWN)
    stored = [pair for key, pair in fresh.items() if known.get(key, (0, None))[1] in renewable]
    rows = [Match(run=run, proposed_at=now, **columns_of(pair)) for pair in stored]
    Match.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["need", "offer"],
        update_fields=["run", "rank", "score", "reasons", "gaps"],
    )
    again = [pk for key, (pk, state) in known.items() if key in fresh and state == MatchState.WITHDRAWN]
    ended = [key for key in known if key not in fresh and not standing.moved(*key)]
    gone = [known[key][0] for key in ended if known[key][1] == MatchState.PROPOSED]
    Match.objects.filter(pk__in=again, state=MatchState.WITHDRAWN).update(
        state=MatchState.PROPOSED,
        proposed_at=now,
        need_accepted_at=None,
        offer_accepted_at=None,
        version=F("version") + 1,
    )
    half_answered = scope.filter(state=MatchState.ACCEPTED_BY_ONE)
    closed = half_answered.exclude(need__state=ListingState.OPEN, offer__state=ListingState.OPEN)
    for withdrawn in (Match.objects.filter(pk__in=gone, state=MatchState.PROPOSED), closed):
        withdrawn.update(state=MatchState.WITHDRAWN, version=F("version") + 1)
    if only is not None:
        _rank_again({need for need, _ in [*fresh, *known]})
    _announce(actor, run, {key for key in fresh if key not in known}, now)


def _rank_again(needs: set[int]) -> None:
    places: Counter[int] = Counter()
    rows = list(Match.objects.filter(need__in=needs).exclude(state=MatchState.WITHDRAWN).only("need_id", "rank"))
    for one in rows:
        places[one.need_id] += 1
        one.rank = places[one.need_id]
    Match.objects.bulk_update(rows, ["rank"], batch_size=200)


def _announce(actor: Actor, run: MatchRun, new: set[tuple[int, int]], now: datetime) -> None:
    proposed = run.matches.select_related("need__organisation", "offer").order_by("pk")
    for one in proposed:
        if (one.need_id, one.offer_id) in new:
            body = one.need.organisation
            emit(
                actor=actor,
                name="match.proposed",
                instance=one,
                now=now,
                consortium_id=one.need.consortium_id,
                organisation=(body.pk, body.name),
            )
