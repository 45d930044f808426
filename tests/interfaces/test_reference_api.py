"""The code tables over the API."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.apps.reference.conftest import tables  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]
ROOT = "/api/v1/reference"


def test_systems_come_with_edition_and_counts(client: Client) -> None:
    answer = client.get(f"{ROOT}/systems").json()

    assert answer["count"] == 2
    assert {key: answer["items"][0][key] for key in ("code", "edition", "in_force", "abolished")} == {
        "code": "occupation",
        "edition": "2022年版",
        "in_force": 7,
        "abolished": 0,
    }


def test_a_suggestion_says_why(client: Client) -> None:
    answer = client.get(f"{ROOT}/suggest", {"q": "电焊工", "system": "occupation"}).json()

    assert answer["count"] == 1
    assert (answer["items"][0]["code"], answer["items"][0]["reason"]) == ("6-18-02-04", "alias")


def test_terms_are_paged_and_filtered_by_parent(client: Client) -> None:
    answer = client.get(f"{ROOT}/occupation/terms", {"parent": "6-18-02", "limit": 2, "offset": 1}).json()

    assert answer["count"] == 4
    assert [one["code"] for one in answer["items"]] == ["6-18-02-05", "6-18-02-06"]


def test_a_term_comes_whole(client: Client) -> None:
    answer = client.get(f"{ROOT}/occupation/terms/6-18-02-04").json()

    assert answer["aliases"] == ["电焊工", "氩弧焊工"]
    assert [one["code"] for one in answer["path"]] == ["6", "6-18", "6-18-02"]
    assert answer["in_force"] is True


@pytest.mark.parametrize("path", ["occupation/terms/9-99", "colour/terms", "occupation/terms/9-99/links"])
def test_what_is_not_there_is_not_found_in_the_one_shape(client: Client, path: str) -> None:
    response = client.get(f"{ROOT}/{path}")

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "record.not_found"


def test_an_unknown_system_is_refused(client: Client) -> None:
    response = client.get(f"{ROOT}/suggest", {"q": "a", "system": "colour"})

    assert (response.status_code, response.json()["error"]["code"]) == (422, "reference.unknown_system")
