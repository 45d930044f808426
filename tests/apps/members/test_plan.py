"""What accepting a draft will make."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.apps.members.facts import SLOTS, FactKind, FactSheet, Value, checked_values
from chanjiao.apps.members.plan import founding_date, measure_of, plan
from chanjiao.engines.errors import ChanjiaoError

GROUP, EAST, WEST = "青浦川职业教育集团", "青浦川经济技术开发区产教联合体", "青浦川高新技术产业开发区产教联合体"


def sheet(*facts: tuple[FactKind, dict[str, Value]]) -> FactSheet:
    made = FactSheet()
    for kind, values in facts:
        made = made.with_fact(kind, values)
    return made


def consortium(name: str, kind: str = "municipal", park: str = "") -> tuple[FactKind, dict[str, Value]]:
    return FactKind.CONSORTIUM, {"name": name, "kind": kind, "park": park}


def body(name: str, type_: str, *roles: str, **more: Value) -> tuple[FactKind, dict[str, Value]]:
    return FactKind.ORGANISATION, {"name": name, "type": type_, "roles": roles, **more}


def post(name: str, organisation: str, title: str) -> tuple[FactKind, dict[str, Value]]:
    return FactKind.PERSON, {"name": name, "organisation": organisation, "title": title}


TWO = (
    consortium(GROUP, "group"),
    consortium(EAST, park="青浦川经济技术开发区"),
    consortium(WEST, park="青浦川高新技术产业开发区"),
)


def roles_of(made: FactSheet) -> set[tuple[str, str, str, str]]:
    return {(one.consortium, one.organisation, one.role, one.office) for one in plan(made).memberships}


def test_a_draft_without_a_consortium_founds_nothing() -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        plan(sheet(body("青浦川职业技术学院", "school_vocational", "participant")))

    assert refusal.value.code == "founding.no_consortium"


def test_the_only_group_is_the_parent_of_every_consortium() -> None:
    planned = plan(sheet(*TWO))

    assert [(one.name, one.group) for one in planned.consortia] == [(GROUP, ""), (EAST, GROUP), (WEST, GROUP)]


def test_zones_named_by_consortia_only_are_bodies_and_sit_in_their_consortium() -> None:
    assert roles_of(sheet(*TWO)) == {
        (EAST, "青浦川经济技术开发区", "park", ""),
        (WEST, "青浦川高新技术产业开发区", "park", ""),
    }


def test_a_zones_committee_sits_in_its_place() -> None:
    made = sheet(*TWO, body("青浦川经济技术开发区管委会", "park_admin", "represented"))

    assert (EAST, "青浦川经济技术开发区管委会", "park", "") in roles_of(made)
    assert (EAST, "青浦川经济技术开发区", "park", "") not in roles_of(made)


def test_a_lead_college_leads_every_consortium_but_not_the_group() -> None:
    made = sheet(*TWO, body("青浦川职业技术学院", "school_vocational", "lead_school"))

    led = {one[0] for one in roles_of(made) if one[2] == "lead_school"}
    assert led == {EAST, WEST}


def test_a_corrected_fact_says_in_which_consortium() -> None:
    made = sheet(*TWO, body("恒锐公司", "enterprise", "lead_enterprise", consortia=(WEST,)))

    assert {one[0] for one in roles_of(made) if one[2] == "lead_enterprise"} == {WEST}


def test_who_took_part_is_a_member_once_and_departments_are_not() -> None:
    made = sheet(
        *TWO,
        body("恒锐公司", "enterprise", "lead_enterprise", "participant"),
        body("青浦川市汽车协会", "association", "participant"),
        body("青浦川市档案馆", "government", "participant"),
    )

    plain = {one[1] for one in roles_of(made) if one[2] == "member"}
    assert plain == {"青浦川市汽车协会"}


def test_an_office_in_the_council_belongs_to_the_home_of_whoever_holds_it() -> None:
    made = sheet(
        *TWO,
        body("青浦川职业技术学院", "school_vocational", "lead_school"),
        body("恒锐公司", "enterprise", "participant"),
        post("方砚秋", "青浦川职业技术学院", "校长"),
        post("方砚秋", "青浦川职教集团", "理事长"),
        post("陶敏之", "青浦川职业技术学院", "副校长"),
        post("陶敏之", GROUP, "秘书长"),
        post("罗佩瑶", "恒锐公司", "总经理"),
        post("罗佩瑶", GROUP, "副理事长"),
    )

    offices = {one[1:] for one in roles_of(made) if one[0] == GROUP}
    assert offices == {
        ("青浦川职业技术学院", "council_chair", "chair"),
        ("青浦川职业技术学院", "lead_school", "secretary"),
        ("恒锐公司", "council_vice", "vice_chair"),
    }


def test_the_hotel_and_the_newspaper_are_no_organisations() -> None:
    made = sheet(
        *TWO, body("青浦川饭店", "other", "venue"), body("青浦川日报", "media", "source"), body("市委", "party")
    )

    names = {one.name for one in plan(made).organisations}
    assert not names & {"青浦川饭店", "青浦川日报", "市委"}


def test_people_without_a_known_organisation_are_named_not_lost() -> None:
    made = sheet(*TWO, post("许文清", "不知名单位", "主任"))

    assert plan(made).unplaced == ("许文清",)


def test_hopes_belong_to_each_consortium_and_guarantees_to_who_gave_them() -> None:
    made = sheet(
        *TWO,
        body("青浦川市人民政府", "government", "represented"),
        post("邵一鸣", "青浦川市人民政府", "副市长"),
        (FactKind.GOAL, {"text": "提高产教融合深度", "kind": "hope", "by": "邵一鸣"}),
        (FactKind.GOAL, {"text": "搭建信息共享平台", "kind": "commitment", "by": "邵一鸣"}),
    )

    goals = [(one.consortium, one.kind, one.measure, one.owner) for one in plan(made).goals]
    assert goals == [
        (EAST, "hope", "depth", EAST),
        (EAST, "commitment", "", "青浦川市人民政府"),
        (WEST, "hope", "depth", WEST),
        (WEST, "commitment", "", "青浦川市人民政府"),
    ]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("精准对接，提高产教融合深度", "depth"),
        ("充分协同，拓展校企合作宽度", "breadth"),
        ("协同研发，加快成果转化速度", "speed"),
        ("合作培训，加大技能升级精度", "precision"),
        ("齐心协力，提升品牌塑造力度", "strength"),
        ("供需精准对接", "depth"),
        ("常来常往", ""),
    ],
)
def test_a_hope_names_its_measure(text: str, measure: str) -> None:
    assert measure_of(text) == measure


@pytest.mark.parametrize(
    ("name", "written", "day"),
    [
        ("成立大会", "2026-04-17", date(2026, 4, 17)),
        ("成立大会暨2023年理事会", "--01-31", date(2023, 1, 31)),
        ("成立大会", "--01-31", None),
        ("2023年理事会暨2024年年会", "--01-31", None),
        ("成立大会", "2026-02-30", None),
        ("成立大会", "", None),
    ],
)
def test_a_missing_year_comes_from_the_name_of_the_event_only(name: str, written: str, day: date | None) -> None:
    assert founding_date(sheet((FactKind.EVENT, {"name": name, "date": written}))) == day


def test_a_new_name_is_followed_by_whatever_names_the_body() -> None:
    made = sheet(*TWO, body("职院", "school_vocational", "lead_school"), post("方砚秋", "职院", "校长"))
    renamed = made.with_values(
        "f4", {"name": "青浦川职业技术学院", "type": "school_vocational", "roles": ("lead_school",)}
    )

    assert renamed.get("f5").one("organisation") == "青浦川职业技术学院"
    assert renamed.get("f4").certainty == "person"


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=300), max_size=4), st.sampled_from(FactKind))
@settings(deadline=None)
def test_whatever_is_typed_is_refused_with_its_field_or_fits(typed: dict[str, str], kind: FactKind) -> None:
    refused = ""
    try:
        checked = checked_values(kind, typed)
    except ChanjiaoError as refusal:
        checked, refused = {}, refusal.field

    assert refused or set(checked) == {slot.name for slot in SLOTS[kind]}
    assert all("\x00" not in str(value) for value in checked.values())


@given(st.lists(st.tuples(st.sampled_from(FactKind), st.text(max_size=40), st.text(max_size=40)), max_size=12))
@settings(deadline=None)
def test_any_sheet_is_planned_or_refused_and_survives_json(rows: list[tuple[FactKind, str, str]]) -> None:
    made = FactSheet()
    for kind, name, other in rows:
        values: dict[str, Value] = {
            "name": name, "kind": "hope" if kind is FactKind.GOAL else "municipal", "type": "enterprise",
            "text": name, "title": name, "organisation": other, "park": other, "by": other, "roles": ("participant",),
            "date": other,
        }  # fmt: skip
        made = made.with_fact(kind, values)

    if made.of(FactKind.CONSORTIUM):
        plan(made)
    assert FactSheet.from_json(made.to_json()) == made
