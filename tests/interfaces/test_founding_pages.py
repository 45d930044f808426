"""The founding pages: a document read, corrected fact by fact, accepted."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chanjiao.apps.members.models import Consortium, Founding, SourceDocument
from tests.apps.members.conftest import STORY
from tests.cast import Cast
from tests.interfaces.test_members_pages import client_of, page

HTMX = {"HX-Request": "true"}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def secretary(cast: Cast) -> Client:
    return client_of(cast.secretary)


@pytest.fixture
def founding(secretary: Client) -> Founding:
    secretary.post(reverse("founding:index"), {"text": STORY})
    return Founding.objects.get()


def fact_of(founding: Founding, kind: str) -> dict[str, object]:
    return next(fact for fact in founding.facts["facts"] if fact["kind"] == kind)


def test_a_pasted_story_becomes_a_draft_beside_its_source(secretary: Client) -> None:
    response = secretary.post(reverse("founding:index"), {"text": STORY}, follow=True)

    text = response.content.decode()
    assert "青浦川经济技术开发区产教联合体" in text
    assert "Accept and found" in text
    assert Consortium.objects.count() == 2


def test_every_fact_and_its_stretch_of_text_name_each_other(secretary: Client, founding: Founding) -> None:
    text = page(secretary, reverse("founding:draft", args=[founding.pk]))

    lit = {one for names in re.findall(r'data-facts="([^"]+)"', text) for one in names.split()}
    cards = set(re.findall(r'data-fact="(f\d+)"', text))
    assert lit <= cards
    assert {fact["id"] for fact in founding.facts["facts"] if fact["spans"]} == lit


def test_the_source_is_shown_whole(secretary: Client, founding: Founding) -> None:
    text = page(secretary, reverse("founding:draft", args=[founding.pk]))

    source = text.split('id="source"', 1)[1].split(">", 1)[1].split("</div>", 1)[0]
    assert re.sub(r"<[^>]+>", "", source) == founding.document.repaired


def test_an_uploaded_file_is_read(secretary: Client) -> None:
    file = SimpleUploadedFile("通知.txt", STORY.encode("gb18030"))

    assert secretary.post(reverse("founding:index"), {"text": "", "file": file}).status_code == 302
    assert Founding.objects.get().document.name == "通知.txt"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "There is no text in it"),
        (b"\x00\x01\x02" * 200, "not text"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "not text"),
        ("今天天气很好。".encode(), "no consortium or group"),
        ("今天天气很好。".encode("utf-16"), "no consortium or group"),
        (b"a" * (10 * 1024 * 1024 + 1), "at most 10 MB"),
    ],
    ids=["empty", "binary", "picture", "no consortium", "utf-16", "too large"],
)
def test_a_file_that_founds_nothing_is_told_and_not_stored(secretary: Client, content: bytes, words: str) -> None:
    response = secretary.post(reverse("founding:index"), {"text": "", "file": SimpleUploadedFile("a.txt", content)})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert SourceDocument.objects.count() == 0


def test_neither_text_nor_file_and_both_are_told(secretary: Client) -> None:
    file = SimpleUploadedFile("a.txt", STORY.encode())

    neither = secretary.post(reverse("founding:index"), {"text": " "}).content.decode()
    both = secretary.post(reverse("founding:index"), {"text": STORY, "file": file}).content.decode()

    assert "Paste a text or choose a file" in neither
    assert "not both" in both


def test_a_fact_is_corrected_in_place(secretary: Client, founding: Founding) -> None:
    fact = fact_of(founding, "goal")
    address = reverse("founding:change_fact", args=[founding.pk, fact["id"]])

    form = secretary.get(address, headers=HTMX).content.decode()
    board = secretary.post(
        address, {"version": 1, "text": "共建实训基地", "kind": "aspect", "by": "方砚秋"}, headers=HTMX
    ).content.decode()

    assert "hx-post" in form
    assert "共建实训基地" in board
    assert "set by a person" in board
    assert Founding.objects.get().version == 2


def test_a_wrong_fact_is_told_in_its_form(secretary: Client, founding: Founding) -> None:
    address = reverse("founding:add_fact", args=[founding.pk, "organisation"])

    response = secretary.post(
        address, {"version": 1, "name": "川岭厂", "type": "enterprise", "credit_code": "123"}, headers=HTMX
    )

    assert response.headers["HX-Retarget"] == "#fact-new-organisation"
    assert "is not a unified social credit code" in response.content.decode()
    assert Founding.objects.get().version == 1


def test_without_script_the_form_is_a_page_and_leads_back(secretary: Client, founding: Founding) -> None:
    address = reverse("founding:add_fact", args=[founding.pk, "credit"])

    assert "<html" in page(secretary, address)
    response = secretary.post(address, {"version": 1, "name": SCRIPT, "label": "文"})

    assert response.headers["Location"].startswith(reverse("founding:draft", args=[founding.pk]))
    text = page(secretary, reverse("founding:draft", args=[founding.pk]))
    assert SCRIPT not in text


def test_a_stale_removal_shows_the_board_as_it_stands(secretary: Client, founding: Founding) -> None:
    address = reverse("founding:remove_fact", args=[founding.pk, "f1"])
    secretary.post(address, {"version": 1}, headers=HTMX)

    again = secretary.post(reverse("founding:remove_fact", args=[founding.pk, "f2"]), {"version": 1}, headers=HTMX)

    assert "Somebody changed this record" in again.content.decode()
    assert len(Founding.objects.get().facts["facts"]) == len(founding.facts["facts"]) - 1


def test_acceptance_founds_once_and_shows_what_was_made(secretary: Client, founding: Founding) -> None:
    address = reverse("founding:accept", args=[founding.pk])

    first = secretary.post(address, {"version": 1, "term_years": 5}, follow=True).content.decode()
    made = Consortium.objects.count()
    secretary.post(address, {"version": 1, "term_years": 5})

    assert "What was made" in first
    assert "Accept and found" not in first
    # The cast has a consortium on the same zone already, so only the other two of the three are new.
    assert Consortium.objects.count() == made == 3


@pytest.mark.parametrize("years", ["0", "21", "abc", ""])
def test_a_term_out_of_bounds_founds_nothing(secretary: Client, founding: Founding, years: str) -> None:
    response = secretary.post(reverse("founding:accept", args=[founding.pk]), {"version": 1, "term_years": years})

    assert response.status_code == 422
    assert Founding.objects.get().state == "draft"


@pytest.mark.parametrize("fact", ["f9999", "x", "new-goal"])
def test_a_fact_that_is_not_there_is_not_found(secretary: Client, founding: Founding, fact: str) -> None:
    assert secretary.get(reverse("founding:change_fact", args=[founding.pk, fact])).status_code == 404


def test_a_draft_is_put_away(secretary: Client, founding: Founding) -> None:
    secretary.post(reverse("founding:discard", args=[founding.pk]), {"version": 1})

    assert Founding.objects.get().state == "discarded"
