"""Whether two names mean one body."""

from __future__ import annotations

from chanjiao.apps.members.naming import NameBook, short_forms, telling_forms


def book(*rows: tuple[int, str, str]) -> NameBook[int]:
    made: NameBook[int] = NameBook()
    for ref, name, type_ in rows:
        made.add(ref, name, type_=type_)
    return made


def test_a_name_is_found_by_the_short_form_that_documents_use() -> None:
    names = book((1, "青浦川职业技术学院", "school_vocational"), (2, "青浦川市人力资源和社会保障局", "government"))

    assert names.find("青浦川职院") == 1
    assert names.find("青浦川市人社局") == 2


def test_a_full_name_finds_the_short_one_that_was_stored_first() -> None:
    names = book((1, "恒锐集团", "enterprise"))

    assert names.find("安徽恒锐集团股份有限公司", type_="enterprise") == 1


def test_a_zone_its_committee_and_its_consortium_stay_three() -> None:
    names = book(
        (1, "青浦川经济技术开发区", "park"),
        (2, "青浦川经济技术开发区管理委员会", "park_admin"),
        (3, "青浦川经济技术开发区产教联合体", "consortium"),
    )

    assert [names.find(name) for name in ("青浦川经开区", "青浦川经开区管委会", "青浦川经开区产教联合体")] == [1, 2, 3]


def test_a_form_that_two_bodies_share_finds_neither() -> None:
    names = book((1, "安徽恒锐有限公司", "enterprise"), (2, "江苏恒锐有限公司", "enterprise"))

    assert names.find("恒锐公司") is None


def test_a_short_form_does_not_cross_types() -> None:
    names = book((1, "青浦川职业技术学院", "school_vocational"))

    assert names.find("青浦川职院", type_="enterprise") is None


def test_an_alias_does_not_cross_types() -> None:
    names: NameBook[int] = NameBook()
    names.add(1, "青浦川职业技术学院", type_="school_vocational", aliases=["青浦川学院"])

    assert names.find("青浦川学院", type_="university") is None
    assert names.find("青浦川学院") == 1


def test_the_credit_code_comes_before_the_name() -> None:
    names = book((1, "恒锐机械有限公司", "enterprise"))
    names.add(2, "别名厂", credit_code="91350100M000100Y43")

    assert names.find("恒锐机械有限公司", credit_code="91350100M000100Y43") == 2


def test_generic_short_forms_are_none() -> None:
    assert "教体局" not in short_forms("青浦川市教育体育局")
    assert "青浦川市教体局" in short_forms("青浦川市教育体育局")


def test_a_departments_name_without_its_place_tells_nothing() -> None:
    forms = telling_forms("青浦川高新技术产业开发区", ["高新区", "市高新区", "青浦川高新区"], "park")

    assert forms == ("青浦川高新区",)


def test_an_enterprises_short_name_tells_it() -> None:
    assert telling_forms("安徽恒锐集团股份有限公司", ["恒锐集团"], "enterprise") == ("恒锐集团",)
