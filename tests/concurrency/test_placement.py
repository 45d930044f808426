"""Answers to an offered place when several are given in the same second, and when the deadline passes meanwhile."""

from __future__ import annotations

import json

from tests.concurrency.conftest import Site

IMPORTS = """
import time
from datetime import timedelta
from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.selectors import actor_for
from chanjiao.apps.placement.actions.answer_offer import answer_offer, expire_offers
from chanjiao.apps.placement.models import OfferState, PlacementOffer, PlacementRound
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM
"""
A_PUBLISHED_ROUND = (
    IMPORTS
    + """
from tests.apps.placement.samples import published
from tests.cast import make_cast
if not PlacementRound.objects.exists():
    published(make_cast())
print("{}")
"""
)
FIRST_OFFER = """
offer = PlacementOffer.objects.filter(rank=1).order_by("pk").first()
actor = actor_for(offer.student.user)
"""
WITHOUT_THE_GUARD = (
    IMPORTS
    + FIRST_OFFER
    + """
won = offer.state == OfferState.OPEN
time.sleep(0.5)
if won:
    offer.state = OfferState.ACCEPTED if number % 2 else OfferState.DECLINED
    offer.save()
print(json.dumps(won))
"""
)
OPEN_AGAIN = IMPORTS + 'PlacementOffer.objects.filter(rank=1).update(state="open", answered_at=None); print("{}")'
ANSWER = (
    IMPORTS
    + FIRST_OFFER
    + """
try:
    answer_offer(actor=actor, pk=offer.pk, accept=number % 2 == 1, now=offer.offered_at)
    print('"won"')
except ChanjiaoError as error:
    print(json.dumps(error.code))
"""
)
ANSWER_WHILE_THE_DEADLINE_PASSES = (
    IMPORTS
    + """
offer = PlacementOffer.objects.filter(state="open").order_by("pk").first()
until = offer.answer_until
try:
    if number:
        answer_offer(actor=actor_for(offer.student.user), pk=offer.pk, accept=True, now=until)
    else:
        expire_offers(actor=SYSTEM, now=until + timedelta(seconds=1))
    print('"done"')
except ChanjiaoError as error:
    print(json.dumps(error.code))
"""
)
WHO_HOLDS = (
    IMPORTS
    + """
holding = PlacementOffer.objects.filter(state__in=["open", "accepted", "joined"])
seats = list(holding.values_list("seat_id", flat=True))
students = list(holding.values_list("student_id", flat=True))
print(json.dumps([len(seats), len(set(seats)), len(set(students))]))
"""
)


def test_of_answers_in_one_second_one_counts_and_no_place_is_held_twice(site: Site) -> None:
    site.run(A_PUBLISHED_ROUND)
    assert sum(bool(won) for won in site.run(WITHOUT_THE_GUARD, processes=3)) > 1
    site.run(OPEN_AGAIN)

    answers = site.run(ANSWER, processes=4)
    meanwhile = site.run(ANSWER_WHILE_THE_DEADLINE_PASSES, processes=2)

    assert sorted(map(json.dumps, answers)) == ['"placement.answered_already"'] * 3 + ['"won"']
    assert set(map(str, meanwhile)) <= {"done", "placement.too_late", "placement.answered_already"}
    held, seats, students = site.run(WHO_HOLDS)[0]  # type: ignore[misc]
    assert held == seats == students  # every seat of the round has one place
