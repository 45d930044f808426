"""The pages of the code tables, as anybody sees them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chanjiao.apps.reference.models import CodeSystem, Link
from tests.apps.reference.conftest import tables  # noqa: F401  (a fixture)
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_page_lists_every_table_with_edition_and_source(reader: Client) -> None:
    text = page(reader, reverse("reference:index"))

    assert "Occupations" in text
    assert "2022年版" in text
    assert "大典" in text


def test_a_partial_table_says_so(reader: Client) -> None:
    CodeSystem.objects.filter(code="occupation").update(is_partial=True)

    assert "Partial" in page(reader, reverse("reference:system", args=["occupation"]))


def test_a_search_shows_what_matched_and_why(reader: Client) -> None:
    text = page(reader, reverse("reference:index") + "?q=氩弧")

    assert "焊工" in text
    assert "Other name begins so" in text
    assert "<mark>氩弧</mark>焊工" in text


def test_a_search_in_vain_says_what_to_try(reader: Client) -> None:
    assert "Nothing found" in page(reader, reverse("reference:index") + "?q=zzqqxx")


def test_script_in_a_search_comes_out_escaped(reader: Client) -> None:
    text = page(reader, reverse("reference:index") + "?q=<script>alert(1)</script>")

    assert "<script>alert" not in text


def test_a_table_opens_level_by_level(reader: Client) -> None:
    top = page(reader, reverse("reference:system", args=["occupation"]))
    below = page(reader, reverse("reference:below", args=["occupation", "6-18-02"]))

    assert reverse("reference:below", args=["occupation", "6"]) in top
    assert "焊工" in below
    assert "<html" not in below


def test_a_term_shows_path_names_links_and_functions(reader: Client) -> None:
    Link.objects.create(programme_code="460103", occupation_code="6-18-02", granularity="minor", source="official")

    caster = page(reader, reverse("reference:term", args=["occupation", "6-18-02-07"]))

    for words in ("机械热加工人员", "翻砂工", "造型", "460103", "by way of 6-18-02", "In force"):
        assert words in caster


def test_records_with_a_code_are_shown_to_an_administrator_only(reader: Client, cast: Cast) -> None:
    address = reverse("reference:term", args=["industry", "C3484"])
    public = page(reader, address)
    reader.force_login(_user(cast.administrator.user_id))

    assert "Records of this site" not in public
    assert "Records of this site" in page(reader, address)


@pytest.mark.parametrize(
    "address", ["/reference/colour/", "/reference/occupation/9-99/", "/reference/occupation/9/below/"]
)
def test_what_is_not_there_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_suggestions_are_options_in_force_with_their_code(reader: Client) -> None:
    text = page(reader, reverse("reference:suggest") + "?q=hg&system=occupation")

    assert 'role="option" data-code="6-18-02-04" data-name="焊工"' in text
    assert "found; choose with the arrow keys" in text


def test_suggestions_come_as_json_too(reader: Client) -> None:
    answer = reader.get(reverse("reference:suggest"), {"q": "3484", "system": "industry", "format": "json"}).json()

    assert [(one["code"], one["name"]) for one in answer["items"]] == [("C3484", "机械零部件加工")]


def test_an_unknown_table_is_refused_in_the_readers_words(reader: Client) -> None:
    response = reader.get(reverse("reference:suggest"), {"q": "a", "system": "colour"})

    assert response.status_code == 422
    assert "There is no code system colour" in response.content.decode()


def test_a_whole_table_is_exported(reader: Client) -> None:
    response = reader.get(reverse("reference:system", args=["occupation"]), {"format": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()

    assert lines[0] == "Code,Name,Level in the table,Code above,In force,Edition"
    assert lines[1] == "6,生产制造及有关人员,Major group,,Yes,2022年版"
    assert len(lines) == 8


def test_the_pages_cost_few_queries(reader: Client, django_assert_num_queries) -> None:
    reader.get(reverse("reference:index") + "?q=焊")
    for address, queries in (
        (reverse("reference:index"), 2),  # one of each page's queries is the frame's
        (reverse("reference:index") + "?q=焊", 3),
        (reverse("reference:system", args=["occupation"]), 4),
        (reverse("reference:suggest") + "?q=焊", 1),
    ):
        with django_assert_num_queries(queries):
            reader.get(address)


def _user(pk: int | None) -> object:
    from chanjiao.apps.accounts.models import User

    return User.objects.get(pk=pk)
