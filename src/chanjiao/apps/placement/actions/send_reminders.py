"""Telling people what is due: results and offers after publication, reminders before each deadline."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q

from chanjiao.apps.placement.models import OfferState, PlacementOffer, PlacementRound, RoundState, Student, Wish
from chanjiao.apps.placement.notices import (
    remind_answer,
    remind_college,
    remind_firm,
    remind_student,
    tell_offer,
    tell_result,
)
from chanjiao.apps.placement.rules.points import RankingMode
from chanjiao.core.permissions import Actor, require

AHEAD = timedelta(days=2)
"""How long before a deadline people are reminded."""


def tell_results(*, actor: Actor, round_id: int, now: datetime) -> int:
    """How many students with a log-in were told of a published result; told twice it is one notice."""
    require(actor.is_system)
    round_ = PlacementRound.objects.get(pk=round_id)
    count = 0
    for offer in round_.offers.filter(state=OfferState.OPEN).select_related("student", "seat__organisation", "round"):
        tell_offer(actor=actor, offer=offer, now=now)
        count += 1
    offered = round_.offers.values("student")
    rest = Student.objects.filter(wish_lists__round=round_, user__isnull=False).exclude(pk__in=offered)
    for user_id in rest.values_list("user_id", flat=True):
        tell_result(actor=actor, round_=round_, user_id=user_id or 0, now=now)
        count += 1
    return count


def send_reminders(*, actor: Actor, now: datetime) -> int:
    """How many reminders are due now; each is sent once."""
    require(actor.is_system)
    soon = now + AHEAD
    count = 0
    for round_ in PlacementRound.objects.filter(state=RoundState.WISHES, wishes_until__range=(now, soon)):
        count += _remind_of_wishes(actor, round_, now)
    ranking = Q(state__in=(RoundState.WISHES, RoundState.RANKING), rankings_until__range=(now, soon))
    for round_ in PlacementRound.objects.filter(ranking):
        firms = round_.seats.filter(ranking=RankingMode.HAND, rankings__isnull=True, wishes__isnull=False)
        for firm_id in firms.values_list("organisation_id", flat=True).distinct():
            remind_firm(actor=actor, round_=round_, firm_id=firm_id, now=now)
            count += 1
    due = PlacementOffer.objects.filter(state=OfferState.OPEN, answer_until__range=(now, soon))
    for offer in due.select_related("student", "seat", "round"):
        remind_answer(actor=actor, offer=offer, now=now)
        count += 1
    return count


def _remind_of_wishes(actor: Actor, round_: PlacementRound, now: datetime) -> int:
    """Only students of members of the consortium are asked for; wishes without consent would not count."""
    members = round_.consortium.memberships.values("organisation")
    listed = Wish.objects.filter(wish_list__round=round_).values("wish_list__student")
    agreed = round_.consents.filter(withdrawn_at__isnull=True).values("student")
    missing = Student.objects.filter(college__in=members).exclude(pk__in=listed.filter(wish_list__student__in=agreed))
    for college_id, number in missing.values_list("college_id").annotate(Count("pk")).order_by():
        remind_college(actor=actor, round_=round_, college_id=college_id, count=number, now=now)
    users = missing.filter(user__isnull=False).values_list("user_id", flat=True)
    for user_id in users:
        remind_student(actor=actor, round_=round_, user_id=user_id or 0, now=now)
    return len(users)
