"""Needs, offers, matches and programmes over the API."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from chanjiao.apps.exchange.models import Need
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import Match
from chanjiao.core import clock
from chanjiao.core.permissions import SYSTEM
from tests.apps.exchange.samples import SECRET, SECRET_PHONE, need, offer
from tests.apps.programmes.test_points import add
from tests.cast import Cast
from tests.interfaces.test_exchange_pages import FORM, LATER, TERM, logged_in


def called(client: Client, method: str, address: str, told: dict[str, object] | None = None) -> tuple[int, Any]:
    body = json.dumps(told) if told is not None else None
    response = client.generic(method, f"/api/v1{address}", body or "", content_type="application/json")
    return response.status_code, json.loads(response.content)


def test_the_public_lists_open_offers_without_anything_confidential(client: Client, cast: Cast) -> None:
    posted = offer(cast, **TERM)

    status, listed = called(client, "GET", "/exchange/offers?limit=5&kind=post")
    _, one = called(client, "GET", f"/exchange/offers/{posted.pk}")

    assert (status, listed["count"], listed["items"][0]["number"]) == (200, 1, posted.number)
    assert one["confidential"] is None
    assert one["fields"] == {"engagement": "internship", "months": 6}
    assert one["deeds"] == []
    for secret in (SECRET, SECRET_PHONE, "陶老师"):
        assert secret not in str(listed)
        assert secret not in str(one)


def test_a_need_lives_from_draft_to_close(client: Client, cast: Cast) -> None:
    logged_in(client, cast.personnel_officer)
    told = {
        "kind": "post",
        "organisation_id": cast.enterprise.pk,
        "consortium_id": cast.consortium.pk,
        "title": "焊工",
        "summary": "两班倒",
        "quantity": 3,
        "skills": ["识图"],
        "fields": {"engagement": "employment", "pay_low": 4500},
        "expires_on": LATER.isoformat(),
    }

    status, made = called(client, "POST", "/exchange/needs", told)
    address = f"/exchange/needs/{made['id']}"
    _, edited = called(client, "PUT", address, {**told, "title": "焊工二班", "version": 1})
    _, submitted = called(client, "POST", f"{address}/submit", {"version": 2})
    logged_in(client, cast.secretary)
    _, opened = called(client, "POST", f"{address}/review", {"version": 3, "verdict": "approve"})
    logged_in(client, cast.personnel_officer)
    _, renewed = called(client, "POST", f"{address}/renew", {"version": 4})
    _, closed = called(client, "POST", f"{address}/close", {"version": 5, "reason": "elsewhere"})

    assert (status, made["state"], made["confidential"]["fields"]) == (201, "draft", {})
    assert edited["title"] == "焊工二班"
    assert [one["state"] for one in (submitted, opened, renewed, closed)] == ["submitted", "open", "open", "closed"]


def test_a_stale_version_is_a_conflict(client: Client, cast: Cast) -> None:
    posted = need(cast, **TERM)
    logged_in(client, cast.personnel_officer)
    Need.objects.update(version=2)

    status, answer = called(client, "POST", f"/exchange/needs/{posted.pk}/renew", {"version": 1})

    assert (status, answer["error"]["code"]) == (409, "record.stale")


def test_wrong_fields_are_all_named(client: Client, cast: Cast) -> None:
    logged_in(client, cast.personnel_officer)
    told = {
        "kind": "post",
        "organisation_id": cast.enterprise.pk,
        "consortium_id": cast.consortium.pk,
        "submit": True,
        "region_code": "nowhere",
        "fields": {"pay_low": "many", "colour": "red"},
    }

    status, answer = called(client, "POST", "/exchange/needs", told)

    named = {error["field"] for error in answer["error"]["errors"]}
    assert status == 422
    assert named == {"title", "summary", "region_code", "pay_low", "colour", "engagement"}
    assert not Need.objects.exists()


def test_nobody_writes_and_a_stranger_is_denied(client: Client, cast: Cast) -> None:
    posted = need(cast, **TERM)
    told = {"version": 1, "reason": "withdrawn"}

    unknown = called(client, "POST", f"/exchange/needs/{posted.pk}/close", told)
    logged_in(client, cast.stranger)
    denied = called(client, "POST", f"/exchange/needs/{posted.pk}/close", told)
    foreign = called(client, "POST", "/exchange/needs/99999/close", told)

    assert [(status, answer["error"]["code"]) for status, answer in (unknown, denied, foreign)] == [
        (401, "login.required"),
        (403, "action.denied"),
        (404, "record.not_found"),
    ]
    assert Need.objects.get().state == "open"


def test_own_listings_are_the_callers(client: Client, cast: Cast) -> None:
    need(cast, actor=cast.personnel_officer, submit=False, **TERM)
    logged_in(client, cast.personnel_officer)
    _, own = called(client, "GET", "/exchange/needs?mine=true")
    logged_in(client, cast.dean)
    _, others = called(client, "GET", "/exchange/needs?mine=true")

    assert (own["count"], others["count"]) == (1, 0)


def test_a_match_is_read_and_answered(client: Client, cast: Cast) -> None:
    need(cast, **TERM)
    offer(cast, **TERM)
    run_matching(actor=SYSTEM, now=clock.now())
    pk = Match.objects.get().pk
    logged_in(client, cast.dean)

    _, listed = called(client, "GET", "/matches?waiting=true")
    _, one = called(client, "GET", f"/matches/{pk}")
    _, accepted = called(client, "POST", f"/matches/{pk}/accept", {})
    status, again = called(client, "POST", f"/matches/{pk}/accept", {})
    logged_in(client, cast.personnel_officer)
    _, declined = called(client, "POST", f"/matches/{pk}/decline", {"reason": "time"})

    assert listed["count"] == 1
    assert abs(sum(factor["value"] for factor in one["factors"]) - one["score"]) < 1e-9
    assert one["need"]["confidential"] is None
    assert one["offer"]["confidential"]["detail"] == SECRET
    assert accepted["state"] == "accepted_by_one"
    assert (status, again["error"]["code"]) == (409, "match.answered")
    assert (declined["state"], declined["declined_by"], declined["decline_reason"]) == ("declined", "need", "time")


def test_matches_are_not_for_strangers(client: Client, cast: Cast) -> None:
    need(cast, **TERM)
    offer(cast, **TERM)
    run_matching(actor=SYSTEM, now=clock.now())
    pk = Match.objects.get().pk

    assert called(client, "GET", "/matches")[0] == 401
    logged_in(client, cast.stranger)
    assert called(client, "GET", "/matches")[1] == {"items": [], "count": 0}
    assert called(client, "GET", f"/matches/{pk}")[0] == 404
    assert called(client, "POST", f"/matches/{pk}/accept", {})[0] == 404


def test_programmes_are_read_added_and_edited(client: Client, cast: Cast) -> None:
    add(cast)
    figures = {"years": 3, "intake": 60, "enrolled": 150}
    logged_in(client, cast.dean)

    status, made = called(
        client, "POST", "/programmes", {**figures, "college_id": cast.college.pk, "level": "bachelor", "code": "080202"}
    )
    _, edited = called(client, "PUT", f"/programmes/{made['id']}", {**figures, "intake": 80, "version": 1})
    _, listed = called(client, "GET", "/programmes?level=associate")

    assert (status, made["system"], made["college"]) == (201, "major", "青浦川职业技术学院")
    assert (edited["intake"], edited["version"]) == (80, 2)
    assert [one["code"] for one in listed["items"]] == ["460103"]


def test_a_form_for_pages_is_not_a_body_for_the_api(client: Client, cast: Cast) -> None:
    logged_in(client, cast.personnel_officer)

    response = client.post("/api/v1/exchange/needs", FORM)

    assert response.status_code in (400, 422)
    assert not Need.objects.exists()


def test_numbers_no_database_can_hold_are_refused(client: Client, cast: Cast) -> None:
    posted = need(cast, **TERM)
    logged_in(client, cast.personnel_officer)
    huge = 10**30

    answers = [
        called(client, "GET", f"/exchange/needs?organisation={huge}"),
        called(client, "GET", f"/programmes?college={huge}"),
        called(client, "POST", f"/exchange/needs/{posted.pk}/renew", {"version": huge}),
        called(client, "GET", f"/exchange/needs/{huge}"),
        called(client, "GET", f"/matches/{huge}"),
    ]

    assert [status for status, _ in answers] == [422, 422, 422, 404, 404]
