"""The frame around every page: languages, places, consortium, acting for, headers, weight."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

import chanjiao
from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.models import Staff
from chanjiao.interfaces.web.frame import places_for
from tests.cast import Cast

TEMPLATES = Path(chanjiao.__file__).parent / "interfaces" / "web" / "templates"
STATIC = TEMPLATES.parent / "static" / "chanjiao"


def logged_in(client: Client, username: str) -> Client:
    client.force_login(User.objects.get(username=username))
    return client


def test_pages_are_chinese_until_the_reader_chooses_english(client: Client, cast: Cast) -> None:
    before = client.get("/", headers={"Accept-Language": "en"})
    client.post(reverse("language"), {"language": "en", "next": "/stand/"})
    after = client.get("/")

    assert before.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-CN"' in before.content.decode()
    assert after.headers["Content-Language"] == "en"
    assert "Open needs" in after.content.decode()


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_choice_never_leads_to_another_site(client: Client, cast: Cast, wanted: str) -> None:
    answer = client.post(reverse("language"), {"language": "en", "next": wanted})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client, cast: Cast) -> None:
    answer = client.post(reverse("language"), {"language": "tlh"})

    assert "django_language" not in answer.cookies


def test_the_chosen_consortium_stays_for_the_session(client: Client, cast: Cast) -> None:
    client.post(reverse("scope"), {"consortium": cast.consortium.pk, "next": "/stand/"})

    page = client.get("/stand/").content.decode()

    assert f'<p class="under">{cast.consortium.organisation.name}</p>' in page


def test_a_person_acts_in_one_of_their_own_posts_only(client: Client, cast: Cast) -> None:
    dean = User.objects.get(username="dean")
    second = Staff.objects.create(user=dean, organisation=cast.enterprise, role="member")
    foreign = Staff.objects.get(user__username="bureau")
    logged_in(client, "dean")

    refused = client.post(reverse("acting_as"), {"post": foreign.pk})
    client.post(reverse("acting_as"), {"post": second.pk})

    assert refused.status_code == 404
    assert cast.enterprise.name in client.get("/").content.decode()


@pytest.mark.parametrize("person", ["nobody", "student", "dean", "secretary", "administrator"])
def test_at_most_eight_places_are_offered(cast: Cast, person: str) -> None:
    places = places_for(cast.people[person])

    assert len(places) <= 8
    assert ("administration:index" in {place.route for place in places}) is (person in ("secretary", "administrator"))


def test_the_headers_allow_no_inline_script_and_no_frame(client: Client, cast: Cast) -> None:
    headers = client.get("/").headers

    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if path.name != "letter.html")
"""Templates of pages; letters go to mail programs, which know no style but that beside the words."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_holds_nothing_that_the_policy_refuses(path: Path) -> None:
    markup = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.S)

    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|<script(?![^>]*\ssrc=)|javascript:|hx-on", markup)


def test_every_icon_that_a_page_names_stands_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {
        name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([^"]+)"', path.read_text("utf-8"))
    }

    assert named - sprite == set()


def test_the_first_page_weighs_less_than_300_kilobytes_compressed(client: Client, cast: Cast) -> None:
    page = client.get("/").content
    linked = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page.decode()))

    weight = len(gzip.compress(page))
    for name in linked:
        found = finders.find(name)
        assert found, name
        weight += len(gzip.compress(Path(str(found)).read_bytes()))

    assert weight < 300_000


def test_an_address_that_leads_nowhere_says_so_and_offers_a_way_on(client: Client, cast: Cast) -> None:
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_a_form_from_another_page_is_refused_in_words(cast: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("language"), {"language": "en"})

    assert answer.status_code == 403
    assert "Traceback" not in answer.content.decode()


def test_a_page_that_needs_a_person_leads_to_the_log_in_and_back(client: Client, cast: Cast) -> None:
    answer = client.get(reverse("account_tokens"))

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=%2Faccounts%2Ftokens%2F"


def test_a_fragment_that_needs_a_person_sends_the_whole_page_to_the_log_in(client: Client, cast: Cast) -> None:
    answer = client.get(reverse("account_tokens"), headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")
