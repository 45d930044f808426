"""The pure rules: credit codes, names, states, terms."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.apps.members import rules
from chanjiao.engines.errors import ChanjiaoError

BODIES = st.text(rules.CREDIT_ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11340000003393137L", "91340000MA2U8XTF9U"])
def test_a_code_with_its_check_character_is_accepted(code: str) -> None:
    assert rules.credit_code_of(code) == code


def test_a_code_is_stored_half_width_in_capitals_without_blanks() -> None:
    assert rules.credit_code_of(" ９１３５０１００m000 100y43 ") == "91350100M000100Y43"


def test_nothing_typed_is_no_code() -> None:
    assert rules.credit_code_of("  ") is None


@pytest.mark.parametrize("code", ["91350100M000100Y4", "91350100M000100Y433", "9135O100M000100Y43", "<script>", "１"])
def test_what_has_not_the_form_of_a_code_is_refused(code: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        rules.credit_code_of(code)

    assert (refusal.value.code, refusal.value.field) == ("credit_code.malformed", "credit_code")


@given(BODIES)
@settings(deadline=None)
def test_the_check_character_makes_any_body_a_code(body: str) -> None:
    code = body + rules.credit_check_character(body)

    assert rules.credit_code_of(code) == code


@given(BODIES, st.integers(0, 17), st.sampled_from(rules.CREDIT_ALPHABET))
@settings(deadline=None)
def test_one_wrong_character_is_always_noticed(body: str, place: int, other: str) -> None:
    code = body + rules.credit_check_character(body)
    spoilt = code[:place] + other + code[place + 1 :]

    if spoilt != code:
        with pytest.raises(ChanjiaoError) as refusal:
            rules.credit_code_of(spoilt)
        assert refusal.value.code == "credit_code.wrong_check"


@given(BODIES, st.integers(0, 16))
@settings(deadline=None)
def test_two_neighbours_changed_about_are_always_noticed(body: str, place: int) -> None:
    code = body + rules.credit_check_character(body)
    turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if turned != code:
        with pytest.raises(ChanjiaoError):
            rules.credit_code_of(turned)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("安徽环宇（集团）有限公司", "安徽环宇(集团)有限公司"),
        ("ＡＢＣ科技", "abc 科技"),
        ("青浦川 职业技术学院", "青浦川职业技术学院"),
    ],
)
def test_width_case_blanks_and_parentheses_do_not_tell_names_apart(one: str, other: str) -> None:
    assert rules.name_key(one) == rules.name_key(other)


def test_plain_text_is_one_line_without_control_characters() -> None:
    assert rules.plain_text("甲\x00乙\n\t丙  丁 ") == "甲 乙 丙 丁"


@pytest.mark.parametrize(
    ("state", "deed", "after"),
    [
        ("applied", "approve", "active"),
        ("applied", "decline", "declined"),
        ("active", "renew", "active"),
        ("active", "expire", "expired"),
        ("expired", "renew", "active"),
        ("active", "leave", "left"),
    ],
)
def test_a_deed_leads_to_its_state(state: str, deed: str, after: str) -> None:
    assert rules.next_state(state, deed) == after


@pytest.mark.parametrize(
    ("state", "deed"), [("active", "approve"), ("declined", "approve"), ("left", "renew"), ("left", "leave")]
)
def test_a_deed_out_of_turn_is_refused(state: str, deed: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        rules.next_state(state, deed)

    assert refusal.value.code == "state.refused"


def test_a_term_of_five_years_ends_the_day_before() -> None:
    assert rules.default_end(date(2023, 1, 31)) == date(2028, 1, 30)


@pytest.mark.parametrize(
    ("type_", "role", "held", "gives", "code"),
    [
        ("consortium", "member", [], False, "membership.not_for_type"),
        ("enterprise", "lead_enterprise", [], False, "membership.role_given"),
        ("enterprise", "member", ["member"], False, "membership.exists"),
        ("enterprise", "member", ["lead_enterprise"], True, "membership.exists"),
    ],
)
def test_joining_has_preconditions(type_: str, role: str, held: list[str], gives: bool, code: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        rules.check_application(type_=type_, role=role, held=held, may_give_roles=gives)

    assert refusal.value.code == code


def test_a_secretariat_role_needs_a_consortium_or_its_lead() -> None:
    rules.check_staff_role(role="secretariat", is_consortium=True, roles_held=[])
    rules.check_staff_role(role="secretariat", is_consortium=False, roles_held=["lead_school"])

    with pytest.raises(ChanjiaoError) as refusal:
        rules.check_staff_role(role="secretariat", is_consortium=False, roles_held=["member"])

    assert refusal.value.code == "staff.role_unfit"
