"""People: who may give out accounts, and what a person may change of themselves."""

from __future__ import annotations

import pytest

from chanjiao.apps.accounts.actions.change_password import change_password
from chanjiao.apps.accounts.actions.edit_profile import edit_profile
from chanjiao.apps.accounts.actions.end_account import end_account, reopen_account
from chanjiao.apps.accounts.actions.register_person import register_person
from chanjiao.apps.accounts.models import User
from chanjiao.apps.accounts.selectors import demo_people, people, person
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import AuditRecord
from chanjiao.core.permissions import SYSTEM
from tests.cast import NOW, PASSWORD, make_cast

pytestmark = pytest.mark.django_db


def test_a_secretariat_gives_a_person_an_account_with_a_password_told_once() -> None:
    cast = make_cast()

    user, password = register_person(actor=cast.secretary, username="Lin.Yue", full_name="林越", now=NOW)

    assert user.username == "lin.yue"
    assert user.check_password(password)
    assert password not in str(AuditRecord.objects.get(action="register_person").after)


def test_an_officer_gives_out_no_accounts() -> None:
    cast = make_cast()
    before = User.objects.count()

    with pytest.raises(ChanjiaoError, match="action.denied"):
        register_person(actor=cast.dean, username="lin.yue", full_name="林越", now=NOW)

    assert User.objects.count() == before


@pytest.mark.parametrize("username", ["ab", "王芳", "a b c", "-abc", "x" * 31, "<script>"])
def test_a_log_in_name_has_plain_letters_only(username: str) -> None:
    with pytest.raises(ChanjiaoError, match="person.username_malformed"):
        register_person(actor=SYSTEM, username=username, full_name="林越", now=NOW)


def test_a_log_in_name_is_given_once() -> None:
    register_person(actor=SYSTEM, username="lin.yue", full_name="林越", now=NOW)

    with pytest.raises(ChanjiaoError, match="person.username_taken"):
        register_person(actor=SYSTEM, username="LIN.YUE", full_name="林月", now=NOW)

    assert User.objects.get().full_name == "林越"


def test_an_address_is_given_once_whatever_its_case() -> None:
    register_person(actor=SYSTEM, username="lin.yue", full_name="林越", email="lin@example.org", now=NOW)

    with pytest.raises(ChanjiaoError, match="person.email_taken"):
        register_person(actor=SYSTEM, username="lin.yue2", full_name="林月", email="LIN@example.org", now=NOW)


def test_a_demo_person_has_no_password_and_stands_in_the_panel() -> None:
    user, password = register_person(actor=SYSTEM, username="demo", full_name="演示", is_demo=True, now=NOW)

    assert password == ""
    assert not user.has_usable_password()
    assert list(demo_people()) == [user]


def test_a_changed_profile_leaves_before_and_after_in_the_record() -> None:
    cast = make_cast()

    edit_profile(actor=cast.dean, full_name="方砚", email="fang@example.org", language="en", now=NOW)

    record = AuditRecord.objects.get(action="edit_profile")
    assert record.before == {"email": "", "full_name": "方砚秋", "language": ""}
    assert record.after == {"email": "fang@example.org", "full_name": "方砚", "language": "en"}


def test_an_empty_name_is_refused_and_nothing_changes() -> None:
    cast = make_cast()

    with pytest.raises(ChanjiaoError, match="field.invalid"):
        edit_profile(actor=cast.dean, full_name=" ", email="", language="", now=NOW)

    assert User.objects.get(pk=cast.dean.user_id).full_name == "方砚秋"


def test_a_new_password_needs_the_present_one() -> None:
    cast = make_cast()

    with pytest.raises(ChanjiaoError, match="person.password_wrong"):
        change_password(actor=cast.dean, present="guess", wanted="a-long-new-secret", now=NOW)

    assert User.objects.get(pk=cast.dean.user_id).check_password(PASSWORD)


def test_a_weak_password_is_refused_with_every_reason() -> None:
    cast = make_cast()

    with pytest.raises(Rejected) as refusal:
        change_password(actor=cast.dean, present=PASSWORD, wanted="123456", now=NOW)

    assert [error.code for error in refusal.value.errors] == ["person.password_weak", "person.password_weak"]


def test_a_changed_password_is_recorded_without_it() -> None:
    cast = make_cast()

    user = change_password(actor=cast.dean, present=PASSWORD, wanted="a-long-new-secret", now=NOW)

    record = AuditRecord.objects.get(action="change_password")
    assert list(record.after) == ["password"]
    assert user.password not in str(record.after)
    assert len(record.after["password"]) == 8


def test_a_closed_account_can_be_opened_again_by_an_administrator_only() -> None:
    cast = make_cast()
    dean = cast.dean.user_id
    assert dean is not None

    with pytest.raises(ChanjiaoError, match="action.denied"):
        end_account(actor=cast.secretary, user_id=dean, now=NOW)
    end_account(actor=cast.administrator, user_id=dean, now=NOW)
    closed = User.objects.get(pk=dean).is_active
    reopen_account(actor=cast.administrator, user_id=dean, now=NOW)

    assert closed is False
    assert User.objects.get(pk=dean).is_active


def test_an_officer_finds_nobody_but_themselves() -> None:
    cast = make_cast()
    student = cast.student.user_id
    assert student is not None

    assert [one.pk for one in people(cast.dean)] == [cast.dean.user_id]
    with pytest.raises(ChanjiaoError, match="record.not_found"):
        person(cast.dean, student)


def test_people_are_found_by_name_log_in_and_organisation() -> None:
    cast = make_cast()

    assert [one.username for one in people(cast.secretary, search="砚秋")] == ["dean"]
    assert [one.username for one in people(cast.secretary, search="恒锐")] == ["personnel"]
