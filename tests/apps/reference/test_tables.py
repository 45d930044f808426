"""The embedded tables load whole, once, and lead from one to the other."""

from __future__ import annotations

import pytest

from chanjiao.apps.reference import link_selectors, selectors
from chanjiao.apps.reference.actions.load_reference import load_reference
from chanjiao.apps.reference.models import CodeSystem, Link, Term
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import NOBODY, SYSTEM
from chanjiao.engines.lookup import Reason
from tests.cast import NOW, Cast


@pytest.mark.django_db
def test_the_embedded_tables_load_once_and_answer_every_question() -> None:
    told: list[tuple[str, int, int]] = []
    first = load_reference(actor=SYSTEM, now=NOW, progress=lambda *step: told.append(step))
    again = load_reference(actor=SYSTEM, now=NOW)

    assert first == ("industry", "occupation", "programme", "major", "region", "institution", "zone")
    assert again == ()
    assert (told[0], told[-1]) == (("industry", 0, 7), ("", 7, 7))

    counts = {one.code: (one.in_force_count, one.abolished_count) for one in selectors.systems(NOBODY)}
    assert counts == {
        "industry": (1971, 0),
        "occupation": (2185, 0),
        "programme": (1324, 0),
        "major": (989, 0),
        "region": (3433, 4015),
        "institution": (2919, 0),
        "zone": (406, 0),
    }
    assert CodeSystem.objects.get(code="programme").is_partial
    assert Link.objects.count() == 1704

    assert selectors.suggest(NOBODY, "安庆经开区")[0].code == "E035"
    in_field = [one.system for one in selectors.suggest(NOBODY, "学前教育", "programme", for_field=True)]
    assert in_field[:3] == ["major", "programme", "programme"]
    assert selectors.names_of(NOBODY, [("programme", "040106")]) == {("programme", "040106"): "学前教育"}
    assert [one.name for one in selectors.suggest(NOBODY, "崇文区", "region", for_field=True)][:1] != ["崇文区"]
    assert selectors.suggest(NOBODY, "skjs", "programme")[0].name == "数控技术"
    assert "数控加工" in "".join(selectors.courses_of(NOBODY, "460103"))
    assert {link.granularity for link in link_selectors.links_of_programme(NOBODY, "460103")} <= {"occupation", "minor"}
    county = selectors.term(NOBODY, "region", "340802")
    assert [one.name for one in selectors.path(NOBODY, county)] == ["安徽省", "安庆市"]
    renumbered = selectors.suggest(NOBODY, "132333", "region")[0]
    assert (renumbered.code, renumbered.name, renumbered.reason) == ("130121", "井陉县", Reason.FORMER_CODE)


@pytest.mark.usefixtures("tables")
def test_a_system_updated_here_is_left_alone_by_the_package() -> None:
    CodeSystem.objects.update(is_local=True)

    loaded = load_reference(actor=SYSTEM, now=NOW)

    assert "occupation" not in loaded
    assert Term.objects.filter(system__code="occupation").count() == 7


@pytest.mark.usefixtures("tables")
def test_an_industry_is_found_with_and_without_the_letter_of_its_section() -> None:
    assert selectors.term(NOBODY, "industry", "3484").code == "C3484"
    assert selectors.names_of(NOBODY, [("industry", "3484"), ("occupation", "6-18-02-04"), ("region", "")]) == {
        ("industry", "3484"): "机械零部件加工",
        ("occupation", "6-18-02-04"): "焊工",
    }


@pytest.mark.usefixtures("tables")
def test_names_of_many_codes_cost_one_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        selectors.names_of(NOBODY, [("industry", "C34"), ("occupation", "6-18-02-04"), ("industry", "3489")])


@pytest.mark.usefixtures("tables")
def test_a_suggestion_costs_one_query_once_the_index_stands(django_assert_num_queries) -> None:
    selectors.suggest(NOBODY, "焊")

    with django_assert_num_queries(1):
        found = selectors.suggest(NOBODY, "焊")

    assert (found[0].name, found[0].above) == ("焊工", "生产制造及有关人员 机械制造基础加工人员 机械热加工人员")


@pytest.mark.usefixtures("tables")
def test_the_tree_opens_level_by_level() -> None:
    top = [term.code for term in selectors.children(NOBODY, "occupation")]
    below = [term.code for term in selectors.children(NOBODY, "occupation", "6-18-02")]

    assert (top, len(below)) == (["6"], 4)
    assert selectors.codes_with_children(NOBODY, "occupation", ["6-18-02", "6-18-02-04"]) == {"6-18-02"}


@pytest.mark.usefixtures("tables")
def test_a_link_to_a_minor_group_reaches_the_occupations_in_it() -> None:
    Link.objects.create(programme_code="460103", occupation_code="6-18-02", granularity="minor", source="official")
    Link.objects.create(programme_code="460110", occupation_code="6-18-02-04", granularity="occupation", source="local")

    of_welder = link_selectors.links_of_occupation(NOBODY, "6-18-02-04")
    of_group = link_selectors.links_of_occupation(NOBODY, "6-18-02")

    assert [(link.code, link.through) for link in of_welder] == [("460103", "6-18-02"), ("460110", "")]
    assert [(link.code, link.through) for link in of_group] == [("460103", ""), ("460110", "6-18-02-04")]


@pytest.mark.usefixtures("tables")
def test_functions_come_by_edition_of_the_standard() -> None:
    functions = selectors.functions_of(NOBODY, "6-18-02-07")

    assert [(one.edition, one.names) for one in functions] == [("2018", ("造型",))]
    assert selectors.functions_of(NOBODY, "6-18-02-04") == ()


@pytest.mark.usefixtures("tables")
def test_traditional_characters_find_the_same() -> None:
    assert selectors.suggest(NOBODY, "機械熱加工")[0].name == "机械热加工人员"


@pytest.mark.usefixtures("tables")
def test_what_nothing_bears_is_not_found() -> None:
    for system, code in (("occupation", "9-99"), ("colour", "1"), ("industry", "' OR 1=1"), ("industry", "C\x003")):
        with pytest.raises(ChanjiaoError) as refused:
            selectors.term(NOBODY, system, code)
        assert refused.value.code == "record.not_found"


@pytest.mark.usefixtures("tables")
def test_an_unknown_system_is_refused_in_a_search() -> None:
    with pytest.raises(ChanjiaoError) as refused:
        selectors.suggest(NOBODY, "焊", "colour")

    assert refused.value.code == "reference.unknown_system"


def test_nobody_but_an_administrator_loads(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        load_reference(actor=cast.dean, now=NOW)

    assert refused.value.code == "action.denied"


@pytest.mark.usefixtures("tables")
def test_who_may_not_see_all_records_learns_nothing_of_them(cast: Cast) -> None:
    assert selectors.records_with(cast.dean, "industry", ["C3484"]) == ()
    assert [one.count for one in selectors.records_with(cast.administrator, "industry", ["C3484"])] == [1]
