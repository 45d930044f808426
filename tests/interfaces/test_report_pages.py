"""The yearly report: written from rows, every sentence with the address of its rows, on paper as on the page."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.urls import resolve
from docx import Document
from pypdf import PdfReader

from chanjiao.apps.accounts.models import User
from chanjiao.apps.programmes.models import DemandFigure, YearFigures
from chanjiao.apps.reference.models import Link
from tests.apps.dossiers import samples
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.interfaces.plans_sample import make_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A college whose accounting has 200 who complete for 60 openings, and a dossier that asks for fewer seats."""
    made = make_cast()
    dossier = samples.decided(made)
    YearFigures.objects.create(
        point_id=dossier.point_id, year=2026, completed=200, employed=150, in_city=90, in_field=60, told_at=NOW
    )
    for code, expected in (("2-06-03", 60), ("6-18-01", 45)):
        DemandFigure.objects.create(
            occupation_code=code, year=2026, source="survey", title="用工调查", expected=expected, low=expected - 5,
            high=expected + 5, weight=1, told_on=TODAY,
        )  # fmt: skip
    Link.objects.create(
        programme_code="530302", occupation_code="2-06-03", granularity="minor", source="official", state="confirmed"
    )
    return made


def reader(cast: Cast) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=cast.secretary.user_id))
    return client


def test_every_sentence_of_the_report_opens_to_its_rows(cast: Cast) -> None:
    page = reader(cast).get("/report/?year=2026").content.decode()

    report = re.sub(
        r"<table.*?</table>|<h2>.*?</h2>", "", page.split('class="report"')[1].split("</article>")[0], flags=re.S
    )
    sentences = re.findall(r'<a href="([^"]+)">([^<]+)</a>', report)
    said = " ".join(text for _url, text in sentences)
    for words in (
        "全市1所院校开设1个专业、1个专业点，招生计划200人，在校生603人。",
        "2026年毕业200人。",
        "毕业去向落实率为75%",
        "2026年全市各职业需求105 (95 – 115)人，每个岗位只计一次。",
        "按需求上限仍供过于求的专业：530302 −140（共1个）。",
        "有需求而本市没有对应专业的职业：6-18-01 45（共1个小类）。",
        "已批准1项专业调整，招生计划净变化−40人。",
    ):
        assert words in said
    assert len(sentences) > 12
    assert not re.sub(r"<[^>]+>", "", re.sub(r"<a .*?</a>", "", report)).strip("> \n"), "nothing is said without rows"
    for url, _text in sentences:
        resolve(url.split("?")[0])


def test_the_report_looks_ahead_and_tells_what_plans_say(cast: Cast) -> None:
    sample = make_plans(cast)
    told = {"occupation_code": "6-18-01", "source": "survey", "title": "用工调查", "weight": 1, "told_on": TODAY}
    rising = zip(range(2018, 2026), (10, 15, 20, 25, 30, 35, 40, 45), strict=False)
    for year, people in rising:
        DemandFigure.objects.create(**told, year=year, expected=people, low=people, high=people)
    DemandFigure.objects.filter(occupation_code="6-18-01", year=2026).update(expected=50, low=50, high=50)

    page = reader(cast).get(f"/report/?year={sample.plan.years[0] - 1}").content.decode()
    ahead = reader(cast).get("/report/?year=2026").content.decode()

    assert f'<a href="/plans/results/{sample.plan.pk}/">按“基准方案”（预期需求，' in page
    assert "未满足岗位120个（按现有招生为200个），无岗毕业生30人（按现有招生为150人）；调整2个专业点中的1个" in page
    assert "年均减招最多的专业：530302 −40。" in page
    assert '<a href="/programmes/outlook/6-18-01/?ahead=3">6-18-01：2026年需求50人，预计2029年65 (56 – 74)人。' in ahead


def test_word_and_pdf_say_what_the_page_says(cast: Cast) -> None:
    client = reader(cast)
    word, pdf = (client.get(f"/report/report.{ending}?year=2026") for ending in ("docx", "pdf"))

    lines = [one.text for one in Document(io.BytesIO(word.content)).paragraphs]
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert lines[0] == "2026年专业—产业匹配报告"
    assert any("2026年毕业200人。" in line for line in lines)
    opened = {one.target_ref for one in Document(io.BytesIO(word.content)).part.rels.values() if one.is_external}
    links = [one.get_object() for page in PdfReader(io.BytesIO(pdf.content)).pages for one in page["/Annots"]]
    assert {one["/A"]["/URI"] for one in links} == opened > {"http://testserver/programmes/years/?year=2026"}
    assert "供需匹配程度" in printed


def test_a_year_without_figures_says_so_and_a_foreign_consortium_is_not_found(cast: Cast) -> None:
    client = reader(cast)

    empty = client.get("/report/?year=2031").content.decode()

    assert "数据不足" in empty
    assert client.get("/report/?consortium=99999").status_code == 404
    assert Client().get("/report/").status_code == 302
