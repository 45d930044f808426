"""An answer to a challenge that two people of its owner choose in the same second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.concurrency.conftest import Site

CITY = """
from datetime import date, timedelta
from decimal import Decimal
from chanjiao.apps.accounts.models import User
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.members.models import Consortium, Membership, Organisation, Staff
from chanjiao.apps.members.selectors import actor_for
from chanjiao.apps.transfer.actions.answer_challenge import Proposal, answer_challenge
from chanjiao.apps.transfer.actions.choose_answer import choose_answer
from chanjiao.apps.transfer.actions.draft_challenge import Terms, draft_challenge
from chanjiao.apps.transfer.actions.publish_challenge import publish_challenge
from chanjiao.apps.transfer.models import Challenge, ChallengeAnswer
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event

now = clock.now()
def body(name, type_):
    return Organisation.objects.get_or_create(name=name, name_key=name, defaults={"type": type_, "created_at": now})[0]
firm, park = body("恒锐精工", "enterprise"), body("揭榜联合体", "consortium")
school, institute = body("青川工学院", "school_vocational"), body("精密所", "institute")
consortium = Consortium.objects.get_or_create(organisation=park, defaults={"kind": "municipal"})[0]
people = {}
for username, one in (("owner-0", firm), ("owner-1", firm), ("answer-0", school), ("answer-1", institute)):
    Membership.objects.get_or_create(
        consortium=consortium, organisation=one, role="member", state="active", defaults={"applied_at": now}
    )
    user = User.objects.get_or_create(username=username, defaults={"full_name": username})[0]
    Staff.objects.get_or_create(user=user, organisation=one, role="officer")
    people[username] = actor_for(user)
"""
PUT_OUT = (
    CITY
    + """
need = Need.objects.create(
    number=f"N-RACE-{Need.objects.count()}", organisation=firm, consortium=consortium, kind="technical_problem",
    title="主轴热变形", summary="漂移", unit="项", state="open", expires_on=date.today() + timedelta(days=60),
    created_at=now, opened_at=now,
)
terms = Terms(Decimal(200000), "误差不超过 8 微米", date.today() + timedelta(days=30))
made = draft_challenge(actor=people["owner-0"], need_id=need.pk, terms=terms, now=now)
made = publish_challenge(actor=people["owner-0"], pk=made.pk, version=made.version, now=now)
for number in (0, 1):
    told = Proposal("温度场模型", Decimal(90000), 6, "五人")
    answer_challenge(actor=people[f"answer-{number}"], pk=made.pk, proposal=told, now=now)
print(json.dumps(made.pk))
"""
)
CHOOSE = (
    CITY
    + """
made = Challenge.objects.latest("pk")
answers = list(made.answers.order_by("pk"))
chosen, other = answers[number], answers[1 - number]
try:
    choose_answer(
        actor=people[f"owner-{number}"], pk=made.pk, version=made.version, answer_id=chosen.pk,
        reasons={other.pk: "price"}, now=now,
    )
    print(json.dumps("chosen"))
except ChanjiaoError as error:
    print(json.dumps(error.code))
"""
)
UNGUARDED = (
    CITY
    + """
# The same decision without the lock: that nothing is chosen yet is read before either choice is stored.
made = Challenge.objects.latest("pk")
is_free = not made.answers.filter(state="chosen").exists()
time.sleep(0.3)
print(json.dumps(is_free))
"""
)
STANDS = (
    CITY
    + """
made = Challenge.objects.latest("pk")
states = sorted(made.answers.values_list("state", flat=True))
told = Event.objects.filter(name="challenge.chosen", object_id=made.pk).count()
print(json.dumps([made.state, states, told]))
"""
)

CLEAR = (
    CITY
    + """
ChallengeAnswer.objects.all().delete(); Challenge.objects.all().delete()
Need.objects.filter(number__startswith="N-RACE").delete()
print("null")
"""
)


@pytest.fixture(autouse=True)
def _cleared(site: Site) -> Iterator[None]:
    """The site is everybody's: a challenge left behind would hold its need against those who clear needs."""
    yield
    site.run(CLEAR)


def test_of_two_who_choose_different_answers_in_one_second_one_is_told_that_it_is_done(site: Site) -> None:
    site.run(PUT_OUT)

    answers = site.run(CHOOSE, processes=2)

    assert sorted(map(str, answers)) == ["chosen", "state.refused"]
    assert site.run(STANDS) == [["chosen", ["chosen", "not_chosen"], 1]]


def test_without_the_lock_both_would_believe_that_nothing_is_chosen(site: Site) -> None:
    site.run(PUT_OUT)

    assert site.run(UNGUARDED, processes=2) == [True, True]
    assert site.run(STANDS) == [["published", ["submitted", "submitted"], 0]]
