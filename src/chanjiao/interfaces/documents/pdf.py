"""A paper as PDF. The font travels in the package and is embedded, so that any reader on any machine shows Chinese."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.documents.paper import Paper, broken

FONT = "ChanjiaoSerif"
MARGIN = 72.0
WIDTH = A4[0] - 2 * MARGIN
BODY, HEAD, TITLE, FOOT = 11.0, 11.5, 18.0, 7.5
LEADING = 1.75
_BOLD = 2
"""The way of drawing that fills letters and draws their outlines too, since the font has one weight."""


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn line: its text, size, whether it is bold or in the middle, and the space above it."""

    text: str
    size: float
    bold: bool = False
    centred: bool = False
    above: float = 0.0

    @property
    def height(self) -> float:
        """The space that the line takes."""
        return self.above + self.size * LEADING


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF file, the same bytes for the same paper.

    `document.missing_letters` where the font lacks some.
    """
    _register()
    _check_letters(paper)
    pages = _paged(_lines(paper))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(paper.title)
    for number, page in enumerate(pages, start=1):
        _draw(canvas, page, paper.foot, f"{number} / {len(pages)}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@cache
def _register() -> TTFont:
    from reportlab.pdfbase import pdfmetrics

    with files("chanjiao.data").joinpath("fonts/ChanjiaoSerif-Regular.ttf").open("rb") as file:
        font = TTFont(FONT, io.BytesIO(file.read()))
    pdfmetrics.registerFont(font)
    return font


def _check_letters(paper: Paper) -> None:
    text = "".join([paper.title, paper.foot, *(line for line, _ in paper.lines)])
    text += "".join(f"{one.party}{one.name}" for one in paper.signatures)
    known = _register().face.charToGlyph
    missing = sorted({char for char in text if ord(char) not in known and not char.isspace()})
    if missing:
        raise ChanjiaoError("document.missing_letters", letters="".join(missing[:20]))


def _lines(paper: Paper) -> list[Line]:
    lines = [Line(part, TITLE, bold=True, centred=True) for part in _broken(paper.title, TITLE)]
    for text, is_heading in paper.lines:
        size = HEAD if is_heading else BODY
        lines += [Line(part, size, bold=is_heading) for part in _broken(text, size)]
    for place, one in enumerate(paper.signatures):
        told = f"{one.party}　{one.name}　{one.signed}".rstrip()
        first, *rest = _broken(told, BODY)
        lines += [Line(first, BODY, above=BODY if place else BODY * 2), *(Line(part, BODY) for part in rest)]
    return lines


def _broken(text: str, size: float) -> list[str]:
    return broken(text, WIDTH, lambda part: stringWidth(part, FONT, size))


def _paged(lines: list[Line]) -> list[list[Line]]:
    """The lines in pages; a heading is not left alone at the foot of one."""
    room, pages, used = A4[1] - 2 * MARGIN, [[]], 0.0  # type: tuple[float, list[list[Line]], float]
    for place, line in enumerate(lines):
        needed = line.height + (lines[place + 1].height if line.bold and place + 1 < len(lines) else 0)
        if pages[-1] and used + needed > room:
            pages.append([])
            used = 0.0
        pages[-1].append(line)
        used += line.height
    return pages


def _draw(canvas: Canvas, page: list[Line], foot: str, number: str) -> None:
    y = A4[1] - MARGIN
    for line in page:
        y -= line.height
        left = (A4[0] - stringWidth(line.text, FONT, line.size)) / 2 if line.centred else MARGIN
        canvas.setLineWidth(0.3)
        canvas.setFont(FONT, line.size)
        canvas.drawString(left, y, line.text, mode=_BOLD if line.bold else None)
    canvas.setFont(FONT, FOOT)
    canvas.drawString(MARGIN, MARGIN / 2, foot)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, number)
