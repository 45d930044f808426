"""A paper as PDF. The font travels in the package and is embedded, so that any reader on any machine shows Chinese."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.documents.paper import Paper, Paragraph, Piece, Table, broken

FONT = "ChanjiaoSerif"
MARGIN = 72.0
WIDTH = A4[0] - 2 * MARGIN
BODY, HEAD, TITLE, TABLE, FOOT = 11.0, 11.5, 18.0, 9.5, 7.5
LEADING = 1.75
FIRST, GUTTER = 0.34, 6.0
"""What of the width a table's first column takes, and what stays empty between columns."""
_BOLD = 2
"""The way of drawing that fills letters and draws their outlines too, since the font has one weight."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text at a place of a line, counted from the left margin; `url` is what it opens, if anything."""

    text: str
    left: float = 0.0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn at one height: cells of one size, whether they are bold, the space above, a rule below."""

    cells: tuple[Cell, ...]
    size: float
    bold: bool = False
    above: float = 0.0
    ruled: bool = False

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
    known = _register().face.charToGlyph
    missing = sorted({char for char in _drawn(paper.text) if ord(char) not in known and not char.isspace()})
    if missing:
        raise ChanjiaoError("document.missing_letters", letters="".join(missing[:20]))


def _drawn(text: str) -> str:
    """The text as the font can draw it: it has no sign of minus of its own."""
    return text.replace("−", "-")


def _lines(paper: Paper) -> list[Line]:
    lines = [Line((_centred(part),), TITLE, bold=True) for part in _broken(paper.title, TITLE)]
    for part in paper.body:
        lines += _rows(part) if isinstance(part, Table) else _said(part)
    for place, one in enumerate(paper.signatures):
        told = f"{one.party}　{one.name}　{one.signed}".rstrip()
        first, *rest = _broken(told, BODY)
        lines.append(Line((Cell(first),), BODY, above=BODY if place else BODY * 2))
        lines += [Line((Cell(text),), BODY) for text in rest]
    return lines


def _centred(text: str) -> Cell:
    return Cell(text, (WIDTH - stringWidth(text, FONT, TITLE)) / 2)


def _said(part: Paragraph) -> list[Line]:
    size = HEAD if part.is_heading else BODY
    pieces = (Piece("　　"), *part.pieces) if part.indented else part.pieces
    text = _drawn("".join(piece.text for piece in pieces))
    lines, end = [], 0
    for line in _broken(text, size):
        begin = text.index(line, end)
        end = begin + len(line)
        cells = _cells(pieces, begin, end, size)
        lines.append(Line(tuple(cells), size, bold=part.is_heading, above=size / 2 if part.is_heading else 0.0))
    return lines


def _cells(pieces: Iterable[Piece], begin: int, end: int, size: float) -> Iterator[Cell]:
    """What of the pieces stands between two places of their text, side by side."""
    place, left = 0, 0.0
    for piece in pieces:
        text = _drawn(piece.text)[max(0, begin - place) : max(0, end - place)]
        if text:
            yield Cell(text, left, piece.url)
            left += stringWidth(text, FONT, size)
        place += len(piece.text)


def _rows(table: Table) -> list[Line]:
    heads = tuple(Piece(head) for head in table.heads)
    lines = [Line((Cell(_drawn(table.caption)),), TABLE, bold=True, above=TABLE / 2), *_row(heads, bold=True)]
    for row in table.rows:
        lines += _row(row)
    return [*lines, Line((), TABLE / 2)]


def _row(row: Sequence[Piece], *, bold: bool = False) -> list[Line]:
    """A row in as many lines as its fullest cell needs; figures stand at the right of their columns."""
    first = WIDTH * (FIRST if len(row) > 1 else 1)
    each = (WIDTH - first) / max(1, len(row) - 1)
    columns = [broken(_drawn(cell.text), (each if place else first) - GUTTER, _width) for place, cell in enumerate(row)]
    count = max(len(column) for column in columns)
    lines = []
    for number in range(count):
        cells = []
        for place, column in enumerate(columns):
            if number < len(column):
                text = column[number]
                left = first + place * each - _width(text) if place else 0.0
                cells.append(Cell(text, left, row[place].url))
        last = number == count - 1
        lines.append(Line(tuple(cells), TABLE, bold=bold, ruled=last))
    return lines


def _width(text: str) -> float:
    return float(stringWidth(text, FONT, TABLE))


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
    canvas.setLineWidth(0.3)
    for line in page:
        y -= line.height
        canvas.setFont(FONT, line.size)
        for cell in line.cells:
            _put(canvas, cell, line, y)
        if line.ruled:
            canvas.line(MARGIN, y - line.size / 2, MARGIN + WIDTH, y - line.size / 2)
    canvas.setFont(FONT, FOOT)
    canvas.drawString(MARGIN, MARGIN / 2, foot)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, number)


def _put(canvas: Canvas, cell: Cell, line: Line, y: float) -> None:
    left = MARGIN + cell.left
    canvas.drawString(left, y, cell.text, mode=_BOLD if line.bold else None)
    if cell.url:
        width = stringWidth(cell.text, FONT, line.size)
        canvas.linkURL(cell.url, (left, y - line.size / 4, left + width, y + line.size))
