"""Who acts for an organisation."""

from __future__ import annotations

import pytest

from chanjiao.apps.accounts.models import User
from chanjiao.apps.members import selectors
from chanjiao.apps.members.actions.add_staff import add_staff
from chanjiao.apps.members.actions.end_staff import end_staff
from chanjiao.apps.members.models import Staff
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from tests.cast import NOW, TODAY, Cast


@pytest.fixture
def newcomer(cast: Cast) -> User:
    return User.objects.create(username="newcomer", full_name="尤佳")


def test_an_officer_adds_a_colleague_who_can_then_act(cast: Cast, newcomer: User) -> None:
    add_staff(
        actor=cast.personnel_officer,
        organisation_id=cast.enterprise.pk,
        username="newcomer",
        role="officer",
        title="人事专员",
        now=NOW,
    )

    assert selectors.actor_for(newcomer).acts_for(cast.enterprise.pk)
    assert Event.objects.filter(name="staff.added", organisation_id=cast.enterprise.pk).exists()


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "teacher", "dean", "bureau_officer", "secretary"])
def test_others_add_nobody_to_an_organisation_that_has_an_officer(cast: Cast, newcomer: User, who: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        add_staff(
            actor=cast.people[who], organisation_id=cast.enterprise.pk, username="newcomer", role="member", now=NOW
        )

    assert refusal.value.code == "action.denied"
    assert not Staff.objects.filter(user=newcomer).exists()


def test_an_officer_gives_no_secretariat_rights(cast: Cast, newcomer: User) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        add_staff(actor=cast.dean, organisation_id=cast.college.pk, username="newcomer", role="secretariat", now=NOW)

    assert refusal.value.code == "action.denied"


@pytest.mark.parametrize(
    ("username", "role", "code"),
    [
        ("nobody-here", "member", "staff.unknown_person"),
        ("personnel", "member", "staff.exists"),
        ("newcomer", "guidance", "staff.role_unfit"),
    ],
)
def test_a_post_that_cannot_be_is_refused(cast: Cast, newcomer: User, username: str, role: str, code: str) -> None:
    before = Staff.objects.count()

    with pytest.raises(ChanjiaoError) as refusal:
        add_staff(
            actor=cast.personnel_officer, organisation_id=cast.enterprise.pk, username=username, role=role, now=NOW
        )

    assert refusal.value.code == code
    assert Staff.objects.count() == before


def test_who_has_left_acts_no_more(cast: Cast, newcomer: User) -> None:
    post = add_staff(
        actor=cast.personnel_officer, organisation_id=cast.enterprise.pk, username="newcomer", role="officer", now=NOW
    )

    ended = end_staff(actor=cast.personnel_officer, staff_id=post.pk, now=NOW)

    assert ended.ended_on == TODAY
    assert not selectors.actor_for(newcomer).acts_for(cast.enterprise.pk)


def test_the_last_officer_stays(cast: Cast) -> None:
    post = Staff.objects.get(user_id=cast.personnel_officer.user_id)

    with pytest.raises(ChanjiaoError) as refusal:
        end_staff(actor=cast.personnel_officer, staff_id=post.pk, now=NOW)

    assert refusal.value.code == "staff.last_officer"
    assert Staff.objects.get(pk=post.pk).ended_on is None


def test_a_foreign_post_is_not_found(cast: Cast) -> None:
    post = Staff.objects.get(user_id=cast.personnel_officer.user_id)

    with pytest.raises(ChanjiaoError) as refusal:
        end_staff(actor=cast.stranger, staff_id=post.pk, now=NOW)

    assert refusal.value.code == "record.not_found"


def test_staff_are_seen_by_their_own_people_and_the_secretariat(cast: Cast) -> None:
    seen = {name for name, actor in cast.people.items() if selectors.staff_of(actor, cast.enterprise).exists()}

    assert seen == {"personnel_officer", "secretary", "administrator"}
