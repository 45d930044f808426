"""Rules over needs and offers, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from chanjiao.apps.exchange.contents import checked_columns
from chanjiao.apps.exchange.kinds import FIELDS, Kind, Side
from chanjiao.apps.exchange.models import EducationLevel, ListingState
from chanjiao.apps.exchange.rules import (
    LEVELS,
    Content,
    Deed,
    amount_of,
    asks_for_review,
    deeds,
    faults,
    read_fields,
)
from chanjiao.apps.exchange.templates import templates_of

TODAY = date(2026, 10, 12)


def codes(content: Content, *, complete: bool = True, kind: Kind = Kind.POST) -> dict[str, str]:
    return {error.field: error.code for error in faults(Side.NEED, kind, content, today=TODAY, complete=complete)}


def test_typed_fields_become_values_and_empty_ones_are_absent() -> None:
    given = {"engagement": "internship", "pay_low": "4,500", "pay_high": "6000.50", "shift": "on", "months": ""}

    values, errors = read_fields(Side.NEED, Kind.POST, given)

    assert errors == []
    assert values == {"engagement": "internship", "pay_low": 4500, "pay_high": 6000.5, "shift": True}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("engagement", "slavery", "listing.bad_choice"),
        ("pay_low", "many", "listing.not_a_number"),
        ("pay_low", "NaN", "listing.out_of_bounds"),
        ("pay_low", "1e999999999", "listing.out_of_bounds"),
        ("pay_low", "-1", "listing.out_of_bounds"),
        ("pay_low", "1.234", "listing.cents"),
        ("months", "1.5", "listing.not_whole"),
        ("months", "61", "listing.out_of_bounds"),
        ("shift", "perhaps", "listing.bad_choice"),
        ("colour", "red", "listing.unknown_field"),
    ],
)
def test_a_typed_field_out_of_its_type_is_refused_at_the_field(name: str, value: str, code: str) -> None:
    _, errors = read_fields(Side.NEED, Kind.POST, {name: value})

    assert [(error.code, error.field) for error in errors] == [(code, name)]


def test_pay_may_not_fall_from_low_to_high() -> None:
    _, errors = read_fields(Side.NEED, Kind.POST, {"pay_low": 6000, "pay_high": 4500})

    assert [(error.code, error.field) for error in errors] == [("listing.range_reversed", "pay_high")]


def test_a_draft_needs_only_a_title() -> None:
    assert codes(Content(title="焊工"), complete=False) == {}


def test_what_is_submitted_must_be_complete() -> None:
    assert codes(Content(title="焊工")) == {"summary": "listing.required", "engagement": "listing.required"}


@pytest.mark.parametrize(
    ("content", "field", "code"),
    [
        (Content(), "title", "listing.required"),
        (Content(title="焊" * 81), "title", "listing.too_long"),
        (Content(title="焊工", summary="字" * 501), "summary", "listing.too_long"),
        (Content(title="焊工", quantity=0), "quantity", "listing.out_of_bounds"),
        (Content(title="焊工", skills=("x" * 41,)), "skills", "listing.too_long"),
        (Content(title="焊工", skills=tuple(map(str, range(21)))), "skills", "listing.too_many_skills"),
        (Content(title="焊工", contact_phone="<b>"), "contact_phone", "listing.bad_phone"),
        (Content(title="焊工", education_level="doctor"), "education_level", "listing.bad_choice"),
        (
            Content(title="焊工", starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 1)),
            "ends_on",
            "listing.ends_before_start",
        ),
        (Content(title="焊工", expires_on=date(2026, 10, 11)), "expires_on", "listing.past"),
        (Content(title="焊工", expires_on=date(2027, 10, 14)), "expires_on", "listing.open_too_long"),
        (Content(title="焊工", ends_on=date(2026, 10, 11)), "ends_on", "listing.past"),
    ],
)
def test_a_faulty_value_is_refused_at_its_field(content: Content, field: str, code: str) -> None:
    assert codes(content)[field] == code


def test_the_owner_may_do_all_but_review_and_strangers_nothing() -> None:
    assert deeds("draft", owns=True, runs=False) == {Deed.EDIT, Deed.SUBMIT, Deed.CLOSE}
    assert deeds("submitted", owns=True, runs=False) == {Deed.EDIT, Deed.CLOSE}
    assert deeds("submitted", owns=False, runs=True) == {Deed.EDIT, Deed.REVIEW, Deed.CLOSE}
    assert deeds("open", owns=True, runs=False) == {Deed.EDIT, Deed.CLOSE, Deed.RENEW}
    assert deeds("matched", owns=True, runs=False) == {Deed.CLOSE}
    assert deeds("expired", owns=True, runs=False) == {Deed.CLOSE, Deed.RENEW}
    assert deeds("closed", owns=True, runs=True) == set()
    assert deeds("open", owns=False, runs=False) == set()


def test_only_a_change_of_public_words_asks_for_another_review() -> None:
    before = Content(title="焊工", summary="两班倒", quantity=3)

    assert asks_for_review(before, Content(title="焊工", summary="三班倒", quantity=3))
    assert not asks_for_review(before, Content(title="焊工", summary="两班倒", quantity=4, detail="内部"))


def test_a_match_takes_the_smaller_number_of_the_same_unit_and_all_of_both_otherwise() -> None:
    assert amount_of((12, "人"), (30, "人")) == (12, 12)
    assert amount_of((12, "人"), (5, "")) == (5, 5)
    assert amount_of((3, "吨"), (40, "件")) == (3, 40)


def test_levels_and_states_of_the_rules_are_those_of_the_tables() -> None:
    assert tuple(EducationLevel.values) == LEVELS
    assert {state for state in ListingState.values if deeds(state, owns=True, runs=True)} == {
        "draft",
        "submitted",
        "open",
        "matched",
        "expired",
    }


def test_every_side_of_every_kind_has_its_fields() -> None:
    assert set(FIELDS) == {(side, kind) for side in Side for kind in Kind}


@pytest.mark.parametrize(("side", "kind"), [(side, kind) for side in Side for kind in Kind])
def test_every_template_can_be_kept_as_a_draft(side: Side, kind: Kind) -> None:
    for one in templates_of(side, kind):
        columns = checked_columns(side, kind, one.content, today=date(2026, 11, 1), complete=False)
        assert columns["title"]
        assert "〔" in columns["summary"]
