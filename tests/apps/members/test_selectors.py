"""The directory, figures and what is shown to whom."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from chanjiao.apps.members import selectors
from chanjiao.apps.members.actions.register_organisation import register_organisations
from chanjiao.apps.members.models import Organisation, OrganisationAlias, Post
from chanjiao.apps.members.values import OrganisationFacts
from chanjiao.core.permissions import SYSTEM
from tests.cast import NOW, Cast, join


def names(found: object) -> list[str]:
    return [one.name for one in found]  # type: ignore[attr-defined]


def test_the_directory_leaves_consortia_out_unless_asked(cast: Cast) -> None:
    assert "青浦川职业教育集团" not in names(selectors.directory(cast.nobody))
    assert len(selectors.directory(cast.nobody, type_="consortium")) == 2


def test_filters_narrow_together(cast: Cast) -> None:
    found = selectors.directory(cast.nobody, type_="enterprise", role="lead_enterprise", consortium=cast.consortium.pk)

    assert list(found) == [cast.enterprise]


def test_who_is_in_no_consortium_is_found(cast: Cast) -> None:
    assert list(selectors.directory(cast.nobody, type_="enterprise", state="none")) == [cast.outsider]


def test_an_applicant_is_found_by_state_by_those_who_see_the_application(cast: Cast) -> None:
    waiting = join(cast.consortium, cast.outsider)
    waiting.state = "applied"
    waiting.save()

    assert list(selectors.directory(cast.secretary, state="applied")) == [cast.outsider]
    assert list(selectors.directory(cast.nobody, state="applied")) == []


def test_an_alias_finds_its_organisation(cast: Cast) -> None:
    OrganisationAlias.objects.create(organisation=cast.college, name="川职", name_key="川职")

    assert list(selectors.directory(cast.nobody, search="川 职")) == [cast.college]


@pytest.mark.parametrize("search", ["%", "_", "'", "（）", "<script>"])
def test_signs_find_nothing_rather_than_everything(cast: Cast, search: str) -> None:
    assert list(selectors.directory(cast.nobody, search=search)) == []


@pytest.mark.django_db
def test_names_are_sorted_by_pinyin_and_turned_around() -> None:
    told = [OrganisationFacts(name=name, type="enterprise") for name in ("中山厂", "安平厂", "重庆厂")]
    register_organisations(actor=SYSTEM, told=told, now=NOW)

    assert names(selectors.directory(SYSTEM)) == ["安平厂", "重庆厂", "中山厂"]
    assert names(selectors.directory(SYSTEM, sort="-name")) == ["中山厂", "重庆厂", "安平厂"]


def test_the_directory_costs_two_queries_however_long(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert len(list(selectors.directory(cast.nobody, role="lead_school"))) == 1


def test_figures_count_an_organisation_once(cast: Cast) -> None:
    join(cast.consortium, cast.college, "council_chair")

    figures = selectors.figures(cast.nobody, cast.consortium.pk)

    assert figures.members == 3
    assert figures.roles[0] == ("council_chair", 1)
    assert dict(figures.types) == {"school_vocational": 1, "enterprise": 1, "government": 1}


def test_named_people_are_for_those_who_belong_somewhere(cast: Cast) -> None:
    Post.objects.create(organisation=cast.college, person="方砚秋", title="院长")

    seen = {name for name, actor in cast.people.items() if selectors.people_of(actor, cast.college).exists()}

    assert seen == set(cast.people) - {"nobody", "student"}


def test_history_is_for_own_people_and_the_secretariat(cast: Cast) -> None:
    register_organisations(actor=SYSTEM, told=[OrganisationFacts(name="川岭厂", type="enterprise")], now=NOW)
    made = Organisation.objects.get(name="川岭厂")

    assert not selectors.history_of(cast.dean, made).exists()
    assert [event.name for event in selectors.history_of(cast.administrator, made)] == ["organisation.registered"]
