"""Links that answer: one answer, one addressee, until a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.signing import Signer

from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import Match
from chanjiao.apps.members.models import Staff
from chanjiao.apps.notices.actions.answer_by_link import answer_by_link
from chanjiao.apps.notices.actions.make_link import make_link
from chanjiao.apps.notices.links import SALT, link_view, token_of
from chanjiao.apps.notices.models import AnswerLink, Contact
from chanjiao.apps.notices.purposes import Given
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord
from chanjiao.core.permissions import SYSTEM
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast

ACCEPT = Given("accept")
END = NOW + timedelta(days=14)


@pytest.fixture
def proposed(cast: Cast) -> Match:
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    return Match.objects.get()


@pytest.fixture
def link(cast: Cast, proposed: Match) -> AnswerLink:
    """A link of the college's contact, who has no account."""
    contact = Contact.objects.create(organisation=cast.college, place=1, name="陶敏之", email="a@example.org")
    return make_link(
        purpose="matching.answer", object_id=proposed.pk, organisation_id=cast.college.pk, contact_id=contact.pk,
        expires_at=END, now=NOW,
    )  # fmt: skip


def refusal(token: str, given: Given = ACCEPT, **options: object) -> str:
    with pytest.raises(ChanjiaoError) as refused:
        answer_by_link(token=token, given=given, now=options.get("now", NOW))  # type: ignore[arg-type]
    return refused.value.code


def test_somebody_without_an_account_accepts_in_their_organisations_name(proposed: Match, link: AnswerLink) -> None:
    answer_by_link(token=token_of(link), given=ACCEPT, now=NOW)

    proposed.refresh_from_db()
    link.refresh_from_db()
    record = AuditRecord.objects.get(action="accept_match")
    assert (proposed.state, proposed.offer_accepted_at) == ("accepted_by_one", NOW)
    assert (link.used_at, link.answer) == (NOW, "accept")
    assert (record.actor_name, record.organisation_name) == ("陶敏之", "青浦川职业技术学院")


def test_opening_a_link_changes_nothing(proposed: Match, link: AnswerLink) -> None:
    before = AuditRecord.objects.count()

    view = link_view(token_of(link), now=NOW)

    link.refresh_from_db()
    assert (view.addressee, view.organisation, view.about.settled) == ("陶敏之", "青浦川职业技术学院", "")
    assert (link.used_at, AuditRecord.objects.count()) == (None, before)


def test_a_link_holds_for_one_answer(proposed: Match, link: AnswerLink) -> None:
    answer_by_link(token=token_of(link), given=ACCEPT, now=NOW)

    assert refusal(token_of(link), Given("decline", "pay")) == "link.used"
    proposed.refresh_from_db()
    assert proposed.state == "accepted_by_one"


def test_an_expired_link_is_refused_and_stays_unused(proposed: Match, link: AnswerLink) -> None:
    assert refusal(token_of(link), now=END) == "link.expired"

    proposed.refresh_from_db()
    link.refresh_from_db()
    assert (proposed.state, link.used_at) == ("proposed", None)


@pytest.mark.parametrize("token", ["", "1", "1:", "1:forged", "0:AAAA", "9999999999999999999999", "١:x", "../../etc"])
def test_a_forged_link_is_refused(proposed: Match, link: AnswerLink, token: str) -> None:
    assert refusal(token) == "link.forged"

    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_a_link_signed_for_something_else_or_for_no_row_is_refused(link: AnswerLink) -> None:
    assert refusal(Signer(salt="another").sign(str(link.pk))) == "link.forged"
    assert refusal(Signer(salt=SALT).sign(str(link.pk + 1))) == "link.forged"


def test_the_link_of_somebody_who_has_left_is_refused(cast: Cast, proposed: Match) -> None:
    link = make_link(
        purpose="matching.answer", object_id=proposed.pk, organisation_id=cast.college.pk,
        person_id=cast.dean.user_id, expires_at=END, now=NOW,
    )  # fmt: skip
    Staff.objects.filter(user_id=cast.dean.user_id).update(ended_on=NOW.date())

    assert refusal(token_of(link)) == "link.withdrawn"
    link.refresh_from_db()
    proposed.refresh_from_db()
    assert (link.used_at, proposed.state) == (None, "proposed")


def test_declining_asks_for_a_reason_of_the_list(proposed: Match, link: AnswerLink) -> None:
    assert refusal(token_of(link), Given("decline")) == "link.choose"
    assert refusal(token_of(link), Given("decline", "mood")) == "link.choose"
    answer_by_link(token=token_of(link), given=Given("decline", "place", "太远"), now=NOW)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.decline_reason, proposed.note) == ("declined", "place", "太远")


def test_what_the_action_refuses_leaves_the_link_unused(cast: Cast, proposed: Match, link: AnswerLink) -> None:
    Match.objects.update(state="withdrawn")

    assert refusal(token_of(link)) == "state.refused"
    link.refresh_from_db()
    assert link.used_at is None


def test_asking_twice_for_a_link_gives_the_same_and_prolongs_it(cast: Cast, link: AnswerLink) -> None:
    later = END + timedelta(days=1)

    again = make_link(
        purpose=link.purpose, object_id=link.object_id, organisation_id=cast.college.pk, contact_id=link.contact_id,
        expires_at=later, now=NOW,
    )  # fmt: skip

    assert (again.pk, again.expires_at, token_of(again)) == (link.pk, later, token_of(link))


def test_a_date_can_be_proposed_by_link_and_the_link_still_holds(proposed: Match, link: AnswerLink) -> None:
    note = "到贵公司看一次车间"
    assert refusal(token_of(link), Given("date", note=note)) == "link.day"
    assert refusal(token_of(link), Given("date", note=note, day="2020-01-01")) == "listing.past"
    answer_by_link(token=token_of(link), given=Given("date", note=note, day="2026-12-01"), now=NOW)

    told = proposed.messages.get()
    assert (told.side, str(told.day), told.text, told.author) == ("offer", "2026-12-01", note, "陶敏之")
    answer_by_link(token=token_of(link), given=ACCEPT, now=NOW)
    proposed.refresh_from_db()
    assert proposed.state == "accepted_by_one"
