"""An agreement that two people sign in the same second, and one that is signed twice."""

from __future__ import annotations

from tests.concurrency.conftest import Site

CITY = """
from datetime import date, timedelta
from django.contrib.auth.hashers import make_password
from chanjiao.apps.accounts.models import User
from chanjiao.apps.cooperation.actions.draft_agreement import draft_agreement
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.actions.name_signatories import name_signatories
from chanjiao.apps.cooperation.actions.propose_agreement import propose_agreement
from chanjiao.apps.cooperation.actions.sign_agreement import sign_agreement
from chanjiao.apps.cooperation.contents import content_of
from chanjiao.apps.cooperation.models import Agreement, Signatory
from chanjiao.apps.cooperation.signing import is_fully_signed
from chanjiao.apps.members.models import Consortium, Membership, Organisation, Staff
from chanjiao.apps.members.selectors import actor_for
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from dataclasses import replace
now = clock.now()
def body(name, type_):
    return Organisation.objects.get_or_create(name=name, name_key=name, defaults={"type": type_, "created_at": now})[0]
firm, school, park = body("恒锐机械", "enterprise"), body("青川职院", "school_vocational"), body("联合体", "consortium")
consortium = Consortium.objects.get_or_create(organisation=park, defaults={"kind": "municipal"})[0]
people = []
for username, one in (("signing-dean", school), ("signing-personnel", firm)):
    Membership.objects.get_or_create(
        consortium=consortium, organisation=one, role="member", state="active", defaults={"applied_at": now}
    )
    user = User.objects.get_or_create(username=username, defaults={"full_name": username})[0]
    Staff.objects.get_or_create(user=user, organisation=one, role="officer")
    people.append(actor_for(user))
"""
PROPOSE = (
    CITY
    + """
User.objects.update(password=make_password("correct-horse"))
made = draft_agreement(
    actor=people[0], kind="order_class", organisation_id=school.pk, consortium_id=consortium.pk,
    partner_ids=[firm.pk], now=now,
)
content = replace(
    content_of(made.current), starts_on=date.today(), ends_on=date.today() + timedelta(days=365), overlap_meant=True,
    fields=(("students", 30), ("programme", "焊接")),
)
made = edit_agreement(actor=people[0], pk=made.pk, version=1, content=content, now=now)
made = propose_agreement(actor=people[0], pk=made.pk, version=made.version, now=now)
for actor, party in zip(people, made.current.parties.all()):
    name_signatories(actor=actor, pk=made.pk, party_id=party.pk, user_ids=[actor.user_id], now=now)
print(json.dumps(made.pk))
"""
)
SIGN = (
    CITY
    + """
made = Agreement.objects.latest("pk")
try:
    sign_agreement(
        actor=people[WHO], pk=made.pk, text_sha256=made.current.text_sha256, confirmation="correct-horse", now=now
    )
    print(json.dumps("signed"))
except ChanjiaoError as error:
    print(json.dumps(error.code))
"""
)
UNGUARDED = (
    CITY
    + """
# The same decision without the lock: whether all have signed is read before either signature is stored.
made = Agreement.objects.latest("pk")
complete = is_fully_signed(made.current)
time.sleep(0.3)
Signatory.objects.filter(party__version=made.current, user_id=people[number].user_id).update(
    signed_at=now, text_sha256=made.current.text_sha256
)
print(json.dumps(complete))
"""
)
STANDS = (
    CITY
    + """
made = Agreement.objects.latest("pk")
signed = Signatory.objects.filter(party__version=made.current, signed_at__isnull=False).count()
told = Event.objects.filter(name="agreement.in_force", object_id=made.pk).count()
print(json.dumps([made.state, signed, told]))
"""
)


def test_two_last_signatures_in_one_second_put_an_agreement_in_force_once(site: Site) -> None:
    site.run(PROPOSE)

    answers = site.run(SIGN.replace("WHO", "number"), processes=2)

    assert answers == ["signed", "signed"]
    assert site.run(STANDS) == [["in_force", 2, 2]]


def test_without_the_lock_neither_of_the_two_would_see_the_agreement_complete(site: Site) -> None:
    site.run(PROPOSE)

    assert site.run(UNGUARDED, processes=2) == [False, False]
    assert site.run(STANDS) == [["proposed", 2, 0]]


def test_one_signature_given_in_two_windows_counts_once(site: Site) -> None:
    site.run(PROPOSE)

    answers = site.run(SIGN.replace("WHO", "0"), processes=2)

    assert sorted(map(str, answers)) == ["action.denied", "signed"]
    assert site.run(STANDS) == [["proposed", 1, 0]]
