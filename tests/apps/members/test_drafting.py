"""From an extraction to the facts that people correct."""

from __future__ import annotations

from chanjiao.apps.members.drafting import fact_sheet
from chanjiao.apps.members.facts import FactKind
from chanjiao.engines.text import Consortium, Event, Extraction, Organisation, Requirement


def names(extraction: Extraction, kind: FactKind = FactKind.ORGANISATION) -> list[str]:
    return [fact.title for fact in fact_sheet(extraction).of(kind)]


def test_a_department_is_registered_under_its_place() -> None:
    bureau = Organisation("科技局", "government", aliases=("市科技局", "青浦川市科技局"))

    sheet = fact_sheet(Extraction("", organisations=(bureau,)))

    assert sheet.facts[0].title == "青浦川市科技局"
    assert sheet.facts[0].many("aliases") == ("科技局", "市科技局")


def test_a_neighbour_in_a_list_is_no_place() -> None:
    zone = Organisation("高新区", "park", aliases=("市经开区高新区",))

    assert names(Extraction("", organisations=(zone,))) == ["高新区"]


def test_a_zone_without_its_place_is_the_one_told_in_full() -> None:
    zones = (Organisation("青浦川高新技术产业开发区", "park"), Organisation("高新区", "park"))

    assert names(Extraction("", organisations=zones)) == ["青浦川高新技术产业开发区"]


def test_organs_and_consortia_are_no_organisations_of_their_own() -> None:
    bodies = (
        Organisation("青浦川产教联合体", "consortium", aliases=("联合体",)),
        Organisation("青浦川产教联合体指导委员会", "other"),
    )
    extraction = Extraction("", consortia=(Consortium("青浦川产教联合体", "municipal"),), organisations=bodies)

    assert names(extraction) == []
    assert fact_sheet(extraction).of(FactKind.CONSORTIUM)[0].many("aliases") == ("联合体",)


def test_as_many_lead_enterprises_as_consortia_lead_one_each_and_are_to_be_checked() -> None:
    extraction = Extraction(
        "",
        consortia=(Consortium("集团", "group"), Consortium("东", "municipal"), Consortium("西", "municipal")),
        organisations=(
            Organisation("甲公司", "enterprise", roles=("lead_enterprise",)),
            Organisation("乙公司", "enterprise", roles=("lead_enterprise",)),
        ),
    )

    leads = fact_sheet(extraction).of(FactKind.ORGANISATION)

    assert [fact.many("consortia") for fact in leads] == [("东",), ("西",)]
    assert {fact.certainty for fact in leads} == {"check"}


def test_each_point_of_a_requirement_has_its_own_stretch() -> None:
    text = "他希望搭建平台；培养人才。"
    asked = Requirement("甲", "hope", ("搭建平台", "培养人才"), spans=((3, 12),))

    goals = fact_sheet(Extraction(text, requirements=(asked,))).of(FactKind.GOAL)

    assert [text[start:end] for fact in goals for start, end in fact.spans] == ["搭建平台", "培养人才"]


def test_values_that_cannot_be_stored_are_cut_or_left_out() -> None:
    extraction = Extraction("", organisations=(Organisation("长" * 200, "enterprise", roles=("unheard_of",)),))

    fact = fact_sheet(extraction).of(FactKind.ORGANISATION)[0]

    assert (len(fact.title), fact.many("roles")) == (120, ())


def test_an_event_without_a_name_is_called_by_its_date() -> None:
    assert names(Extraction("", event=Event(date="2026-04-17")), FactKind.EVENT) == ["2026-04-17"]
