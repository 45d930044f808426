"""How fast technical problems turn into replies, contracts and use: survival curves with the unfinished counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.exchange.models import ListingState, Need
from chanjiao.apps.matching.models import Match
from chanjiao.apps.transfer.changes import SIGNED
from chanjiao.apps.transfer.models import Challenge, ChallengeAnswer, ChallengeState, FirstUse
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from chanjiao.engines.survival import Curve, kaplan_meier

DAY = 86_400
ENDINGS = ("need.closed", "need.expired", "need.retracted")


class Step(StrEnum):
    """What a technical problem waits for."""

    REPLY = "reply"
    CONTRACT = "contract"
    USE = "use"


@dataclass(frozen=True, slots=True)
class Problem:
    """One technical problem from its publication to whatever happened first; `watched_until` where it is not over."""

    need_id: int
    number: str
    title: str
    organisation: str
    opened_at: datetime
    watched_until: datetime
    reached: dict[Step, datetime]

    def days(self, step: Step) -> float:
        """Days to the step, or as long as it has been waited for."""
        return max((self.reached.get(step, self.watched_until) - self.opened_at).total_seconds() / DAY, 0.0)


def problems(actor: Actor, *, now: datetime, since: date | None = None) -> list[Problem]:
    """The technical problems that the actor keeps, the latest first: their organisation's, or their consortia's for a
    secretariat. Others learn nothing of when somebody was answered.
    """
    rows = Need.objects.filter(_kept_by(actor), kind=Kind.TECHNICAL_PROBLEM, opened_at__isnull=False)
    if since is not None:
        rows = rows.filter(opened_at__date__gte=since)
    needs = list(rows.select_related("organisation").order_by("-opened_at", "-pk"))
    ids = [one.pk for one in needs]
    reached = {Step.REPLY: _replies(ids), Step.CONTRACT: _contracts(ids), Step.USE: _uses(ids)}
    over = (one.pk for one in needs if one.state in (ListingState.CLOSED, ListingState.EXPIRED))
    ended = _endings(pk for pk in over if pk not in reached[Step.CONTRACT])
    return [
        Problem(
            need_id=one.pk,
            number=one.number,
            title=one.title,
            organisation=one.organisation.name,
            opened_at=one.opened_at,
            watched_until=ended.get(one.pk, now),
            reached={step: found[one.pk] for step, found in reached.items() if one.pk in found},
        )
        for one in needs
        if one.opened_at is not None
    ]


def curves(found: Iterable[Problem]) -> dict[Step, Curve]:
    """A curve for each step: the share of problems that still wait for it after so many days."""
    listed = list(found)
    return {
        step: kaplan_meier([one.days(step) for one in listed], [step in one.reached for one in listed]) for step in Step
    }


def _kept_by(actor: Actor) -> Q:
    if actor.sees_all:
        return Q()
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    return Q(organisation_id=own) | Q(consortium_id__in=actor.secretariat_of)


def _replies(ids: list[int]) -> dict[int, datetime]:
    """The first answer to a challenge of it, or the first word of a side that offers to a match."""
    answers = ChallengeAnswer.objects.filter(challenge__need_id__in=ids).order_by()
    accepted = Match.objects.filter(need_id__in=ids, offer_accepted_at__isnull=False).order_by()
    declined = Match.objects.filter(need_id__in=ids, declined_by="offer", answered_at__isnull=False).order_by()
    return _first(
        answers.values_list("challenge__need_id", "answered_at"),
        accepted.values_list("need_id", "offer_accepted_at"),
        declined.values_list("need_id", "answered_at"),
    )


def _contracts(ids: list[int]) -> dict[int, datetime]:
    """When the first agreement that came of it was signed by all, whether by a challenge or a match."""
    signed = Agreement.objects.filter(state__in=SIGNED, in_force_at__isnull=False).order_by()
    return _first(
        signed.filter(challenge__need_id__in=ids).values_list("challenge__need_id", "in_force_at"),
        signed.filter(match__need_id__in=ids).values_list("match__need_id", "in_force_at"),
    )


def _uses(ids: list[int]) -> dict[int, datetime]:
    rows = FirstUse.objects.order_by()
    by_challenge = rows.filter(agreement__challenge__need_id__in=ids)
    by_match = rows.filter(agreement__match__need_id__in=ids)
    days = [
        *by_challenge.values_list("agreement__challenge__need_id", "used_on"),
        *by_match.values_list("agreement__match__need_id", "used_on"),
    ]
    return _first((pk, timezone.make_aware(datetime.combine(day, time(12)))) for pk, day in days)


def _endings(ids: Iterable[int]) -> dict[int, datetime]:
    """When a problem that was closed without a contract ended: from then on nobody watched it.

    Not for one that goes on as a challenge, which is watched until that is over.
    """
    ended = set(ids)
    alive = Challenge.objects.exclude(state__in=[ChallengeState.WITHDRAWN, ChallengeState.FAILED])
    ended -= set(alive.filter(need_id__in=ended).values_list("need_id", flat=True))
    told = Event.objects.filter(name__in=ENDINGS, object_type=Need._meta.label_lower, object_id__in=ended)
    return dict(told.order_by("at").values_list("object_id", "at"))


def _first(*told: Iterable[tuple[int, datetime | None]]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for pairs in told:
        for pk, at in pairs:
            if at is not None and (pk not in found or at < found[pk]):
                found[pk] = at
    return found
