"""Answers to an offered place when several are given in the same second, and when the deadline passes meanwhile."""

from __future__ import annotations

from tests.concurrency.conftest import Site

IMPORTS = """
import time
from datetime import timedelta
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
until = offer.answer_until
"""
WITHOUT_THE_GUARD = (
    IMPORTS
    + FIRST_OFFER
    + """
# The same decision by reading first, without the condition in the row's update.
won = offer.state == OfferState.OPEN
time.sleep(0.2)
print(json.dumps(won))
"""
)
IN_THE_LAST_SECOND = (
    IMPORTS
    + FIRST_OFFER
    + """
try:
    if number == 2:
        expire_offers(actor=SYSTEM, now=until + timedelta(seconds=1))
    else:
        answer_offer(actor=actor_for(offer.student.user), pk=offer.pk, accept=number == 1, now=until)
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


def test_of_answers_while_the_deadline_passes_one_counts_and_no_place_is_held_twice(site: Site) -> None:
    site.run(A_PUBLISHED_ROUND)
    unguarded = site.run(WITHOUT_THE_GUARD, processes=2)

    accepting, declining, _expiry = site.run(IN_THE_LAST_SECOND, processes=3)

    assert unguarded == [True, True]
    assert [accepting, declining].count("done") <= 1
    assert {str(accepting), str(declining)} <= {"done", "placement.too_late", "placement.answered_already"}
    held, seats, students = site.run(WHO_HOLDS)[0]  # type: ignore[misc]
    assert held == seats == students  # every seat of the round has one place
