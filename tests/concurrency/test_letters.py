"""Five hundred letters and a worker that is killed in the middle; one link in several hands at once."""

from __future__ import annotations

import time
from dataclasses import replace

from tests.concurrency.conftest import Site
from tests.receivers import mail_server

LETTERS = 500
WRITE = f"""
from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.notices.models import Contact, Delivery, Notice
from chanjiao.core import clock
Notice.objects.all().delete(); Contact.objects.all().delete()
body, _new = Organisation.objects.get_or_create(name="青川职院", name_key="青川职院", type="school_vocational",
    defaults={{"created_at": clock.now()}})
User.objects.filter(username__startswith="reader-").delete()
people = User.objects.bulk_create(
    User(username=f"reader-{{n}}", full_name=f"读者{{n}}", email=f"r{{n}}@example.org") for n in range({LETTERS})
)
notices = Notice.objects.bulk_create(
    Notice(key=f"n-{{n}}", kind="bot.added", params={{"name": "方砚秋", "group": "群"}}, organisation=body,
           sent_at=clock.now())
    for n in range({LETTERS})
)
Delivery.objects.bulk_create(
    Delivery(notice=one, person=reader, due_at=clock.now()) for one, reader in zip(notices, people)
)
print(Delivery.objects.count())
"""
DELIVER = """
from datetime import timedelta
from chanjiao.apps.notices.actions.deliver_due import deliver_due
from chanjiao.apps.notices.models import Delivery
from chanjiao.core import clock
from chanjiao.core.permissions import SYSTEM
from chanjiao.interfaces.web.notices.letters import send
later = timedelta(minutes=2) * number
sent = deliver_due(actor=SYSTEM, send=send, clock=lambda: clock.now() + later)
print(json.dumps([sent, Delivery.objects.filter(state="sent").count()]))
"""


def test_of_500_letters_a_killed_worker_loses_none_and_the_one_in_its_hand_may_come_twice_under_one_key(
    site: Site,
) -> None:
    with mail_server() as server:
        site = replace(site, environment=site.environment | {"CHANJIAO_MAIL_URL": server.url})
        assert site.run(WRITE) == [LETTERS]
        worker = site.start(DELIVER)
        assert worker.stdout is not None
        assert worker.stdin is not None
        assert worker.stdout.readline() == "ready\n"
        worker.stdin.write("\n")
        worker.stdin.flush()
        while len(server.ids) < LETTERS // 2:
            assert worker.poll() is None
            time.sleep(0.001)
        worker.kill()
        worker.wait()
        first = len(server.ids)

        # Two minutes on, what the dead worker held has fallen due again.
        second = site.start(DELIVER, number=1)
        printed = second.communicate("\n", timeout=120)[0]

    assert first < LETTERS
    assert f", {LETTERS}]" in printed
    assert len(set(server.ids)) == LETTERS
    assert len(server.ids) - LETTERS <= 1


CITY = """
from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import Need, Offer
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.matching.models import Match, MatchRun
from chanjiao.apps.members.models import Consortium, Membership, Organisation
from chanjiao.apps.notices.actions.answer_by_link import answer_by_link
from chanjiao.apps.notices.actions.make_link import make_link
from chanjiao.apps.notices.links import token_of
from chanjiao.apps.notices.models import AnswerLink, Contact
from chanjiao.apps.notices.purposes import Given
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM
from datetime import timedelta
now = clock.now()
"""
PREPARE = (
    CITY
    + """
Match.objects.all().delete(); Need.objects.all().delete(); Offer.objects.all().delete()
AnswerLink.objects.all().delete(); Contact.objects.all().delete()
def body(name, type_):
    return Organisation.objects.get_or_create(name=name, name_key=name, defaults={"type": type_, "created_at": now})[0]
firm, school, park = body("恒锐机械", "enterprise"), body("青川职院", "school_vocational"), body("联合体", "consortium")
consortium = Consortium.objects.get_or_create(organisation=park, defaults={"kind": "municipal"})[0]
for one in (firm, school):
    Membership.objects.get_or_create(
        consortium=consortium, organisation=one, role="member", state="active", defaults={"applied_at": now}
    )
def post(side, owner, fields):
    return post_listing(
        actor=SYSTEM, side=side, kind=Kind.TRAINING, organisation_id=owner.pk, consortium_id=consortium.pk,
        content=Content(title="焊工班", summary="取证", quantity=1, fields=fields), now=now, submit=True,
    )
run = MatchRun.objects.create(
    engine="test", engine_version="1", problem_hash="0" * 64, needs_count=1, offers_count=1, pairs_count=1, seconds=0,
    ran_at=now,
)
found = Match.objects.create(
    run=run, need=post(Side.NEED, firm, (("trainees", "焊工"),)), offer=post(Side.OFFER, school, ()), rank=1,
    score=0.5, reasons=[], proposed_at=now,
)
contact = Contact.objects.create(organisation=school, place=1, name="陶敏之", email="a@example.org")
link = make_link(
    purpose="matching.answer", object_id=found.pk, organisation_id=school.pk, contact_id=contact.pk,
    expires_at=now + timedelta(days=5), now=now,
)
print(json.dumps(token_of(link)))
"""
)
ANSWER = (
    CITY
    + """
token = token_of(AnswerLink.objects.get())
given = Given("accept") if number % 2 else Given("decline", "pay")
try:
    answer_by_link(token=token, given=given, now=now)
    print(json.dumps(given.code))
except ChanjiaoError as error:
    print(json.dumps(error.code))
"""
)
STANDS = (
    CITY
    + """
found, link = Match.objects.get(), AnswerLink.objects.get()
print(json.dumps([found.state, link.answer]))
"""
)


def test_of_four_hands_that_use_one_link_at_once_one_answers_and_the_rest_are_told(site: Site) -> None:
    site.run(PREPARE)

    answers = site.run(ANSWER, processes=4)

    given = [one for one in answers if one in ("accept", "decline")]
    assert len(given) == 1
    assert answers.count("link.used") == 3
    state = {"accept": "accepted_by_one", "decline": "declined"}[str(given[0])]
    assert site.run(STANDS) == [[state, given[0]]]
