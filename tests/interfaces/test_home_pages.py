"""The workbench, the board and the search, as each kind of person sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from chanjiao.apps.exchange.models import Need
from chanjiao.apps.members.models import Membership
from chanjiao.apps.reference.models import CodeSystem, Term
from chanjiao.core.audit import emit
from chanjiao.core.models import Event
from chanjiao.interfaces.web.home.news import news_of
from chanjiao.interfaces.web.home.waiting import waiting_for, waiting_total
from tests.cast import NOW, TODAY, Cast, organisation
from tests.interfaces.test_frame import logged_in


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def need(cast: Cast, state: str, number: str, **fields: object) -> Need:
    values: dict[str, object] = {
        "organisation": cast.enterprise,
        "consortium": cast.consortium,
        "kind": "post",
        "title": f"数控操机工 {number}",
        "summary": "看图、对刀",
        "state": state,
        "expires_on": timezone.localdate() + timedelta(days=60),
        "created_at": NOW,
    }
    return Need.objects.create(number=number, **{**values, **fields})


def test_a_secretariat_is_told_what_to_review_and_by_when(client: Client, cast: Cast) -> None:
    need(cast, "submitted", "N-1", submitted_at=NOW)
    Membership.objects.create(consortium=cast.consortium, organisation=cast.outsider, state="applied", applied_at=NOW)

    groups = waiting_for(cast.secretary, NOW)

    assert [(group.icon, group.count) for group in groups] == [("user-plus", 1), ("clipboard-check", 1)]
    assert groups[1].lines[0].due == TODAY + timedelta(days=3)
    assert groups[0].lines[0].title == "远山食品有限公司"


def test_an_officer_is_told_of_drafts_and_of_needs_about_to_expire(client: Client, cast: Cast) -> None:
    need(cast, "draft", "N-1")
    need(cast, "open", "N-2", opened_at=NOW, expires_on=TODAY + timedelta(days=5))
    need(cast, "open", "N-3", opened_at=NOW, expires_on=TODAY + timedelta(days=90))

    groups = waiting_for(cast.personnel_officer, NOW)

    assert [(group.icon, group.count) for group in groups] == [("calendar-due", 1), ("pencil", 1)]
    assert groups[0].lines[0].due == TODAY + timedelta(days=5)


@pytest.mark.parametrize("person", ["nobody", "student", "stranger", "teacher", "bureau_officer"])
def test_nothing_waits_for_those_who_have_nothing_to_do(cast: Cast, person: str) -> None:
    need(cast, "draft", "N-1")
    need(cast, "submitted", "N-2", submitted_at=NOW)

    assert waiting_total(cast.people[person], NOW) == 0


def test_the_public_page_says_what_this_is_and_shows_no_draft(client: Client, cast: Cast) -> None:
    need(cast, "open", "N-1", opened_at=NOW)
    need(cast, "draft", "N-2")

    page = client.get("/").content.decode()

    assert "青浦川经济技术开发区产教联合体" in page
    assert "数控操机工 N-1" in page
    assert "N-2" not in page


@pytest.mark.django_db
def test_a_site_without_a_consortium_says_how_to_begin(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "Begin with the founding notice" in page


@pytest.mark.parametrize("address", ["/", "/stand/", "/search/?q=数控"])
@pytest.mark.parametrize("username", ["secretary", "dean", "teacher", "bureau", "student", "stranger", "administrator"])
def test_the_pages_open_to_every_kind_of_person(client: Client, cast: Cast, username: str, address: str) -> None:
    need(cast, "open", "N-1", opened_at=NOW)

    answer = logged_in(client, username).get(address)

    assert answer.status_code == 200


def test_every_figure_of_the_board_has_a_definition_and_its_rows(client: Client, cast: Cast) -> None:
    page = logged_in(client, "dean").get("/stand/").content.decode()

    assert page.count('<li class="tile">') == 6
    assert page.count('role="tooltip"') == 6
    assert page.count('<span class="value"><a href=') == 6


def test_the_count_in_the_top_bar_is_what_the_workbench_lists(client: Client, cast: Cast) -> None:
    need(cast, "submitted", "N-1", submitted_at=NOW)
    need(cast, "submitted", "N-2", submitted_at=NOW)

    fragment = logged_in(client, "secretary").get("/waiting/").content.decode()

    assert ">2<" in fragment


def test_script_in_the_search_words_comes_out_escaped(client: Client, cast: Cast) -> None:
    page = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_script_in_a_name_comes_out_escaped_where_it_is_marked(client: Client, cast: Cast) -> None:
    organisation("<b>恒锐</b>实业有限公司", "enterprise")

    page = client.get("/search/", {"q": "恒锐"}).content.decode()

    assert "<b>恒锐" not in page
    assert "&lt;b&gt;<mark>恒锐</mark>&lt;/b&gt;实业有限公司" in page


def test_like_deeds_of_a_day_stand_in_one_line(cast: Cast) -> None:
    events = [
        emit(actor=cast.secretary, name="need.opened", instance=need(cast, "open", f"N-{number}"), now=NOW)
        for number in range(3)
    ]

    lines = news_of(cast.secretary, events)

    assert len(lines) == 1
    assert lines[0].note in ("and 2 more", "另有 2 条")


def test_news_name_a_programme_and_leave_a_pseudonym_out(cast: Cast) -> None:
    told = {"title": "专业", "digest": "0" * 64, "loaded_at": NOW}
    system = CodeSystem.objects.create(code="programme", **told)
    Term.objects.create(system=system, code="530701", name="电子商务")
    events = [
        Event(name="warning.issued", object_type="programmes.warningcard", object_name="530701 · 2026", at=NOW),
        Event(name="placement.accepted", object_type="placement.placementoffer", object_name="8b43 → 焊工", at=NOW),
    ]

    texts = [one.text.split(" · ", 1)[1] for one in news_of(cast.secretary, events)]

    assert texts == ["电子商务 · 2026", "焊工"]


def test_the_workbench_costs_a_bounded_number_of_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        need(cast, "submitted", f"N-{number}", submitted_at=NOW)
    logged_in(client, "secretary")

    with django_assert_max_num_queries(45):
        client.get("/")


def test_no_model_change_lacks_a_migration(db: None) -> None:
    call_command("makemigrations", "accounts", "core", check=True, dry_run=True, verbosity=0)
