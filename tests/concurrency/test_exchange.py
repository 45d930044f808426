"""Numbers of listings, and answers to matches, when several people act in the same second."""

from __future__ import annotations

from tests.concurrency.conftest import Site

CITY = """
from datetime import timedelta
from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import Need, Offer
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.models import Match, MatchRun
from chanjiao.apps.members.models import Consortium, Membership, Organisation
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM
now = clock.now()
def body(name, type_):
    return Organisation.objects.get_or_create(name=name, name_key=name, defaults={"type": type_, "created_at": now})[0]
firm, school, park = body("恒锐机械", "enterprise"), body("青川职院", "school_vocational"), body("联合体", "consortium")
consortium = Consortium.objects.get_or_create(organisation=park, defaults={"kind": "municipal"})[0]
for one in (firm, school):
    Membership.objects.get_or_create(
        consortium=consortium, organisation=one, role="member", state="active", defaults={"applied_at": now}
    )
TYPED = {Side.NEED: (("trainees", "焊工"),), Side.OFFER: ()}
def post(side, owner, quantity=1):
    return post_listing(
        actor=SYSTEM, side=side, kind=Kind.TRAINING, organisation_id=owner.pk, consortium_id=consortium.pk,
        content=Content(title="焊工班", summary="取证", quantity=quantity, fields=TYPED[side]),
        now=now, submit=True,
    )
"""
CLEAR = (
    CITY
    + """
Match.objects.all().delete(); Need.objects.all().delete(); Offer.objects.all().delete()
"""
)
EMPTY = (
    CLEAR
    + """
print("{}")
"""
)
POST = (
    CITY
    + """
print(json.dumps([post(Side.OFFER, school).number for _ in range(10)]))
"""
)
PROPOSE = (
    CLEAR
    + """
run = MatchRun.objects.create(
    engine="test", engine_version="1", problem_hash="0" * 64, needs_count=1, offers_count=1, pairs_count=1, seconds=0,
    ran_at=now,
)
need = post(Side.NEED, firm)
for number in range(3):
    found = Match.objects.create(
        run=run, need=need, offer=post(Side.OFFER, school), rank=number + 1, score=0.5, reasons=[], proposed_at=now
    )
    accept_match(actor=SYSTEM, pk=found.pk, now=now, side=Side.OFFER)
print(json.dumps(Match.objects.filter(state="accepted_by_one").count()))
"""
)
ACCEPT = (
    CITY
    + """
pk = list(Match.objects.order_by("pk").values_list("pk", flat=True))[number if EACH else 0]
try:
    accept_match(actor=SYSTEM, pk=pk, now=now, side=Side.NEED)
    print(json.dumps("accepted"))
except ChanjiaoError as error:
    print(json.dumps(error.code))
"""
)
STANDS = (
    CITY
    + """
need = Need.objects.get()
print(json.dumps([need.taken, need.state, Match.objects.filter(state="accepted").count()]))
"""
)
UNGUARDED = (
    CITY
    + """
# The same decision by reading first, without a lock and without the condition in the row's update.
need = Need.objects.get()
left = need.quantity - need.taken
time.sleep(0.2)
print(json.dumps("accepted" if left > 0 else "listing.full"))
"""
)


def test_listings_posted_at_once_get_numbers_of_their_own(site: Site) -> None:
    site.run(EMPTY)

    numbers = [number for printed in site.run(POST, processes=3) for number in printed]  # type: ignore[attr-defined]

    assert len(numbers) == len(set(numbers)) == 30


def test_of_three_acceptances_of_one_need_one_settles_where_all_would_without_the_guard(site: Site) -> None:
    assert site.run(PROPOSE) == [3]
    unguarded = site.run(UNGUARDED, processes=3)

    answers = site.run(ACCEPT.replace("EACH", "True"), processes=3)

    assert unguarded == ["accepted"] * 3
    assert answers.count("accepted") == 1
    assert set(answers) <= {"accepted", "listing.full", "state.refused"}
    assert site.run(STANDS) == [[1, "matched", 1]]


def test_one_match_accepted_by_three_hands_of_a_side_counts_once(site: Site) -> None:
    site.run(PROPOSE)

    answers = site.run(ACCEPT.replace("EACH", "False"), processes=3)

    assert answers.count("accepted") == 1
    assert site.run(STANDS) == [[1, "matched", 1]]
