"""From a draft to an agreement in force: what is fixed, who signs, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chanjiao.apps.cooperation.actions.decline_agreement import decline_agreement
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.actions.name_signatories import name_signatories
from chanjiao.apps.cooperation.actions.propose_agreement import propose_agreement
from chanjiao.apps.cooperation.actions.remind_unsigned import remind_unsigned
from chanjiao.apps.cooperation.actions.sign_agreement import sign_agreement
from chanjiao.apps.cooperation.models import Agreement, AgreementVersion, Signatory
from chanjiao.apps.cooperation.text import sha256_of
from chanjiao.apps.notices.models import Notice
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from tests.apps.cooperation import samples
from tests.cast import NOW, PASSWORD, Cast


def test_a_proposed_agreement_has_a_text_with_its_fingerprint(cast: Cast) -> None:
    version = samples.waiting(samples.proposed(cast))

    assert version.text.splitlines()[:2] == ["订单班", "编号：A-2026-0001　第1版"]
    assert "甲方（学校）：青浦川职业技术学院" in version.text
    assert "班级人数：30人" in version.text
    assert "自2026年11月1日起至2028年6月30日止。" in version.text
    assert version.text_sha256 == sha256_of(version.text)


def test_the_last_signature_puts_it_in_force_and_tells_of_it_for_every_party(cast: Cast) -> None:
    agreement = samples.proposed(cast)

    half_signed = samples.sign(cast.dean, agreement)
    assert half_signed.state == "proposed"
    signed = samples.sign(cast.personnel_officer, agreement)

    assert signed.state == "in_force"
    told = Event.objects.filter(name="agreement.in_force").order_by("organisation_id")
    assert [(one.organisation_name, one.amount, one.unit) for one in told] == [
        ("青浦川职业技术学院", 30, "人"),
        ("青浦川恒锐机械有限公司", 30, "人"),
    ]


def test_a_signature_keeps_who_when_and_the_fingerprint_of_the_text(cast: Cast) -> None:
    agreement = samples.in_force(cast)

    version = AgreementVersion.objects.get(agreement=agreement)
    for one in Signatory.objects.all():
        assert (one.signed_at, one.text_sha256) == (NOW, version.text_sha256)


@pytest.mark.parametrize("person", ["teacher", "stranger", "secretary", "bureau_officer", "administrator"])
def test_only_somebody_named_signs(cast: Cast, person: str) -> None:
    agreement = samples.proposed(cast)

    with pytest.raises(ChanjiaoError) as refused:
        samples.sign(cast.people[person], agreement)

    hidden = {"stranger", "bureau_officer"}
    assert refused.value.code == ("record.not_found" if person in hidden else "action.denied")
    assert not Signatory.objects.filter(signed_at__isnull=False).exists()


def test_a_wrong_password_signs_nothing(cast: Cast) -> None:
    agreement = samples.proposed(cast)

    with pytest.raises(Rejected) as refused:
        sign_agreement(
            actor=cast.dean,
            pk=agreement.pk,
            text_sha256=samples.waiting(agreement).text_sha256,
            confirmation="guess",
            now=NOW,
        )

    assert refused.value.code == "signatory.not_confirmed"
    assert not Signatory.objects.filter(signed_at__isnull=False).exists()


def test_another_text_than_the_one_read_is_not_signed(cast: Cast) -> None:
    agreement = samples.proposed(cast)

    with pytest.raises(ChanjiaoError) as refused:
        sign_agreement(actor=cast.dean, pk=agreement.pk, text_sha256="0" * 64, confirmation=PASSWORD, now=NOW)

    assert refused.value.code == "record.stale"
    assert not Signatory.objects.filter(signed_at__isnull=False).exists()


def test_nobody_signs_twice(cast: Cast) -> None:
    agreement = samples.proposed(cast)
    samples.sign(cast.dean, agreement)

    with pytest.raises(ChanjiaoError) as refused:
        samples.sign(cast.dean, agreement)

    assert refused.value.code == "action.denied"
    assert Signatory.objects.filter(signed_at__isnull=False).count() == 1


def test_a_signatory_is_of_the_party(cast: Cast) -> None:
    agreement = samples.proposed(cast)
    party = samples.waiting(agreement).parties.get(organisation=cast.college)

    with pytest.raises(Rejected) as refused:
        name_signatories(
            actor=cast.dean,
            pk=agreement.pk,
            party_id=party.pk,
            user_ids=[cast.personnel_officer.user_id or 0],
            now=NOW,
        )

    assert refused.value.code == "signatory.not_of_party"
    assert [one.name for one in party.signatories.all()] == ["方砚秋"]


def test_a_signatory_who_has_left_the_party_does_not_sign(cast: Cast) -> None:
    agreement = samples.proposed(cast)
    cast.college.staff.filter(user_id=cast.dean.user_id).update(ended_on=date(2026, 10, 1))

    with pytest.raises(ChanjiaoError) as refused:
        samples.sign(cast.dean, agreement)

    assert refused.value.code == "signatory.not_of_party"
    assert not Signatory.objects.filter(signed_at__isnull=False).exists()


def test_two_signatories_of_one_party_both_sign(cast: Cast) -> None:
    agreement = samples.proposed(cast)
    party = samples.waiting(agreement).parties.get(organisation=cast.college)
    both = [cast.dean.user_id or 0, cast.teacher.user_id or 0]
    name_signatories(actor=cast.dean, pk=agreement.pk, party_id=party.pk, user_ids=both, now=NOW)

    samples.sign(cast.dean, agreement)
    assert samples.sign(cast.personnel_officer, agreement).state == "proposed"

    assert samples.sign(cast.teacher, agreement).state == "in_force"


def test_who_signs_is_not_changed_once_somebody_of_the_party_has(cast: Cast) -> None:
    agreement = samples.proposed(cast)
    samples.sign(cast.dean, agreement)

    with pytest.raises(ChanjiaoError) as refused:
        samples.name(cast.dean, agreement)

    assert refused.value.code == "agreement.signing_begun"
    assert Signatory.objects.filter(signed_at__isnull=False).count() == 1


def test_a_partner_does_not_name_the_others_signatories(cast: Cast) -> None:
    agreement = samples.proposed(cast)
    party = samples.waiting(agreement).parties.get(organisation=cast.college)

    with pytest.raises(ChanjiaoError) as refused:
        name_signatories(
            actor=cast.personnel_officer, pk=agreement.pk, party_id=party.pk, user_ids=[cast.dean.user_id or 0], now=NOW
        )

    assert refused.value.code == "action.denied"


def test_a_proposed_text_is_not_edited(cast: Cast) -> None:
    agreement = samples.drafted(cast)
    told = samples.content(agreement)
    agreement = samples.propose(cast, agreement)

    with pytest.raises(ChanjiaoError) as refused:
        edit_agreement(
            actor=cast.dean,
            pk=agreement.pk,
            version=agreement.version,
            content=replace(told, title="改"),
            now=NOW,
        )

    assert refused.value.code == "state.refused"
    assert samples.waiting(agreement).title == "订单班"


def test_a_term_that_is_over_is_not_proposed(cast: Cast) -> None:
    agreement = samples.drafted(cast)
    later = NOW + timedelta(days=365 * 3)

    with pytest.raises(Rejected) as refused:
        propose_agreement(actor=cast.dean, pk=agreement.pk, version=agreement.version, now=later)

    assert (refused.value.code, refused.value.field) == ("listing.past", "ends_on")
    assert Agreement.objects.get().state == "draft"


def test_what_a_draft_lacks_is_told_all_at_once_and_nothing_is_proposed(cast: Cast) -> None:
    agreement = samples.drafted(cast, starts_on=None, fields=(), clauses=())

    with pytest.raises(Rejected) as refused:
        propose_agreement(actor=cast.dean, pk=agreement.pk, version=agreement.version, now=NOW)

    told = {(one.code, one.field) for one in refused.value.errors}
    assert ("listing.required", "starts_on") in told
    assert ("listing.required", "students") in told
    assert ("agreement.clause_missing", "clauses") in told
    assert Agreement.objects.get().state == "draft"


def test_a_declined_proposal_is_not_concluded_and_says_why(cast: Cast) -> None:
    agreement = samples.proposed(cast)

    declined = decline_agreement(
        actor=cast.personnel_officer, pk=agreement.pk, version=agreement.version, reason="待遇需再议", now=NOW
    )

    assert (declined.state, declined.note) == ("withdrawn", "待遇需再议")
    assert Event.objects.filter(name="agreement.declined").count() == 1


def test_three_parties_sign_an_internship(cast: Cast) -> None:
    agreement = samples.in_force(cast, "internship")

    assert agreement.state == "in_force"
    assert Event.objects.filter(name="agreement.in_force").count() == 2


def test_whoever_keeps_a_proposal_waiting_is_reminded_once_a_week(cast: Cast) -> None:
    samples.sign(cast.dean, samples.proposed(cast))

    told = []
    for days in (3, 8, 9, 15, 90):
        remind_unsigned(actor=cast.system, now=NOW + timedelta(days=days))
        told.append(Notice.objects.filter(kind="agreement.unsigned").count())

    assert told == [0, 1, 1, 2, 2]
    assert set(Notice.objects.filter(kind="agreement.unsigned").values_list("person_id", flat=True)) == {
        cast.personnel_officer.user_id
    }
