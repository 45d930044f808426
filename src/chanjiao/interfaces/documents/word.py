"""A paper as a Word document."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from chanjiao.interfaces.documents.paper import Paper

FONT = "宋体"
"""A font that Word has everywhere; other programs put theirs in its place."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def word(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.54)
    _set_font(document)
    title = _paragraph(document, paper.title, size=18, bold=True)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, is_heading in paper.lines:
        paragraph = _paragraph(document, text, bold=is_heading)
        paragraph.paragraph_format.keep_with_next = is_heading
    for one in paper.signatures:
        paragraph = _paragraph(document, f"{one.party}　{one.name}　{one.signed}".rstrip())
        paragraph.paragraph_format.space_before = Pt(12)
    foot = section.footer.paragraphs[0]
    foot.add_run(paper.foot).font.size = Pt(7.5)
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = _EPOCH
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_font(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.line_spacing = 1.5
    style.paragraph_format.space_after = Pt(0)


def _paragraph(document: Document, text: str, *, size: float = 11, bold: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    return paragraph
