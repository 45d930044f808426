"""Members over the API."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from chanjiao.apps.members.models import Founding, Membership, Organisation
from tests.apps.members.conftest import STORY
from tests.cast import Cast
from tests.interfaces.test_members_pages import client_of

ROOT = "/api/v1/members"


def send(client: Client, path: str, body: object, method: str = "post") -> tuple[int, dict[str, object]]:
    response = getattr(client, method)(ROOT + path, json.dumps(body), content_type="application/json")
    return response.status_code, response.json()


def test_organisations_are_filtered_and_paged(cast: Cast) -> None:
    answer = client_of(cast.nobody).get(f"{ROOT}/organisations", {"type": "enterprise", "limit": 1}).json()

    assert (answer["count"], len(answer["items"])) == (2, 1)
    assert "contact_phone" not in answer["items"][0]


def test_contacts_are_for_those_who_may_see_them(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.enterprise.pk).update(contact_phone="0000-5550100")
    path = f"{ROOT}/organisations/{cast.enterprise.pk}"

    phones = {
        name: client_of(getattr(cast, name)).get(path).json()["contact_phone"]
        for name in ("nobody", "stranger", "personnel_officer", "secretary")
    }

    assert phones == {"nobody": "", "stranger": "", "personnel_officer": "0000-5550100", "secretary": "0000-5550100"}


def test_a_consortium_comes_with_its_figures(cast: Cast) -> None:
    answer = client_of(cast.nobody).get(f"{ROOT}/consortia/{cast.consortium.pk}").json()

    assert answer["roles"] == {"lead_school": 1, "lead_enterprise": 1, "guidance_committee": 1}
    assert answer["name"] == cast.consortium.organisation.name


def test_registering_and_editing_keep_the_rules(cast: Cast) -> None:
    secretary = client_of(cast.secretary)

    made, body = send(secretary, "/organisations", {"name": "川岭厂", "type": "enterprise"})
    twice, error = send(secretary, "/organisations", {"name": "川岭厂", "type": "enterprise"})
    wrong, malformed = send(secretary, "/organisations", {"name": "乙厂", "type": "enterprise", "credit_code": "1"})

    assert (made, twice, wrong) == (201, 409, 422)
    assert error["error"]["code"] == "organisation.duplicate"  # type: ignore[index]
    assert malformed["error"]["field"] == "credit_code"  # type: ignore[index]
    edited, _ = send(
        client_of(cast.personnel_officer),
        f"/organisations/{body['id']}",
        {"name": "川岭厂", "type": "enterprise", "version": 1},
        "put",
    )
    assert edited == 403


def test_the_walk_from_application_to_leaving(cast: Cast) -> None:
    applicant, secretary = client_of(cast.stranger), client_of(cast.secretary)
    body = {"organisation_id": cast.outsider.pk, "consortium_id": cast.consortium.pk}

    status, applied = send(applicant, "/memberships", body)
    _, approved = send(secretary, f"/memberships/{applied['id']}/decide", {"version": 1, "approve": True})
    _, renewed = send(
        secretary, f"/memberships/{applied['id']}/renew", {"version": approved["version"], "ends_on": "2040-01-01"}
    )
    _, left = send(
        applicant, f"/memberships/{applied['id']}/leave", {"version": renewed["version"], "reason": "业务调整"}
    )

    assert (status, applied["state"], approved["state"], left["state"]) == (201, "applied", "active", "left")
    assert renewed["ends_on"] == "2040-01-01"


def test_an_application_is_listed_to_those_concerned_only(cast: Cast) -> None:
    Membership.objects.create(
        organisation=cast.outsider, consortium=cast.consortium, state="applied", applied_at="2026-10-01T00:00:00Z"
    )
    counts = {
        name: client_of(getattr(cast, name)).get(f"{ROOT}/memberships", {"state": "applied"}).json()["count"]
        for name in ("nobody", "dean", "stranger", "secretary")
    }

    assert counts == {"nobody": 0, "dean": 0, "stranger": 1, "secretary": 1}


def test_a_document_is_read_and_accepted(cast: Cast) -> None:
    secretary = client_of(cast.secretary)

    status, draft = send(secretary, "/foundings", {"text": STORY, "name": "notice"})
    _, accepted = send(secretary, f"/foundings/{draft['id']}/accept", {"version": draft["version"]})

    assert (status, draft["state"], accepted["state"]) == (201, "draft", "accepted")
    assert accepted["outcome"]["made"]["goals"]  # type: ignore[index]


@pytest.mark.parametrize("text", ["", "今天天气很好。", "<b>x</b>"])
def test_a_text_that_founds_nothing_is_refused(cast: Cast, text: str) -> None:
    status, answer = send(client_of(cast.secretary), "/foundings", {"text": text})

    assert status == 422
    assert answer["error"]["kind"] == "invalid"  # type: ignore[index]
    assert Founding.objects.count() == 0


@pytest.mark.parametrize("path", ["/organisations", "/memberships", "/foundings"])
def test_nobody_writes_without_logging_in(cast: Cast, path: str) -> None:
    body = {"name": "x", "type": "enterprise", "organisation_id": 1, "consortium_id": 1, "text": STORY}

    assert send(client_of(cast.nobody), path, body)[0] == 401


@pytest.mark.parametrize("query", ["zone=" + "9" * 30, "consortium=x", "zone=0", "offset=" + "9" * 30])
def test_a_number_that_cannot_be_is_refused_at_its_field(cast: Cast, query: str) -> None:
    response = client_of(cast.nobody).get(f"{ROOT}/organisations?{query}")

    assert response.status_code == 422
    assert response.json()["error"]["field"] == query.partition("=")[0]
