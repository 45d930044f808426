"""Pages of agreements and projects: drafts in steps, papers, uploads, downloads."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from chanjiao.apps.accounts.models import User
from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.projects.models import Proof
from chanjiao.core.permissions import Actor
from tests.apps.cooperation import samples as agreements
from tests.apps.projects import samples as projects
from tests.cast import Cast


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: object) -> Path:
    """A store of this test's own."""
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


def client_of(actor: Actor, language: str = "zh-hans") -> Client:
    """A browser in which the person is logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = language
    return client


def test_a_draft_is_begun_and_its_steps_are_kept(cast: Cast) -> None:
    client, later = client_of(cast.dean), timezone.localdate() + timedelta(days=400)

    begun = client.post(
        "/cooperation/new/",
        {
            "place": f"{cast.college.pk}-{cast.consortium.pk}",
            "partner": cast.enterprise.pk,
            "kind": "order_class",
        },
    )
    made = Agreement.objects.get()
    kept = client.post(
        f"/cooperation/{made.pk}/draft/terms/",
        {"version": made.version, "title": "焊接订单班", "ends_on": later.isoformat(), "students": "三十"},
    )
    mended = client.post(
        f"/cooperation/{made.pk}/draft/terms/",
        {"version": made.version, "title": "焊接订单班", "ends_on": later.isoformat(), "students": "30"},
    )

    assert begun.headers["Location"] == f"/cooperation/{made.pk}/draft/terms/"
    assert kept.status_code == 422
    assert "“三十”不是数字" in kept.content.decode()
    assert mended.headers["Location"] == f"/cooperation/{made.pk}/draft/parties/"
    assert "焊接订单班" in client.get(f"/cooperation/{made.pk}/draft/terms/").content.decode()


def test_a_stale_step_is_told_and_keeps_what_was_typed(cast: Cast) -> None:
    made = agreements.drafted(cast)

    answer = client_of(cast.dean).post(f"/cooperation/{made.pk}/draft/terms/", {"version": 1, "title": "改过的标题"})

    assert answer.status_code == 422
    assert "改过的标题" in answer.content.decode()
    made.refresh_from_db()
    assert made.current is not None
    assert made.current.title == "订单班"


def test_what_keeps_a_draft_from_being_proposed_is_told_in_the_readers_language(cast: Cast) -> None:
    made = agreements.drafted(cast, fields=())
    client = client_of(cast.dean, "en")

    answer = client.post(f"/cooperation/{made.pk}/propose/", {"version": made.version}, follow=True)

    assert "Fill this in" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "draft"


def test_the_pdf_embeds_its_font_and_holds_the_exact_text(cast: Cast) -> None:
    from pypdf import PdfReader

    made = agreements.in_force(cast)
    assert made.current is not None

    answer = client_of(cast.dean).get(f"/cooperation/{made.pk}/text/1.pdf")

    reader = PdfReader(io.BytesIO(answer.content))
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    for line in made.current.text.splitlines():
        assert line.replace("　", "") in text.replace("　", "")
    assert made.current.text_sha256 in text
    fonts = [font["/DescendantFonts"][0] if "/DescendantFonts" in font else font for font in _fonts(reader)]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_letter_that_the_font_lacks_is_told_by_name(cast: Cast) -> None:
    made = agreements.proposed(cast, title="𠮷班")

    answer = client_of(cast.dean).get(f"/cooperation/{made.pk}/text/1.pdf")

    assert answer.status_code == 422
    assert "𠮷" in answer.content.decode()


def test_the_word_document_holds_every_line_and_the_signatures(cast: Cast) -> None:
    from docx import Document

    made = agreements.in_force(cast)
    assert made.current is not None

    answer = client_of(cast.dean).get(f"/cooperation/{made.pk}/text/1.docx")

    lines = [paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs]
    assert set(made.current.text.splitlines()) <= set(lines)
    assert any("方砚秋" in line and "在线签署于" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("报告.pdf", b"MZ\x90", "内容与后缀不符"), ("报告.exe", b"MZ\x90", "不接收"), ("报告.pdf", b"", "空")],
)
def test_a_forged_upload_is_told_and_nothing_is_kept(
    cast: Cast, store: Path, name: str, content: bytes, told: str
) -> None:
    project = projects.started(cast)

    answer = client_of(cast.dean).post(
        f"/projects/{project.pk}/proofs/new/", {"file": SimpleUploadedFile(name, content)}
    )

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Proof.objects.exists()
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_a_huge_request_is_refused_before_it_is_read(cast: Cast, settings: object) -> None:
    settings.UPLOAD_LIMIT = 1024  # type: ignore[attr-defined]
    project = projects.started(cast)

    answer = client_of(cast.dean).post(
        f"/projects/{project.pk}/proofs/new/", {"file": SimpleUploadedFile("报告.pdf", b"%PDF-" + b"0" * 2000)}
    )

    assert (answer.status_code, "最多读取 1 KB" in answer.content.decode()) == (413, True)
    assert not Proof.objects.exists()


def test_a_proof_is_downloaded_and_never_opened_by_the_browser(cast: Cast) -> None:
    project = projects.started(cast)
    projects.proof(cast.dean, project)

    answer = client_of(cast.personnel_officer).get(f"/projects/{project.pk}/proofs/1/1/file/")

    assert b"".join(answer) == projects.PDF  # type: ignore[arg-type]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_an_accepted_match_leads_to_the_agreement_it_is_likely_to_be(cast: Cast) -> None:
    from tests.apps.cooperation.test_life import accepted_match

    found = accepted_match(cast)
    client = client_of(cast.dean)

    page = client.get(f"/matches/{found.pk}/").content.decode()
    form = client.get(f"/cooperation/new/?match={found.pk}").content.decode()

    assert f"/cooperation/new/?match={found.pk}" in page
    assert 'value="internship" required checked' in form


def _fonts(reader: object) -> list[dict[str, object]]:
    found = []
    for page in reader.pages:  # type: ignore[attr-defined]
        found += [font.get_object() for font in page["/Resources"]["/Font"].values()]
    return [font for font in found if "ChanjiaoSerif" in str(font["/BaseFont"])]
