"""Applying, reviewing, renewing, leaving, expiring."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chanjiao.apps.members import selectors
from chanjiao.apps.members.actions.apply_for_membership import apply_for_membership
from chanjiao.apps.members.actions.enrol_members import enrol_members
from chanjiao.apps.members.actions.expire_memberships import expire_memberships
from chanjiao.apps.members.actions.leave_consortium import leave_consortium
from chanjiao.apps.members.actions.renew_membership import renew_membership
from chanjiao.apps.members.actions.review_membership import review_membership
from chanjiao.apps.members.models import Membership
from chanjiao.apps.members.values import MembershipFacts
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import SYSTEM, Actor
from tests.cast import NOW, TODAY, Cast, join


def applied(cast: Cast, actor: Actor | None = None) -> Membership:
    return apply_for_membership(
        actor=actor or cast.stranger,
        organisation_id=cast.outsider.pk,
        consortium_id=cast.consortium.pk,
        reason="提供实习岗位",
        now=NOW,
    )


def test_an_application_waits_for_the_secretariat(cast: Cast) -> None:
    membership = applied(cast)

    assert membership.state == "applied"
    assert list(selectors.awaiting_review(cast.secretary)) == [membership]
    event = Event.objects.get(name="member.applied")
    assert (event.organisation_id, event.consortium_id) == (cast.outsider.pk, cast.consortium.pk)


@pytest.mark.parametrize("who", ["nobody", "student", "teacher", "dean", "personnel_officer", "bureau_officer"])
def test_others_do_not_apply_for_an_organisation(cast: Cast, who: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        applied(cast, cast.people[who])

    assert refusal.value.code == "action.denied"
    assert not Membership.objects.filter(organisation=cast.outsider).exists()


def test_a_second_application_is_refused(cast: Cast) -> None:
    applied(cast)

    with pytest.raises(ChanjiaoError) as refusal:
        applied(cast)

    assert refusal.value.code == "membership.exists"
    assert Membership.objects.filter(organisation=cast.outsider).count() == 1


def test_an_applicant_does_not_ask_for_the_lead(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        apply_for_membership(
            actor=cast.stranger,
            organisation_id=cast.outsider.pk,
            consortium_id=cast.consortium.pk,
            role="lead_enterprise",
            now=NOW,
        )

    assert refusal.value.code == "membership.role_given"


def test_an_application_is_seen_by_its_own_people_and_the_secretariat_only(cast: Cast) -> None:
    membership = applied(cast)

    seen = {name for name, actor in cast.people.items() if membership in selectors.memberships(actor)}
    assert seen == {"stranger", "secretary", "administrator"}


def test_an_approved_applicant_is_a_member_for_five_years(cast: Cast) -> None:
    membership = applied(cast)

    review_membership(actor=cast.secretary, membership_id=membership.pk, version=1, approve=True, now=NOW)

    membership.refresh_from_db()
    assert (membership.state, membership.starts_on, membership.ends_on) == (
        "active",
        date(2026, 10, 12),
        date(2031, 10, 11),
    )
    assert Event.objects.filter(name="member.joined", organisation_id=cast.outsider.pk).exists()


def test_declining_needs_a_reason(cast: Cast) -> None:
    membership = applied(cast)

    with pytest.raises(ChanjiaoError) as refusal:
        review_membership(
            actor=cast.secretary, membership_id=membership.pk, version=1, approve=False, reason=" ", now=NOW
        )

    assert (refusal.value.code, refusal.value.field) == ("field.required", "reason")
    assert Membership.objects.get(pk=membership.pk).state == "applied"


def test_a_declined_applicant_reads_why_and_may_apply_again(cast: Cast) -> None:
    membership = applied(cast)
    review_membership(
        actor=cast.secretary, membership_id=membership.pk, version=1, approve=False, reason="材料不全", now=NOW
    )

    assert selectors.membership(cast.stranger, membership.pk).reason == "材料不全"
    assert applied(cast).state == "applied"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("nobody", "record.not_found"),
        ("student", "record.not_found"),
        ("dean", "record.not_found"),
        ("bureau_officer", "record.not_found"),
        ("stranger", "action.denied"),
    ],
)
def test_only_the_secretariat_decides(cast: Cast, who: str, code: str) -> None:
    membership = applied(cast)

    with pytest.raises(ChanjiaoError) as refusal:
        review_membership(actor=cast.people[who], membership_id=membership.pk, version=1, approve=True, now=NOW)

    assert refusal.value.code == code
    assert Membership.objects.get(pk=membership.pk).state == "applied"


def test_deciding_twice_is_refused(cast: Cast) -> None:
    membership = applied(cast)
    review_membership(actor=cast.secretary, membership_id=membership.pk, version=1, approve=True, now=NOW)

    with pytest.raises(ChanjiaoError) as refusal:
        review_membership(
            actor=cast.secretary, membership_id=membership.pk, version=1, approve=False, reason="晚了", now=NOW
        )

    assert refusal.value.code == "state.refused"
    assert Event.objects.filter(name="member.declined").count() == 0


def test_a_reversed_term_is_refused(cast: Cast) -> None:
    membership = applied(cast)

    with pytest.raises(ChanjiaoError) as refusal:
        review_membership(
            actor=cast.secretary,
            membership_id=membership.pk,
            version=1,
            approve=True,
            starts_on=TODAY,
            ends_on=TODAY - timedelta(days=1),
            now=NOW,
        )

    assert refusal.value.code == "term.reversed"


def test_a_renewal_moves_the_end_forward_only(cast: Cast) -> None:
    membership = join(cast.consortium, cast.outsider, ends_on=date(2027, 1, 1))

    with pytest.raises(ChanjiaoError) as refusal:
        renew_membership(
            actor=cast.secretary, membership_id=membership.pk, version=1, ends_on=date(2026, 12, 1), now=NOW
        )
    renew_membership(actor=cast.secretary, membership_id=membership.pk, version=1, ends_on=date(2029, 1, 1), now=NOW)

    assert refusal.value.code == "term.not_later"
    assert Membership.objects.get(pk=membership.pk).ends_on == date(2029, 1, 1)
    assert Event.objects.filter(name="member.renewed").count() == 1


def test_a_member_leaves_with_a_reason(cast: Cast) -> None:
    membership = join(cast.consortium, cast.outsider, starts_on=date(2026, 1, 1))

    leave_consortium(actor=cast.stranger, membership_id=membership.pk, version=1, reason="业务调整", now=NOW)

    membership.refresh_from_db()
    assert (membership.state, membership.ends_on, membership.reason) == ("left", TODAY, "业务调整")
    assert Event.objects.get(name="member.left").note == "业务调整"


def test_an_applicant_takes_the_application_back(cast: Cast) -> None:
    membership = applied(cast)

    leave_consortium(actor=cast.stranger, membership_id=membership.pk, version=1, reason="撤回", now=NOW)

    assert list(selectors.awaiting_review(cast.secretary)) == []


def test_the_last_lead_stays(cast: Cast) -> None:
    lead = Membership.objects.get(organisation=cast.college, role="lead_school")

    with pytest.raises(ChanjiaoError) as refusal:
        leave_consortium(actor=cast.dean, membership_id=lead.pk, version=1, reason="退出", now=NOW)

    assert refusal.value.code == "membership.lead_stays"
    assert Membership.objects.get(pk=lead.pk).state == "active"


@pytest.mark.parametrize("who", ["nobody", "student", "teacher", "dean", "bureau_officer"])
def test_others_end_no_membership(cast: Cast, who: str) -> None:
    membership = join(cast.consortium, cast.outsider)

    with pytest.raises(ChanjiaoError) as refusal:
        leave_consortium(actor=cast.people[who], membership_id=membership.pk, version=1, reason="退出", now=NOW)

    assert refusal.value.code == "action.denied"


def test_a_term_that_is_over_ends_the_membership(cast: Cast) -> None:
    over = join(cast.consortium, cast.outsider, ends_on=TODAY - timedelta(days=1))

    ended = expire_memberships(actor=SYSTEM, now=NOW)

    assert (ended, Membership.objects.get(pk=over.pk).state) == (1, "expired")


def test_a_plain_member_who_is_given_a_role_keeps_one_membership(cast: Cast) -> None:
    join(cast.consortium, cast.outsider)
    told = MembershipFacts(
        consortium=cast.consortium.organisation.name,
        organisation=cast.outsider.name,
        role="council_member",
        office="standing",
    )

    enrol_members(actor=SYSTEM, told=[told, told], now=NOW)

    only = Membership.objects.get(organisation=cast.outsider)
    assert (only.role, only.office) == ("council_member", "standing")


def test_an_unknown_name_enrols_nobody(cast: Cast) -> None:
    known = MembershipFacts(consortium=cast.consortium.organisation.name, organisation=cast.outsider.name)
    unknown = MembershipFacts(consortium=cast.consortium.organisation.name, organisation="不存在的单位")

    with pytest.raises(ChanjiaoError) as refusal:
        enrol_members(actor=SYSTEM, told=[known, unknown], now=NOW)

    assert refusal.value.code == "organisation.unknown"
    assert not Membership.objects.filter(organisation=cast.outsider).exists()
