"""The pages of members: directory, organisation, joining, staff, consortia."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.models import Goal, Membership, Organisation, Post
from chanjiao.apps.reference.models import CodeSystem, Term
from chanjiao.core.permissions import Actor
from tests.cast import NOW, Cast, join, organisation


def load_region(code: str, name: str) -> None:
    told = {"title": "行政区划", "digest": "0" * 64, "loaded_at": NOW}
    system, _ = CodeSystem.objects.get_or_create(code="region", defaults=told)
    Term.objects.create(system=system, code=code, name=name)


SCRIPT = "<script>alert(1)</script>"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    if actor.user_id is not None:
        client.force_login(User.objects.get(pk=actor.user_id))
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def facts(body: Organisation, **changes: object) -> dict[str, object]:
    return {"name": body.name, "type": body.type, "version": body.version, **changes}


def test_anybody_finds_an_organisation_by_its_initials(cast: Cast) -> None:
    cast.enterprise.initials = "qpchrjxyxgs"
    cast.enterprise.save()

    text = page(client_of(cast.nobody), reverse("members:directory") + "?q=hrjx")

    assert cast.enterprise.name in text
    assert cast.college.name not in text


def test_filters_stand_in_the_address_and_nonsense_in_it_does_no_harm(cast: Cast) -> None:
    text = page(client_of(cast.nobody), reverse("members:directory") + "?type=enterprise&zone=x&section=%2A&sort=;drop")

    assert cast.enterprise.name in text
    assert cast.bureau.name not in text


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    assert "No organisation fits" in page(client_of(cast.nobody), reverse("members:directory") + "?q=不存在")


def test_the_list_as_a_file_holds_what_is_seen_and_no_formula(cast: Cast) -> None:
    organisation("=1+1厂", "enterprise")

    response = client_of(cast.nobody).get(reverse("members:directory") + "?type=enterprise&format=csv")

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 4
    assert any(line.startswith("'=1+1厂") for line in lines)


def test_the_directory_costs_the_same_however_many_rows(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        join(cast.consortium, organisation(f"川岭{number}厂", "enterprise", industry_code="C3484"))

    with django_assert_max_num_queries(12):
        page(client_of(cast.nobody), reverse("members:directory"))


def test_contacts_and_people_are_hidden_from_the_public(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.enterprise.pk).update(contact_phone="0000-5550100")
    Post.objects.create(organisation=cast.enterprise, person="罗佩瑶", title="总经理")
    address = reverse("members:organisation", args=[cast.enterprise.pk])

    public, own = page(client_of(cast.nobody), address), page(client_of(cast.personnel_officer), address)

    assert ("0000-5550100" in public, "总经理" in public) == (False, False)
    assert ("0000-5550100" in own, "总经理" in own) == (True, True)


def test_markup_in_every_field_comes_out_as_words(cast: Cast) -> None:
    texts = ("name", "short_name", "address", "introduction", "contact_name", "contact_phone", "aliases")
    values = facts(cast.enterprise, **dict.fromkeys(texts, SCRIPT))

    response = client_of(cast.personnel_officer).post(reverse("members:edit", args=[cast.enterprise.pk]), values)

    assert response.status_code == 302
    text = page(client_of(cast.personnel_officer), reverse("members:organisation", args=[cast.enterprise.pk]))
    assert SCRIPT not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"credit_code": "91350100M000100Y44"}, "wrong check character"),
        ({"credit_code": "12"}, "is not a unified social credit code"),
        ({"name": "远山食品有限公司"}, "is registered already"),
        ({"website": "javascript:alert(1)"}, "id_website"),
        ({"industry_code": "C" * 17}, "id_industry_code"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_nothing_is_stored(
    cast: Cast, changes: dict[str, str], words: str
) -> None:
    response = client_of(cast.personnel_officer).post(
        reverse("members:edit", args=[cast.enterprise.pk]), facts(cast.enterprise, address="新址", **changes)
    )

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Organisation.objects.get(pk=cast.enterprise.pk).address == ""


def test_a_stale_form_sent_twice_is_told_and_keeps_what_was_typed(cast: Cast) -> None:
    client, address = client_of(cast.personnel_officer), reverse("members:edit", args=[cast.enterprise.pk])
    client.post(address, facts(cast.enterprise, address="甲路1号"))

    response = client.post(address, facts(cast.enterprise, address="乙路2号"))

    assert response.status_code == 409
    assert "乙路2号" in response.content.decode()
    assert Organisation.objects.get(pk=cast.enterprise.pk).address == "甲路1号"


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30])
def test_a_spoilt_version_changes_nothing(cast: Cast, version: str) -> None:
    response = client_of(cast.personnel_officer).post(
        reverse("members:edit", args=[cast.enterprise.pk]), {**facts(cast.enterprise, address="x"), "version": version}
    )

    assert response.status_code in (409, 422)
    assert Organisation.objects.get(pk=cast.enterprise.pk).address == ""


@pytest.mark.parametrize("address", ["/members/999999/", "/members/999999/edit/", "/members/memberships/999999/"])
def test_a_foreign_or_missing_id_is_not_found(cast: Cast, address: str) -> None:
    assert client_of(cast.personnel_officer).get(address).status_code == 404


def test_the_walk_from_application_to_membership(cast: Cast) -> None:
    applicant, secretary = client_of(cast.stranger), client_of(cast.secretary)
    applicant.post(
        reverse("members:join", args=[cast.outsider.pk]),
        {"consortium": cast.consortium.pk, "role": "member", "reason": "提供实习岗位"},
    )
    membership = Membership.objects.get(organisation=cast.outsider)

    assert cast.outsider.name in page(secretary, reverse("members:review_list"))
    response = secretary.post(
        reverse("members:decide", args=[membership.pk]), {"decision": "approve", "version": membership.version}
    )

    assert response.status_code == 302
    membership.refresh_from_db()
    assert membership.state == "active"
    assert "Joined" in page(applicant, reverse("members:membership", args=[membership.pk]))


def test_declining_without_a_reason_is_told_at_the_field(cast: Cast) -> None:
    membership = join(cast.consortium, cast.outsider)
    Membership.objects.filter(pk=membership.pk).update(state="applied")

    response = client_of(cast.secretary).post(
        reverse("members:decide", args=[membership.pk]), {"decision": "decline", "version": 1, "reason": " "}
    )

    assert response.status_code == 422
    assert "id_reason_error" in response.content.decode()


def test_deciding_twice_is_told(cast: Cast) -> None:
    membership = join(cast.consortium, cast.outsider)

    response = client_of(cast.secretary).post(
        reverse("members:decide", args=[membership.pk]), {"decision": "approve", "version": 1}
    )

    assert response.status_code == 409


def test_an_officer_adds_a_colleague_and_ends_the_post(cast: Cast) -> None:
    User.objects.create(username="newcomer", full_name="尤佳")
    client, address = client_of(cast.personnel_officer), reverse("members:staff", args=[cast.enterprise.pk])

    client.post(address, {"username": "newcomer", "role": "member", "title": "专员"})
    assert "尤佳" in page(client, address)
    file = b"".join(client.get(address, {"format": "csv"})).decode()  # type: ignore[arg-type]
    assert "尤佳,newcomer,专员,Staff," in file

    post = cast.enterprise.staff.get(user__username="newcomer")
    assert client.post(reverse("members:end_staff", args=[post.pk])).status_code == 302
    post.refresh_from_db()
    assert post.ended_on is not None


def test_a_consortiums_page_shows_leads_goals_and_members(cast: Cast) -> None:
    Goal.objects.create(consortium=cast.consortium, kind="hope", text="提高产教融合深度", measure="depth", position=1)
    Goal.objects.create(
        consortium=cast.consortium, kind="line_of_work", text="搭建合作平台", owner=cast.college, position=2
    )

    text = page(client_of(cast.nobody), reverse("members:consortium", args=[cast.consortium.pk]))

    for words in (cast.college.name, cast.enterprise.name, cast.bureau.name, "提高产教融合深度", "搭建合作平台"):
        assert words in text


def test_an_organisation_that_is_a_consortium_has_the_consortiums_page(cast: Cast) -> None:
    body = cast.consortium.organisation

    response = client_of(cast.nobody).get(reverse("members:organisation", args=[body.pk]))

    assert response.headers["Location"] == reverse("members:consortium", args=[cast.consortium.pk])


@pytest.mark.parametrize("route", ["members:decide", "members:renew", "members:leave", "members:end_staff"])
def test_deeds_are_not_done_by_following_a_link(cast: Cast, route: str) -> None:
    assert client_of(cast.administrator).get(reverse(route, args=[1])).status_code == 405


def test_a_page_is_whole_in_chinese(cast: Cast) -> None:
    client = client_of(cast.secretary)
    client.cookies["django_language"] = "zh-hans"

    text = page(client, reverse("members:organisation", args=[cast.enterprise.pk]))

    assert "统一社会信用代码" in text or "基本信息" in text


def by_code(cast: Cast, code: str, **typed: str) -> str:
    address = reverse("members:by_code")
    return client_of(cast.secretary).get(address, {"credit_code": code, **typed}).content.decode()


def test_a_credit_code_fills_the_type_and_the_region_it_names_for_whoever_registers_a_body(cast: Cast) -> None:
    load_region("350000", "福建省")
    load_region("350100", "福州市")

    filled = by_code(cast, "91350100M000100Y43", type="school_vocational")

    assert "It belongs to: enterprise." in filled
    assert "Registered in: 福建省 · 福州市." in filled
    assert '<option value="enterprise" selected>' in filled
    assert 'data-label="350100 福州市"' in filled


def test_what_was_chosen_before_stays_where_the_code_allows_it(cast: Cast) -> None:
    filled = by_code(cast, "91350100M000100Y43", type="media", region_code="340200")

    assert '<option value="media" selected>' in filled
    assert 'value="340200"' in filled


def test_a_wrong_code_and_one_that_somebody_bears_are_told_at_once(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.outsider.pk).update(credit_code="91350100M000100Y43")

    assert "91350100M000100Y44 has a wrong check character" in by_code(cast, "91350100M000100Y44")
    assert "not a unified social credit code" in by_code(cast, "913501")
    assert f'The code belongs to <a href="/members/{cast.outsider.pk}/">' in by_code(cast, "91350100M000100Y43")
    assert "form-" not in by_code(cast, " ")
