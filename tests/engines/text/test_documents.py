"""Documents that are no plain text, and what pretends to be one."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from docx import Document
from pypdf import PdfWriter

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.text import extract
from chanjiao.engines.text.documents import text_of

STORY = "会议由安庆职业技术学院院长王小明主持。"


def _docx() -> bytes:
    document = Document()
    document.add_paragraph("产教联合体成立大会")
    document.add_paragraph(STORY)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "理事长单位"
    table.rows[0].cells[1].text = "安庆职业技术学院"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _archive(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_docx_yields_its_paragraphs_and_tables_in_order() -> None:
    found = text_of(_docx())

    assert found == f"产教联合体成立大会\n{STORY}\n理事长单位\t安庆职业技术学院"
    assert [one.name for one in extract(found).people] == ["王小明"]


def test_an_xlsx_yields_a_line_a_row_with_whole_numbers() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["岗位", "人数"])
        sheet.write_row(1, 0, ["焊工", 12])

    assert text_of(target.getvalue()) == "岗位\t人数\n焊工\t12"


def test_a_web_page_yields_its_text_without_scripts_and_navigation() -> None:
    page = f"<!doctype html><html><head><title>x</title></head><body><nav>首页</nav><p>{STORY}</p><script>a()</script>"

    assert text_of((page + "<div>（文：李明）</div></body></html>").encode("gbk")) == f"{STORY}\n（文：李明）"


def test_plain_text_is_read_as_such() -> None:
    assert text_of(STORY.encode("gb18030")) == STORY


def test_a_pdf_without_text_is_called_empty() -> None:
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(target)

    with pytest.raises(ChanjiaoError) as refused:
        text_of(target.getvalue())

    assert refused.value.code == "text.empty"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 broken", "text.not_text"),
        (b"PK\x03\x04 broken", "text.not_text"),
        (_archive(**{"a.txt": b"x"}), "text.not_text"),
        (_archive(**{"word/document.xml": b"<broken"}), "text.not_text"),
        (_archive(**{"word/document.xml": b"0" * (65 * 1024 * 1024)}), "text.too_large"),
    ],
    ids=["pdf", "zip", "other archive", "broken docx", "bomb"],
)
def test_a_broken_or_exploding_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        text_of(data)

    assert refused.value.code == code
