"""A paper as a Word document."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from chanjiao.interfaces.documents import paper as told
from chanjiao.interfaces.documents.paper import Paper, Piece

FONT = "宋体"
"""A font that Word has everywhere; other programs put theirs in its place."""
BODY, TABLE = 11, 9.5
WIDTH, FIRST = 15.92, 0.25
"""Centimetres between the margins, and what of them a table's first column takes."""
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
    for part in paper.body:
        if isinstance(part, told.Table):
            _table(document, part)
        else:
            _said(document, part)
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
    style.font.name, style.font.size = "Times New Roman", Pt(BODY)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.line_spacing = 1.5
    style.paragraph_format.space_after = Pt(0)


def _said(document: Document, part: told.Paragraph) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = part.is_heading
    if part.indented:
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
    for piece in part.pieces:
        _piece(paragraph, piece, bold=part.is_heading)


def _table(document: Document, part: told.Table) -> None:
    _paragraph(document, part.caption, size=TABLE, bold=True).paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(part.heads), style="Table Grid")
    table.autofit = False
    for place, head in enumerate(part.heads):
        _piece(table.rows[0].cells[place].paragraphs[0], Piece(head), bold=True, size=TABLE)
    for row in part.rows:
        for cell, piece in zip(table.add_row().cells, row, strict=True):
            _piece(cell.paragraphs[0], piece, size=TABLE)
    for line in table.rows:
        for place, cell in enumerate(line.cells):
            cell.width = table.columns[place].width = _column(place, len(part.heads))
            cell.paragraphs[0].paragraph_format.line_spacing = 1.2
            if place:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _repeats(table.rows[0]._tr)
    document.add_paragraph()


def _column(place: int, count: int) -> Length:
    """How wide a column is: programs ask either the column or its cells."""
    return Cm(WIDTH * FIRST if not place else WIDTH * (1 - FIRST) / (count - 1))


def _repeats(row: CT_Row) -> None:
    """The row stands again at the head of every page that its table reaches."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _piece(paragraph: Paragraph, piece: Piece, *, size: float = BODY, bold: bool = False) -> None:
    run = paragraph.add_run(piece.text)
    run.bold, run.font.size = bold, Pt(size)
    if piece.url:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(piece.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(run._r)
        paragraph._p.append(link)


def _paragraph(document: Document, text: str, *, size: float = BODY, bold: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    _piece(paragraph, Piece(text), size=size, bold=bold)
    return paragraph
