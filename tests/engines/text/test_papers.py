"""Papers: the kind of a document, its facts with their words, the parts it falls into, whatever form it comes in."""

from __future__ import annotations

import io
import random

import pytest
import xlsxwriter
from docx import Document

from chanjiao.engines.text.documents import text_of
from chanjiao.engines.text.papers import READ_KINDS, Paper, PaperKind, read_paper
from chanjiao.engines.text.papers.codes import with_codes
from chanjiao.engines.text.papers.evaluation import KIND_FIELD, score_documents, written_documents

HEAD = ["招聘单位", "岗位名称", "人数", "学历要求", "月薪"]
ROWS = [
    ["青川机械有限公司", "焊工", "5", "中专", "6000-8000元"],
    ["", "质检员", "2", "大专", "面议"],
]


def facts(paper: Paper, number: int = 0) -> dict[str, object]:
    return {fact.field: fact.value for fact in paper.whole(number).facts}


def test_every_fact_stands_in_the_text_where_its_span_says() -> None:
    paper = read_paper("岗位名称：焊工\n人数：5人\n月薪：６-８Ｋ，包住\n联系人：罗女士 0567-5550101")

    words = {fact.field: paper.words(fact.span) for fact in paper.whole(0).facts}

    assert words["title"] == "焊工"
    assert words["quantity"] == "5人"
    assert words["pay_low"] == "６-８Ｋ"
    assert words["phone"] == "0567-5550101"


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("月薪6-8K", 6000, 8000),
        ("6000—8000元/月", 6000, 8000),
        ("年薪15-20万", 12500, 16667),
        ("薪资4500起", 4500, None),
        ("待遇6,500元", 6500, 6500),
        ("工资120元/天", None, None),
        ("薪资面议", None, None),
    ],
)
def test_pay_is_read_as_yuan_a_month(words: str, low: int | None, high: int | None) -> None:
    found = facts(read_paper(f"招聘启事\n岗位名称：焊工\n{words}"))

    assert (found.get("pay_low"), found.get("pay_high")) == (low, high)


def test_interns_who_are_turned_away_make_no_internship() -> None:
    found = facts(read_paper("【急招】焊工5名，待遇6000元，实习生勿扰"))

    assert found["engagement"] == "employment"


def test_a_post_of_a_list_keeps_its_own_pay() -> None:
    paper = read_paper("招聘焊工2名、钳工3名。焊工月薪7000元；钳工月薪6000元。")

    assert [facts(paper, number)["title"] for number in range(2)] == ["焊工", "钳工"]
    assert [facts(paper, number)["pay_low"] for number in range(2)] == [7000, 6000]


def _xlsx() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    for number in range(10):
        sheet = book.add_worksheet()
        if number == 3:
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ROWS[0])
            sheet.write_row(2, 0, ROWS[1])
            sheet.merge_range(1, 0, 2, 0, ROWS[0][0])
            sheet.write_formula(1, 2, "=2+3", None, 5)
    book.close()
    return target.getvalue()


def _docx() -> bytes:
    document = Document()
    table = document.add_table(rows=3, cols=len(HEAD))
    for line, words in enumerate([HEAD, *ROWS]):
        for column, word in enumerate(words):
            table.rows[line].cells[column].text = word
    table.rows[1].cells[0].merge(table.rows[2].cells[0])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _html() -> bytes:
    def row(words: list[str]) -> str:
        return "<tr>\n" + "\n  ".join(f"<td><p>{word}</p></td>" for word in words) + "\n</tr>"

    return f"<html><body><table>{''.join(map(row, [HEAD, *ROWS]))}</table></body></html>".encode()


@pytest.mark.parametrize("made", [_xlsx, _docx, _html], ids=["xlsx", "docx", "html"])
def test_a_table_with_merged_cells_formulas_and_empty_sheets_gives_a_post_a_row(made: object) -> None:
    assert callable(made)

    paper = read_paper(text_of(made()))

    assert paper.kind is PaperKind.JOB_ADVERTISEMENT
    assert [facts(paper, number)["title"] for number in range(2)] == ["焊工", "质检员"]
    assert [facts(paper, number)["quantity"] for number in range(2)] == [5, 2]
    assert [facts(paper, number)["employer"] for number in range(2)] == ["青川机械有限公司", "青川机械有限公司"]
    assert facts(paper, 1)["pay_negotiable"] is True


def test_a_paper_of_another_kind_than_said_keeps_a_low_confidence() -> None:
    paper = read_paper("《数控编程》课程标准\n总学时：72\n学分：4", PaperKind.JOB_ADVERTISEMENT)

    assert (paper.kind, paper.confidence) == (PaperKind.JOB_ADVERTISEMENT, 0.3)
    assert paper.parts == ()


def test_codes_are_proposed_with_the_words_they_came_from_and_sure_only_where_one_stands_out() -> None:
    paper = with_codes(read_paper("招聘启事\n岗位名称：焊工\n专业：数控技术\n工作地点：芜湖市鸠江区"))
    unsure = with_codes(read_paper("招聘启事\n岗位名称：设备维护技术员\n人数：2人"))

    sure = {one.system: (one.code, paper.words(one.span)) for one in paper.parts[0].proposals if one.is_sure}
    assert sure["occupation"] == ("6-18-02-04", "焊工")
    assert sure["programme"] == ("460103", "数控技术")
    assert sure["region"] == ("340207", "鸠江区")
    assert [one.is_sure for one in unsure.parts[0].proposals if one.system == "occupation"] == [False, False, False]


@pytest.mark.parametrize("kind", READ_KINDS)
@pytest.mark.parametrize("run", [" " * 30_000, "\t" * 30_000, "招聘焊工2名，" * 4_000, "项目一" * 8_000])
def test_a_run_without_an_end_is_read_to_its_end(run: str, kind: PaperKind) -> None:
    """Four hundred blanks once took eight seconds, and each more cost the cube; a rule that does so hangs here."""
    paper = read_paper(run, kind)

    assert paper.text == run


def test_what_is_no_paper_has_no_parts() -> None:
    for text in ("", "\n\n", "\u202e😀<script>alert(1)</script>", "各位同事：周五开会。", "a" * 5000):
        assert read_paper(text).parts == ()


def test_spoilt_papers_are_read_without_a_fault_and_with_spans_inside_the_text() -> None:
    rng = random.Random(7)
    texts = [one.text for one in written_documents()]
    for _ in range(400):
        letters = list(rng.choice(texts))
        for _ in range(rng.randrange(30)):
            letters[rng.randrange(len(letters))] = rng.choice("（）\t\n\x000，：招人元😀\u202e")
        text = "".join(letters)
        paper = read_paper(text, rng.choice((None, *READ_KINDS)))
        for fact in (*paper.common, *(fact for part in paper.parts for fact in part.facts)):
            assert 0 <= fact.span[0] <= fact.span[1] <= len(text)


def test_the_written_papers_are_read_as_well_as_the_page_of_the_engine_says() -> None:
    documents = [one for one in written_documents() if one.split == "dev"]

    scores = score_documents(documents, read_paper)

    assert scores[KIND_FIELD].f1 == 1.0
    assert min(scores[field].f1 for field in ("title", "quantity", "pay_low", "deadline", "programme")) >= 0.95
