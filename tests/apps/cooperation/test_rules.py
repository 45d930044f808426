"""The rules of law that come as data, on literal values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chanjiao.apps.cooperation.content import Content, faults, read_fields
from chanjiao.apps.cooperation.kinds import book, kind_of
from chanjiao.apps.cooperation.rules import Deed, Standing, deeds, findings
from chanjiao.core.errors import ChanjiaoError
from tests.apps.cooperation.samples import INTERNSHIP

KEPT: dict[str, object] = {
    **dict(INTERNSHIP),
    "has_rights_and_duties": True,
    "interns_total": 12,
    "days_to_start": 20,
    "third_parties": 0,
}
TODAY = date(2026, 10, 12)


def outcomes(kind: str, facts: dict[str, object]) -> dict[str, str]:
    return {one.rule.id: one.outcome for one in findings(kind_of(kind), book().rules, facts)}


def test_a_lawful_internship_keeps_every_rule() -> None:
    assert set(outcomes("internship", KEPT).values()) == {"kept"}


@pytest.mark.parametrize(
    ("rule", "change", "outcome"),
    [
        ("interns_of_staff", {"interns_total": 42}, "kept"),
        ("interns_of_staff", {"interns_total": 43}, "broken"),
        ("interns_of_staff", {"staff": 0}, "unknown"),
        ("interns_of_post", {"post_interns": 12, "post_staff": 60}, "kept"),
        ("interns_of_post", {"post_interns": 13, "post_staff": 60}, "broken"),
        ("intern_pay", {"pay": 4000, "post_wage": 5000}, "kept"),
        ("intern_pay", {"pay": 3999.99, "post_wage": 5000}, "broken"),
        ("paid_in_money", {"paid_in_money": False}, "broken"),
        ("paid_monthly", {"paid_monthly": None}, "unknown"),
        ("paid_directly", {"paid_directly": False}, "broken"),
        ("insured", {"insurance": False}, "broken"),
        ("no_intermediary", {"intermediary": True}, "broken"),
        ("agreed_first", {"days_to_start": 0}, "kept"),
        ("agreed_first", {"days_to_start": -1}, "broken"),
        ("third_party_looked_at", {"third_parties": 1}, "broken"),
    ],
)
def test_a_rule_over_internships_finds(rule: str, change: dict[str, object], outcome: str) -> None:
    assert outcomes("internship", KEPT | change)[rule] == outcome


def test_a_warning_does_not_block_and_a_missing_value_of_a_blocking_rule_does() -> None:
    found = findings(kind_of("internship"), book().rules, KEPT | {"third_parties": 1, "pay": None})

    assert {one.rule.id for one in found if one.blocks} == {"intern_pay"}


def test_a_price_by_agreement_must_be_publicised_and_one_by_auction_need_not() -> None:
    rule = book().publicities[0]

    assert rule.days == 15
    assert rule.applies_to("transfer_licence", {"price_basis": "agreement"}, ["school", "enterprise"])
    assert not rule.applies_to("transfer_licence", {"price_basis": "auction"}, ["school", "enterprise"])
    assert not rule.applies_to("transfer_licence", {"price_basis": "agreement"}, ["enterprise", "third"])
    assert not rule.applies_to("joint_rd", {"price_basis": "agreement"}, ["school", "enterprise"])


def test_inventors_below_half_are_a_warning() -> None:
    found = findings(kind_of("transfer_service"), book().rules, {"inventors_share": 30, "has_rights_and_duties": True})

    assert [(one.rule.id, one.outcome, one.blocks) for one in found if one.rule.id == "inventors_share"] == [
        ("inventors_share", "broken", False)
    ]


def test_apprentices_need_a_training_agreement() -> None:
    facts = {"has_rights_and_duties": True, "training_agreement": False, "insurance": True}

    assert outcomes("apprenticeship", facts)["training_agreement"] == "broken"


def test_every_rule_names_its_source_and_only_kinds_that_exist() -> None:
    for rule in book().rules:
        assert rule.source
        assert rule.severity in ("block", "warning")
        assert rule.kinds <= set(book().kinds)


@pytest.mark.parametrize("kind", sorted(book().kinds))
def test_a_kind_counts_by_one_of_its_fields_and_words_rights_and_duties_for_its_parties(kind: str) -> None:
    known = kind_of(kind)

    assert known.counted in {"amount", *(one.name for one in known.fields)}
    for group in known.parties:
        for role in group:
            assert known.rights[role]
            assert known.duties[role]


def test_limits_come_from_the_file_that_a_site_names(tmp_path: Path, settings: object) -> None:
    from importlib.resources import files

    told = files("chanjiao.data").joinpath("cooperation/agreements.yaml").read_text(encoding="utf-8")
    own = tmp_path / "agreements.yaml"
    own.write_text(told.replace("limit: 0.10", "limit: 0.02"), encoding="utf-8")
    settings.AGREEMENTS_FILE = own  # type: ignore[attr-defined]

    assert outcomes("internship", KEPT)["interns_of_staff"] == "broken"


def test_a_file_that_cannot_be_read_is_told_by_name(tmp_path: Path, settings: object) -> None:
    broken = tmp_path / "agreements.yaml"
    broken.write_text("kinds: [", encoding="utf-8")
    settings.AGREEMENTS_FILE = broken  # type: ignore[attr-defined]

    with pytest.raises(ChanjiaoError) as refused:
        book()

    assert refused.value.code == "file.unreadable"
    assert refused.value.params["path"] == str(broken)


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        (Content(starts_on=date(2026, 12, 1), ends_on=date(2026, 11, 30)), "term.reversed", "ends_on"),
        (Content(ends_on=date(2026, 10, 11)), "listing.past", "ends_on"),
        (Content(starts_on=date(2026, 12, 1), ends_on=date(2099, 1, 1)), "agreement.term_too_long", "ends_on"),
        (Content(title="长" * 121), "listing.too_long", "title"),
        (Content(fields=(("students", "三十"),)), "listing.not_a_number", "students"),
        (Content(fields=(("students", "-3"),)), "listing.out_of_bounds", "students"),
        (Content(fields=(("students", "2.5"),)), "listing.not_whole", "students"),
        (Content(fields=(("salary", "5"),)), "listing.unknown_field", "salary"),
    ],
)
def test_a_draft_is_told_what_is_wrong_with_it(content: Content, code: str, field: str) -> None:
    found = faults(kind_of("order_class"), content, today=TODAY, complete=False)

    assert [(one.code, one.field) for one in found] == [(code, field)]


def test_the_required_clauses_of_a_kind_stay() -> None:
    kind = kind_of("order_class")
    without = Content(clauses=tuple(one for one in kind.clauses if one.code != "breach"))

    found = faults(kind, without, today=TODAY, complete=True)

    assert "agreement.clause_missing" in {one.code for one in found}
    assert "agreement.clause_missing" not in {
        one.code for one in faults(kind, replace(without, clauses=kind.clauses), today=TODAY, complete=True)
    }


def test_particulars_are_read_as_people_write_them() -> None:
    values, errors = read_fields(
        kind_of("order_class"), {"students": "1,030", "wage": "5,500.50", "cohort": " 2026 级 "}
    )

    assert errors == []
    assert values == {"students": 1030, "wage": 5500.5, "cohort": "2026 级"}


def test_a_signature_that_is_not_due_is_not_offered() -> None:
    waiting = Standing("proposed", is_proposed=True)

    assert Deed.SIGN not in deeds(waiting, is_party=True, is_drafter=True, owes_signature=False)
    assert deeds(waiting, is_party=False, is_drafter=False, owes_signature=True) == {Deed.SIGN}
