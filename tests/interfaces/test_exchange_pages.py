"""The pages of needs and offers: nothing leaks, nothing is lost, everything is escaped."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from python_calamine import load_workbook

from chanjiao.apps.accounts.models import User
from chanjiao.apps.exchange.kinds import FIELDS, Kind, Side, Value
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.matching.models import Match
from chanjiao.core import clock
from chanjiao.core.days import months_later
from chanjiao.core.permissions import Actor
from tests.apps.exchange.samples import SECRET, SECRET_PHONE, need, offer
from tests.cast import Cast

SCRIPT = '<script>alert("x")</script>'
LATER = timezone.localdate() + timedelta(days=60)
TERM = {"starts_on": LATER, "ends_on": LATER + timedelta(days=180), "expires_on": LATER, "now": clock.now()}
FORM = {
    "title": "焊工 12 人",
    "summary": "两班倒",
    "quantity": "12",
    "unit": "人",
    "engagement": "internship",
    "skills": "气保焊，识图、打磨",
    "detail": SECRET,
    "contact_phone": SECRET_PHONE,
    "expires_on": LATER.isoformat(),
}


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def logged_in(client: Client, actor: Actor) -> None:
    """The client's next requests are the person's."""
    if actor.user_id is None:
        client.logout()
    else:
        client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = "en"


def place(cast: Cast) -> str:
    return f"{cast.enterprise.pk}-{cast.consortium.pk}"


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return str(response.content.decode())


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "personnel_officer", "bureau_officer"])
def test_strangers_read_nothing_confidential_on_any_page_or_file(client: Client, cast: Cast, who: str) -> None:
    posted = offer(cast, **TERM)
    logged_in(client, cast.people[who])

    pages = page(client, f"/exchange/offers/{posted.pk}/") + page(client, "/exchange/offers/")
    file = b"".join(client.get("/exchange/offers/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]

    assert posted.title in pages
    assert posted.title in file
    for secret in (SECRET, SECRET_PHONE, "陶老师"):
        assert secret not in pages
        assert secret not in file


def test_its_own_people_read_the_confidential_part(client: Client, cast: Cast) -> None:
    posted = offer(cast, **TERM)
    logged_in(client, cast.teacher)

    shown = page(client, f"/exchange/offers/{posted.pk}/")

    assert SECRET in shown
    assert SECRET_PHONE in shown


def test_a_foreign_draft_is_not_found_by_its_number(client: Client, cast: Cast) -> None:
    draft = need(cast, actor=cast.personnel_officer, submit=False)
    logged_in(client, cast.dean)

    shown = page(client, f"/exchange/needs/{draft.pk}/", 404)

    assert draft.title not in shown
    assert page(client, f"/exchange/needs/{draft.pk}/edit/", 404)
    assert client.post(f"/exchange/needs/{draft.pk}/close/", {"version": 1, "reason": "withdrawn"}).status_code == 404
    assert Need.objects.get().state == "draft"


def test_a_need_is_posted_from_the_form_and_awaits_review(client: Client, cast: Cast) -> None:
    logged_in(client, cast.personnel_officer)

    response = client.post("/exchange/needs/new/?kind=post", {**FORM, "place": place(cast), "save": "submit"})

    stored = Need.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"/exchange/needs/{stored.pk}/")
    assert (stored.state, stored.skills, stored.quantity) == ("submitted", ["气保焊", "识图", "打磨"], 12)
    assert stored.fields == {"engagement": "internship"}


def test_a_draft_may_be_incomplete(client: Client, cast: Cast) -> None:
    logged_in(client, cast.personnel_officer)

    client.post("/exchange/needs/new/?kind=post", {"title": "焊工", "place": place(cast), "save": "draft"})

    assert Need.objects.get().state == "draft"


def test_errors_stand_at_their_fields_and_nothing_is_stored(client: Client, cast: Cast) -> None:
    logged_in(client, cast.personnel_officer)
    wrong = {**FORM, "place": place(cast), "save": "submit", "occupation_code": "焊工", "pay_low": "many"}

    response = client.post("/exchange/needs/new/?kind=post", {**wrong, "expires_on": "2020-01-01"})

    shown = response.content.decode()
    assert response.status_code == 422
    assert "many is not a number" in shown
    assert "焊工 is not a code" in shown
    assert 'id="id_pay_low_error"' in shown
    assert 'role="alert"' in shown
    assert not Need.objects.exists()


def test_nobody_posts_for_an_organisation_that_is_not_among_theirs(client: Client, cast: Cast) -> None:
    logged_in(client, cast.dean)

    response = client.post("/exchange/needs/new/?kind=post", {**FORM, "place": place(cast), "save": "submit"})

    assert response.status_code == 422
    assert not Need.objects.exists()


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("kind", list(Kind))
def test_the_form_of_every_kind_opens_with_its_fields(client: Client, cast: Cast, side: Side, kind: Kind) -> None:
    logged_in(client, cast.personnel_officer)

    shown = page(client, f"/exchange/{side}s/new/?kind={kind}")

    assert [field.name for field in FIELDS[side, kind] if f'name="{field.name}"' not in shown] == []


@pytest.mark.parametrize("kind", list(Kind))
def test_script_in_every_field_comes_out_as_text(client: Client, cast: Cast, kind: Kind) -> None:
    texts = ("title", "summary", "detail", "skills", "contact_name")
    typed = {field.name: SCRIPT for field in FIELDS[Side.NEED, kind] if field.value is Value.TEXT}
    chosen = {f.name: next(iter(f.choices)) for f in FIELDS[Side.NEED, kind] if f.value is Value.CHOICE}
    logged_in(client, cast.personnel_officer)

    client.post(
        f"/exchange/needs/new/?kind={kind}",
        {**dict.fromkeys(texts, SCRIPT), **typed, **chosen, "unit": "<i>", "place": place(cast), "save": "draft"},
    )
    stored = Need.objects.get()
    addresses = [f"/exchange/needs/{stored.pk}/", f"/exchange/needs/{stored.pk}/edit/", "/exchange/mine/"]
    shown = "".join(page(client, address) for address in addresses)

    assert stored.title == SCRIPT
    assert SCRIPT not in shown
    assert "&lt;script&gt;alert(" in shown
    assert "<i>" not in shown


def test_a_stale_form_shows_both_versions_and_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    posted = need(cast, **TERM)
    logged_in(client, cast.personnel_officer)
    mine = {**FORM, "summary": "我的版本", "version": "1"}
    Need.objects.filter(pk=posted.pk).update(summary="别人的版本", version=2)

    response = client.post(f"/exchange/needs/{posted.pk}/edit/", {**mine, "save": "keep"})

    shown = response.content.decode()
    assert response.status_code == 409
    assert "我的版本" in shown
    assert "别人的版本" in shown
    assert 'name="version" value="2"' in shown
    assert Need.objects.get().summary == "别人的版本"


def test_the_same_form_sent_twice_changes_once(client: Client, cast: Cast) -> None:
    posted = need(cast, **TERM)
    logged_in(client, cast.personnel_officer)
    sent = {"version": "1", "expires_on": (LATER + timedelta(days=5)).isoformat()}

    client.post(f"/exchange/needs/{posted.pk}/renew/", sent)
    again = client.post(f"/exchange/needs/{posted.pk}/renew/", sent, follow=True)

    assert "Somebody changed this record" in again.content.decode()
    assert Need.objects.get().version == 2


def test_an_approved_need_is_matched_at_once(client: Client, cast: Cast) -> None:
    offer(cast, **TERM)
    waiting = need(cast, actor=cast.personnel_officer, **TERM)
    logged_in(client, cast.secretary)

    queue = page(client, "/exchange/review/")
    client.post(f"/exchange/needs/{waiting.pk}/review/", {"verdict": "approve", "version": 1, "note": ""})

    assert waiting.title in queue
    assert Need.objects.get().state == "open"
    assert Match.objects.count() == 1


def test_a_return_without_a_reason_is_told_and_nothing_happens(client: Client, cast: Cast) -> None:
    waiting = need(cast, actor=cast.personnel_officer, **TERM)
    logged_in(client, cast.secretary)

    shown = client.post(
        f"/exchange/needs/{waiting.pk}/review/", {"verdict": "return", "version": 1, "note": ""}, follow=True
    )

    assert "Say why" in shown.content.decode()
    assert Need.objects.get().state == "submitted"


def test_closing_withdraws_what_was_proposed(client: Client, cast: Cast) -> None:
    posted = need(cast, **TERM)
    offer(cast, **TERM)
    logged_in(client, cast.secretary)
    client.post("/matches/run/")
    logged_in(client, cast.personnel_officer)

    client.post(f"/exchange/needs/{posted.pk}/close/", {"version": 1, "reason": "withdrawn"})

    assert Need.objects.get().state == "closed"
    assert Match.objects.get().state == "withdrawn"


def test_filters_and_export_show_the_same_rows(client: Client, cast: Cast) -> None:
    need(cast, title="焊工", **TERM)
    need(cast, title="钳工", summary="装配", **TERM)

    shown = page(client, "/exchange/needs/?q=焊")
    response = client.get("/exchange/needs/?q=焊&format=xlsx")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]

    rows = book.get_sheet_by_index(0).to_python()
    assert "钳工" not in shown
    assert [row[2] for row in rows] == ["Title", "焊工"]


def test_an_empty_board_says_what_to_do(client: Client, cast: Cast) -> None:
    logged_in(client, cast.personnel_officer)

    assert "Post the first" in page(client, "/exchange/")
    assert "Take away a filter" in page(client, "/exchange/?q=无")


@pytest.mark.parametrize(
    "query", ["kind=<b>", "zone=abc", "organisation=1e9", "page=999", "sort=drop", "state=draft", "zone=" + "9" * 40]
)
def test_any_address_gives_a_page(client: Client, cast: Cast, query: str) -> None:
    need(cast, **TERM)
    need(cast, title="草稿标题", actor=cast.personnel_officer, submit=False, **TERM)

    shown = page(client, f"/exchange/?{query}")

    assert "草稿标题" not in shown


def test_the_board_costs_the_same_queries_for_many_rows(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        need(cast, title=f"焊工 {number}", **TERM)
    client.get("/exchange/")

    with django_assert_num_queries(7):
        client.get("/exchange/")


def test_an_offer_page_costs_few_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    posted = offer(cast, **TERM)
    logged_in(client, cast.dean)

    with django_assert_max_num_queries(20):
        client.get(f"/exchange/offers/{posted.pk}/")


def test_a_listing_begins_with_a_template_or_with_one_of_last_year(client: Client, cast: Cast) -> None:
    logged_in(client, cast.personnel_officer)
    today = timezone.localdate()
    starts_on, ends_on = today - timedelta(days=400), today - timedelta(days=100)
    old = need(cast, title="焊工实习生", starts_on=LATER, ends_on=LATER)
    Need.objects.update(starts_on=starts_on, ends_on=ends_on, state="closed", close_reason="fulfilled")

    blank = page(client, "/exchange/needs/new/?kind=post")
    template = page(client, "/exchange/needs/new/?kind=post&template=1")
    again = page(client, f"/exchange/needs/new/?kind=post&like={old.number}")
    other = page(client, f"/exchange/needs/new/?kind=training&like={old.number}")

    assert "Employment of graduates" in blank
    assert f"like={old.number}" in blank
    assert "〔岗位〕实习生〔人数〕人" in template
    assert 'value="焊工实习生"' in again
    moved = months_later(starts_on, 24)
    assert f'value="{moved}"' in again
    assert "焊工实习生" not in other
