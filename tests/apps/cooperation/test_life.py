"""After signing: amendments, renewals, the end; and what each reader sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chanjiao.apps.cooperation import selectors
from chanjiao.apps.cooperation.actions.amend_agreement import amend_agreement
from chanjiao.apps.cooperation.actions.discard_draft import discard_draft
from chanjiao.apps.cooperation.actions.draft_agreement import draft_agreement
from chanjiao.apps.cooperation.actions.end_agreement import end_agreement, end_due
from chanjiao.apps.cooperation.actions.propose_agreement import propose_agreement
from chanjiao.apps.cooperation.actions.renew_agreement import renew_agreement
from chanjiao.apps.cooperation.models import Agreement, AgreementVersion, EndReason
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.models import Match, MatchRun
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from tests.apps.cooperation import samples
from tests.apps.exchange import samples as listings
from tests.cast import NOW, Cast, join, organisation


def accepted_match(cast: Cast) -> Match:
    """Twelve welders wanted, a class of thirty: accepted by both."""
    run = MatchRun.objects.create(
        engine="test", engine_version="1", problem_hash="0" * 64, needs_count=1, offers_count=1, pairs_count=1,
        seconds=0.1, ran_at=NOW,
    )  # fmt: skip
    found = Match.objects.create(
        run=run, need=listings.need(cast), offer=listings.offer(cast), rank=1, score=0.8, reasons=[], proposed_at=NOW
    )
    for side, actor in ((Side.NEED, cast.personnel_officer), (Side.OFFER, cast.dean)):
        found = accept_match(actor=actor, pk=found.pk, side=side, now=NOW)
    return found


def test_an_accepted_match_fills_a_draft_in(cast: Cast) -> None:
    match = accepted_match(cast)

    agreement = draft_agreement(
        actor=cast.personnel_officer,
        kind="internship",
        organisation_id=cast.enterprise.pk,
        consortium_id=cast.consortium.pk,
        match_id=match.pk,
        now=NOW,
    )

    told = samples.content(agreement)
    assert told.title == "焊工 12 人 · 岗位实习"
    assert (told.starts_on, told.ends_on) == (date(2027, 3, 1), date(2027, 8, 31))
    assert dict(told.fields) == {
        "interns": 12, "post": "焊工 12 人", "staff": 420, "post_interns": 12, "pay": 4500, "teacher": "陶老师",
    }  # fmt: skip
    assert [(one.role, one.organisation_id) for one in told.parties] == [
        ("school", cast.college.pk),
        ("enterprise", cast.enterprise.pk),
    ]


def test_a_match_that_is_not_accepted_makes_no_agreement(cast: Cast) -> None:
    match = accepted_match(cast)
    Match.objects.update(state="proposed")

    with pytest.raises(ChanjiaoError) as refused:
        draft_agreement(
            actor=cast.dean,
            kind="internship",
            organisation_id=cast.college.pk,
            consortium_id=cast.consortium.pk,
            match_id=match.pk,
            now=NOW,
        )

    assert refused.value.code == "agreement.match_not_accepted"
    assert not Agreement.objects.exists()


def test_an_amendment_is_a_new_version_and_both_are_kept(cast: Cast) -> None:
    agreement = samples.in_force(cast)
    first = agreement.versions.get()
    amend_agreement(actor=cast.personnel_officer, pk=agreement.pk, reason="增加十人", now=NOW)
    agreement.refresh_from_db()
    draft = agreement.versions.get(state="draft")
    draft.fields = {**draft.fields, "students": 40}
    draft.save()

    propose_agreement(actor=cast.personnel_officer, pk=agreement.pk, version=agreement.version, now=NOW)
    signed = samples.sign_all(cast, agreement)

    assert signed.state == "in_force"
    kept = AgreementVersion.objects.order_by("number").values_list("number", "state", "fields__students")
    assert list(kept) == [(1, "superseded", 30), (2, "in_force", 40)]
    assert AgreementVersion.objects.get(number=1).text == first.text
    assert {one.amount for one in Event.objects.filter(name="agreement.amended")} == {Decimal(40)}


def test_an_agreement_stays_in_force_while_its_amendment_waits_or_is_discarded(cast: Cast) -> None:
    agreement = samples.in_force(cast)
    amend_agreement(actor=cast.dean, pk=agreement.pk, reason="改期", now=NOW)
    agreement.refresh_from_db()

    discarded = discard_draft(actor=cast.dean, pk=agreement.pk, version=agreement.version, now=NOW)

    assert discarded.state == "in_force"
    assert [one.number for one in discarded.versions.all()] == [1]


def test_a_counter_proposal_replaces_what_waited_and_earlier_signatures_stay_with_their_version(cast: Cast) -> None:
    agreement = samples.proposed(cast)
    samples.sign(cast.dean, agreement)
    amend_agreement(actor=cast.personnel_officer, pk=agreement.pk, reason="待遇", now=NOW)
    agreement.refresh_from_db()

    propose_agreement(actor=cast.personnel_officer, pk=agreement.pk, version=agreement.version, now=NOW)

    states = list(AgreementVersion.objects.order_by("number").values_list("number", "state"))
    assert states == [(1, "superseded"), (2, "proposed")]
    assert samples.waiting(agreement).parties.first().signatories.get().signed_at is None
    assert samples.sign_all(cast, agreement).current.number == 2


def test_a_renewal_begins_the_day_after_and_the_old_one_is_renewed_when_its_term_is_over(cast: Cast) -> None:
    old = samples.in_force(cast)
    renewal = renew_agreement(actor=cast.dean, pk=old.pk, now=NOW)
    assert (renewal.current.starts_on, renewal.current.ends_on) == (date(2028, 7, 1), date(2030, 2, 28))

    propose_agreement(actor=cast.dean, pk=renewal.pk, version=renewal.version, now=NOW)
    samples.sign_all(cast, renewal)

    old.refresh_from_db()
    assert old.state == "in_force"
    assert Event.objects.filter(name="agreement.renewed", object_id=old.pk).count() == 2
    assert end_due(actor=cast.system, now=NOW + timedelta(days=365 * 2)) == 1
    old.refresh_from_db()
    assert old.state == "renewed"


def test_a_renewal_is_begun_once(cast: Cast) -> None:
    old = samples.in_force(cast)
    renew_agreement(actor=cast.dean, pk=old.pk, now=NOW)

    with pytest.raises(ChanjiaoError) as refused:
        renew_agreement(actor=cast.personnel_officer, pk=old.pk, now=NOW)

    assert refused.value.code == "agreement.renewal_begun"
    assert Agreement.objects.count() == 2


def test_a_term_that_overlaps_another_between_the_same_parties_must_be_meant(cast: Cast) -> None:
    first = samples.in_force(cast)
    second = samples.drafted(cast, starts_on=date(2028, 6, 30), ends_on=date(2029, 6, 30))

    with pytest.raises(Rejected) as refused:
        propose_agreement(actor=cast.dean, pk=second.pk, version=second.version, now=NOW)

    assert (refused.value.code, refused.value.params) == ("agreement.overlaps", {"numbers": first.number})
    second.refresh_from_db()
    assert second.state == "draft"
    meant = samples.edited(cast, second, replace(samples.content(second), overlap_meant=True))
    assert propose_agreement(actor=cast.dean, pk=meant.pk, version=meant.version, now=NOW).state == "proposed"


def test_interns_of_other_agreements_count_against_the_share_of_the_staff(cast: Cast) -> None:
    many = (*samples.INTERNSHIP, ("interns", 30))
    samples.in_force(cast, "internship", fields=tuple(dict(many).items()))
    second = samples.drafted(cast, "internship", overlap_meant=True)

    samples.edited(cast, second, replace(samples.content(second), fields=tuple(dict(many).items())))
    second.refresh_from_db()
    with pytest.raises(Rejected) as refused:
        propose_agreement(actor=cast.dean, pk=second.pk, version=second.version, now=NOW)

    assert [one.code for one in refused.value.errors] == ["agreement.breaks_rule"]
    assert "10%" in refused.value.params["rule"]
    assert "教职成〔2021〕4号" in refused.value.params["source"]


def test_an_agreement_ends_for_a_reason_and_a_waiting_amendment_with_it(cast: Cast) -> None:
    agreement = samples.in_force(cast)
    amend_agreement(actor=cast.dean, pk=agreement.pk, reason="改期", now=NOW)
    agreement.refresh_from_db()

    ended = end_agreement(
        actor=cast.dean, pk=agreement.pk, version=agreement.version, reason=EndReason.AGREED, note="转入集团", now=NOW
    )

    assert (ended.state, ended.end_reason, ended.note) == ("ended", "agreed", "转入集团")
    assert AgreementVersion.objects.get(number=2).state == "withdrawn"
    assert Event.objects.filter(name="agreement.ended").count() == 2


def test_a_stale_form_changes_nothing(cast: Cast) -> None:
    agreement = samples.in_force(cast)

    with pytest.raises(ChanjiaoError) as refused:
        end_agreement(actor=cast.dean, pk=agreement.pk, version=1, reason=EndReason.AGREED, now=NOW)

    assert refused.value.code == "record.stale"
    assert Agreement.objects.get().state == "in_force"


def test_a_draft_is_seen_by_its_writer_alone(cast: Cast) -> None:
    agreement = samples.drafted(cast)

    seeing = {name for name, actor in cast.people.items() if selectors.agreements(actor).count()}

    assert seeing == {"dean", "teacher", "administrator"}
    with pytest.raises(ChanjiaoError) as refused:
        selectors.agreement(cast.personnel_officer, agreement.pk)
    assert refused.value.code == "record.not_found"


def test_parties_and_the_secretariat_see_what_was_proposed_and_nobody_else(cast: Cast) -> None:
    samples.proposed(cast)

    seeing = {name for name, actor in cast.people.items() if selectors.agreements(actor).count()}

    assert seeing == {"dean", "teacher", "personnel_officer", "secretary", "administrator"}


def test_money_and_confidential_clauses_open_to_the_secretariat_where_the_parties_agreed(cast: Cast) -> None:
    closed = samples.in_force(cast)
    shared = samples.in_force(cast, shares_money=True, overlap_meant=True)

    kept, open_ = (selectors.agreement(cast.secretary, one.pk) for one in (closed, shared))

    assert (kept.amount, kept.has_text, "wage" in kept.fields) == (None, False, False)
    assert (open_.amount, open_.has_text, "wage" in open_.fields) == (Decimal("120000"), True, True)
    with pytest.raises(ChanjiaoError) as refused:
        selectors.exact_text(cast.secretary, closed.pk, 1)
    assert refused.value.code == "record.not_found"
    assert selectors.exact_text(cast.dean, closed.pk, 1).text.startswith("订单班")


def test_money_that_the_parties_keep_is_not_in_the_events(cast: Cast) -> None:
    fields = (("topic", "主轴温升"),)
    for shares in (False, True):
        samples.in_force(cast, "joint_rd", fields=fields, shares_money=shares, overlap_meant=True)

    amounts = {one.object_name: one.amount for one in Event.objects.filter(name="agreement.in_force").order_by("pk")}
    told = Event.objects.filter(name="agreement.in_force").order_by("pk").values_list("amount", flat=True)
    assert list(told) == [None, None, Decimal("120000"), Decimal("120000")]
    assert len(amounts) == 1


def test_a_list_of_agreements_costs_the_same_queries_however_long(
    cast: Cast, django_assert_num_queries: object
) -> None:
    for _number in range(3):
        samples.proposed(cast, overlap_meant=True)

    with django_assert_num_queries(4):  # type: ignore[operator]
        rows = list(selectors.agreements(cast.personnel_officer)[:25])

    assert [one.waits_for_me for one in rows] == [True, True, True]


def test_another_is_drafted_like_an_earlier_one_with_another_partner_and_its_term_moved_on(cast: Cast) -> None:
    earlier = samples.in_force(cast)
    assert earlier.current is not None
    new_firm = organisation("青浦川新联电子有限公司", "enterprise")
    join(cast.consortium, new_firm)
    later = NOW + timedelta(days=800)

    made = draft_agreement(
        actor=cast.dean, kind="order_class", organisation_id=cast.college.pk, consortium_id=cast.consortium.pk,
        partner_ids=[new_firm.pk], like_id=earlier.pk, now=later,
    )  # fmt: skip

    draft = made.versions.get()
    assert [party.organisation for party in draft.parties.all()] == [cast.college, new_firm]
    assert (draft.state, draft.fields, draft.clauses) == ("draft", earlier.current.fields, earlier.current.clauses)
    assert (draft.amount, draft.title) == (earlier.current.amount, earlier.current.title)
    assert (str(draft.starts_on), str(draft.ends_on)) == ("2029-11-01", "2031-06-30")
    assert [one.id for one in selectors.repeatable(cast.dean)] == [earlier.pk]
    assert selectors.repeatable(cast.stranger) == []


def test_an_agreement_of_another_kind_or_of_others_is_no_model(cast: Cast) -> None:
    earlier = samples.in_force(cast)

    for like_id, code in ((earlier.pk, "agreement.like_unfit"), (10**6, "record.not_found")):
        with pytest.raises(ChanjiaoError) as refused:
            draft_agreement(
                actor=cast.dean, organisation_id=cast.college.pk, consortium_id=cast.consortium.pk, kind="donation",
                like_id=like_id, now=NOW,
            )  # fmt: skip
        assert refused.value.code == code
    assert Agreement.objects.count() == 1
