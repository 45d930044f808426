"""The pages of papers: pasted, filled in, entered one by one; everything escaped."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chanjiao.apps.accounts.models import User
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.papers.models import Paper
from tests.apps.papers.test_papers import POLICY, TWO_POSTS
from tests.cast import Cast


@pytest.fixture(autouse=True)
def logged_in(client: Client, cast: Cast) -> None:
    client.cookies["django_language"] = "en"
    client.force_login(User.objects.get(username="personnel"))
    type(cast.enterprise).objects.filter(pk=cast.enterprise.pk).update(industry_code="C3484")


def paste(client: Client, text: str) -> str:
    """The address of the page that a pasted text leads to."""
    sent = client.post(reverse("papers:index"), {"text": text})
    assert sent.status_code == 302
    return client.get(sent.headers["Location"], follow=True).request["PATH_INFO"]


def fields_of(page: str) -> dict[str, str]:
    from lxml import html

    form = html.fromstring(page).xpath("//form[@data-part]")[0]
    return {name: value or "" for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_two_pasted_posts_are_entered_with_one_press_each(client: Client) -> None:
    address = paste(client, TWO_POSTS)
    page = client.get(address)
    first = client.post(address, {**fields_of(page.content.decode()), "save": "draft"})
    second = client.get(first.headers["Location"])
    last = client.post(first.headers["Location"], {**fields_of(second.content.decode()), "save": "submit"})

    assert "6000-8000元" in page.content.decode()
    assert last.headers["Location"] == "/exchange/mine/?side=need"
    assert list(Need.objects.order_by("id").values_list("title", "state", "quantity", "occupation_code")) == [
        ("焊工", "draft", 5, "6-18-02-04"),
        ("设备维护技术员", "submitted", 2, ""),
    ]


def test_a_part_left_out_goes_on_to_the_next(client: Client) -> None:
    address = paste(client, TWO_POSTS)

    sent = client.post(f"{address}skip/")

    assert sent.headers["Location"] == address.replace("/0/", "/1/")
    assert not Need.objects.exists()


def test_markup_in_a_document_is_shown_as_text(client: Client) -> None:
    page = client.get(paste(client, "招聘启事\n岗位名称：焊工<script>alert(1)</script>\n人数：2人")).content.decode()

    assert "<script>alert(1)" not in page
    assert "焊工&lt;script&gt;" in page


def test_a_policy_notice_shows_its_facts(client: Client) -> None:
    page = client.get(paste(client, POLICY)).content.decode()

    assert "青人社发〔2026〕3号" in page
    assert "no need or offer is made" in page


def test_what_cannot_be_read_is_said_at_the_form_and_kept_there(client: Client) -> None:
    nothing = client.post(reverse("papers:index"), {"text": "各位同事：周五开会。"})
    empty = client.post(reverse("papers:index"), {"text": " "})
    picture = client.post(reverse("papers:index"), {"file": SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" * 9)})

    assert [page.status_code for page in (nothing, empty, picture)] == [422, 422, 422]
    assert "各位同事：周五开会。" in nothing.content.decode()
    assert not Paper.objects.exists()
