"""Notices: whom they reach, once, and when their letters fall due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chanjiao.apps.accounts.models import User
from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.actions.follow_silent import follow_silent
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.notices.actions.read_notice import read_all, read_notice
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.apps.notices.addressees import Addressee, organisation, person, secretariat
from chanjiao.apps.notices.kinds import sentence
from chanjiao.apps.notices.models import Contact, Delivery, Notice, Preference
from chanjiao.apps.notices.outbox import next_letter
from chanjiao.apps.notices.selectors import Filters, inbox, unread_count
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM, Actor
from chanjiao.interfaces.web.notices.letters import mail_of
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast


@pytest.fixture
def reachable(cast: Cast) -> Cast:
    """The cast with a mail address each."""
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save()
    return cast


def sent(to: Addressee, *, key: str = "1", now: datetime = NOW, **options: object) -> Notice:
    told = {"other": "青川职院", "own": "焊工", "theirs": "焊接毕业生"}
    return send_notice(actor=SYSTEM, to=to, kind="match.offered", params=told, key=key, now=now, **options)  # type: ignore[arg-type]


def letters() -> list[str]:
    return sorted(User.objects.filter(deliveries__isnull=False).values_list("username", flat=True))


def test_an_organisations_notice_stands_in_the_inbox_of_whoever_acts_for_it_and_of_nobody_else(cast: Cast) -> None:
    sent(organisation(cast.enterprise.pk))

    readers = {name for name, actor in cast.people.items() if inbox(actor).exists()}
    assert readers == {"personnel_officer"}


def test_a_secretariats_notice_reaches_the_secretariat_of_the_group(reachable: Cast) -> None:
    sent(secretariat(reachable.consortium.pk))

    readers = {name for name, actor in reachable.people.items() if inbox(actor).exists()}
    assert readers == {"secretary"}
    assert letters() == ["secretary"]


def test_a_persons_notice_is_theirs_alone(reachable: Cast) -> None:
    assert reachable.teacher.user_id is not None
    sent(person(reachable.teacher.user_id))

    readers = {name for name, actor in reachable.people.items() if inbox(actor).exists()}
    assert readers == {"teacher"}
    assert letters() == ["teacher"]


def test_the_same_key_twice_is_one_notice_with_one_letter(reachable: Cast) -> None:
    first = sent(organisation(reachable.college.pk))
    second = sent(organisation(reachable.college.pk))

    assert first == second
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 1)


def test_letters_go_to_who_acts_and_not_to_other_staff_or_students(reachable: Cast) -> None:
    sent(organisation(reachable.college.pk))

    assert letters() == ["dean"]


def test_a_named_contact_gets_the_letter_instead_and_the_second_only_when_asked(reachable: Cast) -> None:
    first = Contact.objects.create(organisation=reachable.college, place=1, name="陶敏之", email="a@example.org")
    second = Contact.objects.create(organisation=reachable.college, place=2, name="方砚秋", email="b@example.org")

    sent(organisation(reachable.college.pk))
    assert list(Delivery.objects.values_list("contact", "person")) == [(first.pk, None)]
    sent(organisation(reachable.college.pk, contact=2), key="2")
    assert list(Delivery.objects.filter(notice__key="2").values_list("contact", flat=True)) == [second.pk]


@pytest.mark.parametrize(
    ("rhythm", "at", "due"),
    [
        ("at_once", datetime(2026, 10, 12, 2, 0, tzinfo=UTC), datetime(2026, 10, 12, 2, 0, tzinfo=UTC)),
        ("at_once", datetime(2026, 10, 12, 14, 0, tzinfo=UTC), datetime(2026, 10, 12, 23, 30, tzinfo=UTC)),
        ("daily", datetime(2026, 10, 12, 2, 0, tzinfo=UTC), datetime(2026, 10, 13, 0, 30, tzinfo=UTC)),
        ("weekly", datetime(2026, 10, 13, 2, 0, tzinfo=UTC), datetime(2026, 10, 19, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_letter_falls_due_by_its_readers_wish_and_never_at_night(
    reachable: Cast, rhythm: str, at: datetime, due: datetime
) -> None:
    Preference.objects.create(person_id=reachable.dean.user_id, rhythm=rhythm)

    sent(organisation(reachable.college.pk), now=at)

    assert Delivery.objects.get().due_at == due


def test_who_wants_no_letters_still_finds_the_notice(reachable: Cast) -> None:
    Preference.objects.create(person_id=reachable.dean.user_id, rhythm="never")

    sent(organisation(reachable.college.pk))

    assert not Delivery.objects.exists()
    assert unread_count(reachable.dean) == 1


def test_a_notice_is_read_by_the_first_of_the_office_who_opens_it(cast: Cast) -> None:
    notice = sent(organisation(cast.college.pk))

    read_notice(actor=cast.dean, pk=notice.pk, now=NOW)

    notice.refresh_from_db()
    assert (notice.read_at, notice.read_by, unread_count(cast.dean)) == (NOW, "方砚秋", 0)


def test_somebody_elses_notice_cannot_be_read(cast: Cast) -> None:
    notice = sent(organisation(cast.college.pk))

    for actor in (cast.stranger, cast.student, cast.personnel_officer, cast.administrator):
        with pytest.raises(ChanjiaoError, match=r"record\.not_found"):
            read_notice(actor=actor, pk=notice.pk, now=NOW)

    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_can_be_read_at_once(cast: Cast) -> None:
    for number in range(3):
        sent(organisation(cast.college.pk), key=str(number))
    sent(organisation(cast.enterprise.pk), key="other")

    assert read_all(actor=cast.dean, now=NOW) == 3
    assert unread_count(cast.personnel_officer) == 1


def test_what_is_answered_is_settled_and_its_letters_are_dropped(reachable: Cast) -> None:
    body = reachable.college
    notice = sent(organisation(body.pk), about=body, deadline=NOW + timedelta(days=3))

    assert inbox(reachable.dean, Filters(waiting=True)).count() == 1
    assert settle_notices(about=body, now=NOW) == 1

    notice.refresh_from_db()
    assert (notice.settled_at, inbox(reachable.dean, Filters(waiting=True)).count()) == (NOW, 0)
    assert Delivery.objects.get().state == "dropped"


def test_a_notice_of_no_known_kind_is_refused(cast: Cast) -> None:
    with pytest.raises(KeyError):
        send_notice(actor=SYSTEM, to=organisation(cast.college.pk), kind="no.such", key="1", now=NOW)

    assert not Notice.objects.exists()


def test_a_notice_that_lacks_a_word_of_its_kind_is_refused_and_an_old_one_reads_with_a_dash(cast: Cast) -> None:
    with pytest.raises(KeyError, match="other"):
        send_notice(actor=SYSTEM, to=organisation(cast.college.pk), kind="match.offered", key="1", now=NOW)

    assert not Notice.objects.exists()
    assert sentence("match.offered", {"own": "焊工"}, "en") == "– fits “焊工”: –"


def test_nobody_has_an_inbox(cast: Cast) -> None:
    assert not inbox(Actor()).exists()


def test_a_letter_reads_in_its_readers_language_and_holds_a_link_and_the_last_word_on_each_question(
    reachable: Cast,
) -> None:
    need(reachable)
    offer(reachable)
    run_matching(actor=SYSTEM, now=NOW)
    ask_for_replies(actor=SYSTEM, now=NOW)
    follow_silent(actor=SYSTEM, now=NOW + timedelta(days=5))
    User.objects.filter(username="dean").update(language="en")
    letters = {}
    while (letter := next_letter(NOW + timedelta(days=5))) is not None:
        assert letter.person is not None
        letters[letter.person.username] = mail_of(letter)

    english, chinese = letters["dean"], letters["personnel"]
    assert len(letters) == 2
    assert english.subject == "青浦川恒锐机械有限公司 still waits for your answer on “焊接专业实习生 30 人”: 焊工 12 人"
    assert "仍在等贵方" in chinese.subject
    for mail in (english, chinese):
        html = mail.alternatives[0][0]
        assert mail.body.count("/notices/answer/") == str(html).count("/notices/answer/") == 1
        assert mail.extra_headers["Message-ID"].startswith("<letter-")
