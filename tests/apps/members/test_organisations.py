"""Registering and editing organisations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chanjiao.apps.members import selectors
from chanjiao.apps.members.actions.edit_organisation import edit_organisation
from chanjiao.apps.members.actions.register_organisation import register_organisation, register_organisations
from chanjiao.apps.members.models import Organisation, OrganisationAlias
from chanjiao.apps.members.registry import facts_of
from chanjiao.apps.members.values import OrganisationFacts
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import SYSTEM
from tests.cast import NOW, Cast

FACTORY = OrganisationFacts(
    name="川岭精工有限公司", type="enterprise", credit_code="91350100M000100Y43", aliases=("川岭精工",)
)


def test_a_registered_organisation_is_found_by_any_of_its_names(cast: Cast) -> None:
    made = register_organisation(actor=cast.secretary, told=FACTORY, now=NOW)

    for search in ("川岭", "川岭精工", "cljg", "91350100m000100y43"):
        assert list(selectors.directory(cast.nobody, search=search)) == [made]


def test_registering_is_recorded_and_told(cast: Cast) -> None:
    made = register_organisation(actor=cast.secretary, told=FACTORY, now=NOW)

    event = Event.objects.get(name="organisation.registered")
    assert (event.object_id, event.organisation_name, event.actor_name) == (made.pk, "川岭精工有限公司", "许文清")
    assert AuditRecord.objects.get(action="register_organisation").after["credit_code"] == "91350100M000100Y43"


@pytest.mark.parametrize(
    "told",
    [
        replace(FACTORY, credit_code=""),
        replace(FACTORY, name="另一名称有限公司"),
        replace(FACTORY, name="川岭精工", credit_code=""),
        replace(FACTORY, name="川岭精工(有限)公司", credit_code=""),
    ],
    ids=["same name", "same code", "short form", "parentheses"],
)
def test_a_duplicate_is_refused_and_nothing_is_stored(cast: Cast, told: OrganisationFacts) -> None:
    register_organisation(actor=cast.secretary, told=FACTORY, now=NOW)
    before = (Organisation.objects.count(), OrganisationAlias.objects.count(), AuditRecord.objects.count())

    with pytest.raises(ChanjiaoError) as refusal:
        register_organisation(actor=cast.secretary, told=told, now=NOW)

    assert (refusal.value.code, refusal.value.params["name"]) == ("organisation.duplicate", "川岭精工有限公司")
    assert (Organisation.objects.count(), OrganisationAlias.objects.count(), AuditRecord.objects.count()) == before


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (replace(FACTORY, name="  "), "name"),
        (replace(FACTORY, name="（）"), "name"),
        (replace(FACTORY, name="长" * 121), "name"),
        (replace(FACTORY, type="nonsense"), "type"),
        (replace(FACTORY, website="javascript:alert(1)"), "website"),
        (replace(FACTORY, credit_code="91350100M000100Y44"), "credit_code"),
        (replace(FACTORY, zone_id=999_999), "zone"),
        (replace(FACTORY, staff_count=-1), "staff_count"),
        (replace(FACTORY, industry_code="C9999"), "industry_code"),
        (replace(FACTORY, region_code="999999"), "region_code"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_its_field(cast: Cast, told: OrganisationFacts, field: str) -> None:
    before = Organisation.objects.count()

    with pytest.raises(ChanjiaoError) as refusal:
        register_organisation(actor=cast.secretary, told=told, now=NOW)

    errors = refusal.value.errors if isinstance(refusal.value, Rejected) else [refusal.value]
    assert [error.field for error in errors] == [field]
    assert Organisation.objects.count() == before


@pytest.mark.parametrize("who", "nobody stranger student teacher dean personnel_officer bureau_officer".split())
def test_others_register_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        register_organisation(actor=cast.people[who], told=FACTORY, now=NOW)

    assert refusal.value.code == "action.denied"
    assert not Organisation.objects.filter(name=FACTORY.name).exists()


def test_an_officer_edits_the_facts_of_their_own_organisation(cast: Cast) -> None:
    told = replace(facts_of(cast.enterprise), name="青浦川恒锐精密机械有限公司", contact_phone="0000-5550100")

    edited = edit_organisation(
        actor=cast.personnel_officer, organisation_id=cast.enterprise.pk, version=1, told=told, now=NOW
    )

    assert (edited.name, edited.version) == ("青浦川恒锐精密机械有限公司", 2)
    assert list(edited.aliases.values_list("name", flat=True)) == ["青浦川恒锐机械有限公司"]
    record = AuditRecord.objects.get(action="edit_organisation")
    assert (record.before["name"], record.organisation_id) == ("青浦川恒锐机械有限公司", cast.enterprise.pk)


def test_of_two_editors_with_one_form_the_second_is_told(cast: Cast) -> None:
    first = replace(facts_of(cast.enterprise), address="甲路1号")
    edit_organisation(actor=cast.personnel_officer, organisation_id=cast.enterprise.pk, version=1, told=first, now=NOW)

    second = replace(first, address="乙路2号")
    with pytest.raises(ChanjiaoError) as refusal:
        edit_organisation(
            actor=cast.personnel_officer, organisation_id=cast.enterprise.pk, version=1, told=second, now=NOW
        )

    assert refusal.value.code == "record.stale"
    assert Organisation.objects.get(pk=cast.enterprise.pk).address == "甲路1号"


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "teacher", "dean", "bureau_officer", "secretary"])
def test_nobody_else_edits_an_organisation_that_has_an_officer(cast: Cast, who: str) -> None:
    told = replace(facts_of(cast.enterprise), address="他人改的")

    with pytest.raises(ChanjiaoError) as refusal:
        edit_organisation(actor=cast.people[who], organisation_id=cast.enterprise.pk, version=1, told=told, now=NOW)

    assert refusal.value.code == "action.denied"
    assert Organisation.objects.get(pk=cast.enterprise.pk).address == ""


def test_an_officer_does_not_change_the_type(cast: Cast) -> None:
    told = replace(facts_of(cast.enterprise), type="government")

    with pytest.raises(ChanjiaoError) as refusal:
        edit_organisation(
            actor=cast.personnel_officer, organisation_id=cast.enterprise.pk, version=1, told=told, now=NOW
        )

    assert refusal.value.code == "action.denied"


def test_taking_anothers_name_is_refused(cast: Cast) -> None:
    told = replace(facts_of(cast.enterprise), name="远山食品有限公司")

    with pytest.raises(ChanjiaoError) as refusal:
        edit_organisation(
            actor=cast.personnel_officer, organisation_id=cast.enterprise.pk, version=1, told=told, now=NOW
        )

    assert refusal.value.code == "organisation.duplicate"
    assert Organisation.objects.get(pk=cast.enterprise.pk).version == 1


@pytest.mark.django_db
def test_a_list_registers_new_bodies_and_completes_known_ones() -> None:
    rows = [
        OrganisationFacts(name="川岭精工有限公司", type="enterprise", zone_name="川岭经开区"),
        OrganisationFacts(name="川岭经济技术开发区", type="park"),
    ]
    register_organisations(actor=SYSTEM, told=rows, now=NOW)

    register_organisations(actor=SYSTEM, told=[replace(rows[0], short_name="川岭精工", address="滨河路1号")], now=NOW)

    factory = Organisation.objects.get(type="enterprise")
    assert Organisation.objects.count() == 2
    assert factory.zone is not None
    assert (factory.zone.name, factory.short_name, factory.address) == ("川岭经济技术开发区", "川岭精工", "滨河路1号")


@pytest.mark.django_db
def test_a_fuller_name_replaces_a_short_one_which_stays_an_alias() -> None:
    register_organisations(actor=SYSTEM, told=[OrganisationFacts(name="川岭集团", type="enterprise")], now=NOW)

    full = OrganisationFacts(name="安徽川岭集团股份有限公司", type="enterprise")
    register_organisations(actor=SYSTEM, told=[full], now=NOW)

    only = Organisation.objects.get()
    assert only.name == "安徽川岭集团股份有限公司"
    assert [alias.name for alias in only.aliases.all()] == ["川岭集团"]
