"""Logging in and out, the demo's people, one's own account, tokens."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from chanjiao.apps.accounts.models import ApiToken, User
from tests.cast import PASSWORD, Cast
from tests.interfaces.test_frame import logged_in


@pytest.fixture(autouse=True)
def a_cache_and_english(client: Client, db: None) -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    client.cookies["django_language"] = "en"


def log_in(client: Client, username: str, password: str, **more: str) -> object:
    return client.post(reverse("account_login"), {"login": username, "password": password, **more})


def test_a_person_logs_in_with_their_name_and_goes_on_to_where_they_wanted(client: Client, cast: Cast) -> None:
    answer = log_in(client, "dean", PASSWORD, next="/stand/")

    assert answer.headers["Location"] == "/stand/"  # type: ignore[attr-defined]
    assert client.get(reverse("account_profile")).status_code == 200


def test_a_person_logs_in_with_their_address(client: Client, cast: Cast) -> None:
    User.objects.filter(username="dean").update(email="fang@example.org")

    answer = log_in(client, "fang@example.org", PASSWORD)

    assert answer.status_code == 302  # type: ignore[attr-defined]


def test_logging_in_never_leads_to_another_site(client: Client, cast: Cast) -> None:
    answer = log_in(client, "dean", PASSWORD, next="https://evil.example/")

    assert answer.headers["Location"] == "/"  # type: ignore[attr-defined]


def test_a_wrong_password_and_an_unknown_name_read_alike(client: Client, cast: Cast) -> None:
    def told(username: str) -> list[str]:
        page = log_in(client, username, "wrong-password").content.decode()  # type: ignore[attr-defined]
        return re.findall(r"<li>(.*?)</li>", page.split('class="error-summary"')[1].split("</ul>")[0])

    assert told("dean") == told("nobody-of-this-name") != []


def test_after_five_wrong_passwords_the_right_one_is_held_back_too(client: Client, cast: Cast) -> None:
    for _attempt in range(5):
        log_in(client, "dean", "wrong-password")

    log_in(client, "dean", PASSWORD)

    assert "_auth_user_id" not in client.session


def test_a_closed_account_lets_nobody_in(client: Client, cast: Cast) -> None:
    User.objects.filter(username="dean").update(is_active=False)

    log_in(client, "dean", PASSWORD)

    assert "_auth_user_id" not in client.session


def test_the_demo_page_has_a_button_for_each_kind_of_person(client: Client, cast: Cast) -> None:
    User.objects.update(is_demo=True)

    page = client.get(reverse("account_login")).content.decode()

    shown = re.findall(r'action="/accounts/demo/(\w+)/"', page)
    assert shown == ["secretary", "dean", "teacher", "personnel", "bureau", "student", "administrator"]


def test_a_demo_button_logs_in_by_post_only(client: Client, cast: Cast) -> None:
    User.objects.filter(username="dean").update(is_demo=True)

    by_link = client.get(reverse("demo_login", args=["dean"]))
    by_button = client.post(reverse("demo_login", args=["dean"]), {"next": "/stand/"})

    assert "<code>127.0.0.1</code>" in client.get(reverse("account_sessions")).content.decode()
    assert by_link.status_code == 405
    assert by_button.headers["Location"] == "/stand/"
    assert client.session["_auth_user_id"] == str(cast.dean.user_id)


def test_nobody_logs_in_as_a_person_who_is_not_marked_for_the_demo(client: Client, cast: Cast) -> None:
    answer = client.post(reverse("demo_login", args=["administrator"]))

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_site_that_is_no_demo_has_no_demo_log_in(client: Client, cast: Cast) -> None:
    User.objects.update(is_demo=True)

    with override_settings(DEMO=False):
        answer = client.post(reverse("demo_login", args=["dean"]))
        page = client.get(reverse("account_login")).content.decode()

    assert answer.status_code == 404
    assert "/accounts/demo/" not in page


def test_nobody_signs_up_alone(client: Client, cast: Cast) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_logging_out_takes_a_press_of_the_button(client: Client, cast: Cast) -> None:
    logged_in(client, "dean")

    client.get(reverse("account_logout"))
    after_link = "_auth_user_id" in client.session
    client.post(reverse("account_logout"))

    assert after_link
    assert "_auth_user_id" not in client.session


def test_a_new_token_is_shown_once_and_works(client: Client, cast: Cast) -> None:
    logged_in(client, "dean")

    page = client.post(reverse("account_tokens"), {"name": "校历同步", "days": "30"}).content.decode()
    secret = re.search(r'id="new-token">(chj_[\w-]+)<', page)
    again = client.get(reverse("account_tokens")).content.decode()
    me = Client().get("/api/v1/accounts/me", headers={"Authorization": f"Bearer {secret and secret[1]}"})

    assert "chj_" not in again
    assert me.json()["organisation_id"] == cast.college.pk
    assert ApiToken.objects.get().last_used_at is not None


def test_a_stolen_session_cookie_of_another_site_cannot_post_to_the_api(cast: Cast) -> None:
    strict = logged_in(Client(enforce_csrf_checks=True), "secretary")

    answer = strict.post(
        "/api/v1/accounts/people", {"username": "lin.yue", "full_name": "林越"}, content_type="application/json"
    )

    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "form.expired"
    assert not User.objects.filter(username="lin.yue").exists()


def test_a_changed_password_keeps_this_session_and_ends_the_others(cast: Cast) -> None:
    here, elsewhere = logged_in(Client(), "dean"), logged_in(Client(), "dean")
    new = "a-long-new-secret"

    here.post(reverse("account_change_password"), {"present": PASSWORD, "wanted": new, "again": new})

    assert here.get(reverse("account_profile")).status_code == 200
    assert elsewhere.get(reverse("account_profile")).status_code == 302


def test_two_entries_that_differ_change_no_password(client: Client, cast: Cast) -> None:
    logged_in(client, "dean")

    page = client.post(
        reverse("account_change_password"), {"present": PASSWORD, "wanted": "a-long-new-secret", "again": "another"}
    ).content.decode()

    assert "The two entries of the new password differ" in page
    assert User.objects.get(username="dean").check_password(PASSWORD)


def test_script_in_ones_name_comes_out_escaped(client: Client, cast: Cast) -> None:
    logged_in(client, "dean")

    client.post(reverse("account_profile"), {"full_name": "<script>alert(1)</script>", "email": "", "language": ""})
    page = client.get("/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_language_of_the_account_is_the_language_of_the_pages(client: Client, cast: Cast) -> None:
    logged_in(client, "dean")

    answer = client.post(reverse("account_profile"), {"full_name": "方砚秋", "email": "", "language": "zh-hans"})

    assert answer.cookies["django_language"].value == "zh-hans"


def test_other_devices_are_logged_out_at_ones_wish(client: Client, cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    log_in(here, "dean", PASSWORD)
    log_in(elsewhere, "dean", PASSWORD)

    page = here.get(reverse("account_sessions")).content.decode()
    here.post(reverse("account_sessions_end"))

    assert page.count("<code>127.0.0.1</code>") == 2
    assert here.get(reverse("account_profile")).status_code == 200
    assert elsewhere.get(reverse("account_profile")).status_code == 302
