"""Documents that are no plain text, and what pretends to be one."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

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


def _xlsx() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("成员").write_row(0, 0, ["理事长单位", "安庆职业技术学院", 2023])
    return target.getvalue()


def _pdf() -> bytes:
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(target)
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


def _sparse_workbook() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "岗位")
    sheet.write(1_048_575, 16_383, "焊工")
    book.close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 broken", "text.not_text"),
        (b"PK\x03\x04 broken", "text.not_text"),
        (_archive(**{"a.txt": b"x"}), "text.not_text"),
        (_archive(**{"word/document.xml": b"<broken"}), "text.not_text"),
        (_archive(**{"word/document.xml": b"0" * (65 * 1024 * 1024)}), "text.too_large"),
        (_archive(**{"word/document.xml": b"0" * (9 * 1024 * 1024)}), "text.too_large"),
        (_sparse_workbook(), "sheet.too_wide"),
    ],
    ids=["pdf", "zip", "other archive", "broken docx", "bomb", "text of a thousand pages", "two far corners"],
)
def test_a_broken_or_exploding_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        text_of(data)

    assert refused.value.code == code


def test_a_docx_with_macros_yields_its_text_and_nothing_of_them() -> None:
    source, target = zipfile.ZipFile(io.BytesIO(_docx())), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            archive.writestr(info, source.read(info).replace(b"document.main+xml", b"document.macroEnabled.main+xml"))
        archive.writestr("word/vbaProject.bin", "Sub AutoOpen()")

    text = text_of(target.getvalue())

    assert STORY in text
    assert "AutoOpen" not in text


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    bomb = _archive(**{"xl/workbook.xml": b"0" * 1_000_000})
    lying = bomb.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    with pytest.raises(ChanjiaoError) as refused:
        text_of(lying)

    assert refused.value.code == "text.not_text"


def test_six_hundred_documents_with_changed_bytes_are_read_or_refused_without_any_other_fault() -> None:
    source, refused = random.Random(5), 0
    originals = [_docx(), _xlsx(), _pdf(), f"<html><body><p>{STORY}</p></body></html>".encode()]
    for turn in range(600):
        data = bytearray(originals[turn % 4])
        for _ in range(source.randint(1, 12)):
            data[source.randrange(len(data))] = source.randrange(256)
        with suppress(ChanjiaoError):
            assert isinstance(text_of(bytes(data)), str)
            continue
        refused += 1

    assert 100 < refused < 600
