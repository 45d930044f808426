"""The pages of programmes."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chanjiao.apps.programmes.models import ProgrammePoint
from tests.apps.exchange.samples import need
from tests.apps.programmes.test_points import add
from tests.cast import Cast
from tests.interfaces.test_exchange_pages import TERM, logged_in, page

FIGURES = {"years": 3, "intake": 120, "enrolled": 300, "teachers": 10, "dual_qualified": 8, "first_year": 2004}


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def test_everybody_reads_programmes_and_their_needs(client: Client, cast: Cast) -> None:
    point = add(cast)
    need(cast, title="要数控专业", programme_code="460103", occupation_code="", **TERM)

    shown = page(client, f"/programmes/{point.pk}/")

    assert "要数控专业" in shown
    assert "460103" in page(client, "/programmes/")
    assert "460103" in b"".join(client.get("/programmes/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]


def test_an_officer_adds_a_programme_from_the_form(client: Client, cast: Cast) -> None:
    logged_in(client, cast.dean)

    response = client.post(
        "/programmes/new/", {**FIGURES, "college": cast.college.pk, "level": "associate", "code": "460103"}
    )

    assert response.status_code == 302
    assert ProgrammePoint.objects.get().intake == 120


def test_errors_stand_at_their_fields(client: Client, cast: Cast) -> None:
    logged_in(client, cast.dean)
    wrong = {**FIGURES, "dual_qualified": 11, "college": cast.college.pk, "level": "associate", "code": "=1+1"}

    response = client.post("/programmes/new/", wrong)

    assert response.status_code == 422
    assert "More dual-qualified teachers than teachers" in response.content.decode()
    assert not ProgrammePoint.objects.exists()


def test_a_foreign_college_is_no_choice(client: Client, cast: Cast) -> None:
    logged_in(client, cast.dean)

    response = client.post(
        "/programmes/new/", {**FIGURES, "college": cast.enterprise.pk, "level": "associate", "code": "460103"}
    )

    assert response.status_code == 422
    assert not ProgrammePoint.objects.exists()


def test_a_stale_form_shows_what_is_stored_now(client: Client, cast: Cast) -> None:
    point = add(cast)
    logged_in(client, cast.dean)
    ProgrammePoint.objects.update(intake=77, version=2)

    response = client.post(f"/programmes/{point.pk}/edit/", {**FIGURES, "version": 1})

    assert response.status_code == 409
    assert "77" in response.content.decode()
    assert ProgrammePoint.objects.get().intake == 77


def test_the_list_costs_the_same_queries_for_many_rows(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("460103", "460301", "460104", "460113"):
        add(cast, code=code)
    client.get("/programmes/")

    with django_assert_num_queries(6):
        client.get("/programmes/")
