"""Text out of documents that are no plain text: docx, PDF, xlsx, HTML; bounded in size, and nothing in them is run."""

from __future__ import annotations

import io
import logging
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from chanjiao.engines.archives import widest_grid
from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.text.decode import SIZE_LIMIT, decode

UNPACKED_LIMIT = 64 * 1024 * 1024
_MARKUP_LIMIT = 8 * 1024 * 1024  # of the text of a Word document with its markup: some five hundred pages
_CELLS = 5_000_000  # that a sheet spans
_PAGES = 400
_ROWS = 20_000
_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|table|article)[\s>]", re.IGNORECASE)
_BLOCKS = frozenset("p div li tr h1 h2 h3 h4 h5 h6 br table section article blockquote".split())
_SKIPPED = frozenset("script style noscript template iframe svg head nav footer form button select".split())


def text_of(data: bytes, *, limit: int = SIZE_LIMIT) -> str:
    """The text of a document: docx, xlsx, PDF or HTML by its first bytes, else plain text as `decode` reads it.

    `text.too_large` beyond `limit` bytes, or where an archive unpacks to more than 64 MiB (the text of a Word document:
    8 MiB); `sheet.too_wide` where a sheet spans more than five million cells; `text.not_text` for a container of
    another kind or one that is broken; `text.empty` where it holds no text (a PDF of pictures).

    >>> text_of("<html><body><p>产教</p><script>x</script><p>融合</p></body></html>".encode())
    '产教\\n融合'
    """
    if len(data) > limit:
        raise ChanjiaoError("text.too_large", size=len(data), limit=limit)
    if data.startswith(b"PK\x03\x04"):
        return _sound(_packed(data))
    if data.startswith(b"%PDF-"):
        return _sound(_read("PDF", _pdf, data))
    text = decode(data, limit=limit)
    return _sound(_read("HTML", _html, text.encode())) if _HTML.search(text[:4000]) else text


def _sound(text: str) -> str:
    # A tab at the edge of a line is an empty cell, and stays.
    lines = (line.strip(" \r\u00a0") for line in text.split("\n"))
    found = "\n".join(line for line in lines if line.strip()).strip(" \n")
    if not found:
        raise ChanjiaoError("text.empty")
    return found


def _read(kind: str, read: Callable[[bytes], Iterator[str]], data: bytes) -> str:
    """The lines that a reader yields; whatever it raises on a broken document becomes one refusal."""
    try:
        return "\n".join(read(data))
    except ChanjiaoError:
        raise
    except Exception as fault:
        raise ChanjiaoError("text.not_text", reason=f"{kind}: {type(fault).__name__}") from fault


def _packed(data: bytes) -> str:
    """The text of an Office document, once its archive is known to unpack to a bounded size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            for size, limit in (
                (sum(info.file_size for info in archive.infolist()), UNPACKED_LIMIT),
                (sizes.get(_WORD_TEXT, 0), _MARKUP_LIMIT),
            ):
                if size > limit:
                    raise ChanjiaoError("text.too_large", size=size, limit=limit)
            if (cells := widest_grid(archive)) > _CELLS:
                raise ChanjiaoError("sheet.too_wide", cells=cells, limit=_CELLS)
            sound = archive.testzip() is None  # reads no member beyond the size it declares
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        raise ChanjiaoError("text.not_text", reason="ZIP") from None
    if not sound:
        raise ChanjiaoError("text.not_text", reason="ZIP")
    if "word/vbaProject.bin" in sizes:
        return _read("DOCX", _word_paragraphs, data)
    if _WORD_TEXT in sizes:
        return _read("DOCX", _docx, data)
    if "xl/workbook.xml" in sizes:
        return _read("XLSX", _xlsx, data)
    raise ChanjiaoError("text.not_text", reason="ZIP")


def _docx(data: bytes) -> Iterator[str]:
    from docx import Document
    from docx.table import Table

    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            yield from ("\t".join(_cells(row)) for row in block.rows)
        else:
            yield block.text


def _cells(row: Any) -> Iterator[str]:
    """The words of each cell of a row; a cell over several columns gives them once."""
    last = None
    for cell in row.cells:
        yield "" if cell._tc is last else re.sub(r"\s*\n\s*", "；", cell.text.strip())
        last = cell._tc


def _pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on broken files would reach the user
    for page in PdfReader(io.BytesIO(data)).pages[:_PAGES]:
        # a line that does not end a sentence goes on in the next
        yield re.sub(r"(?<=[\u4e00-\u9fff，、；])\n(?=[\u4e00-\u9fff])", "", page.extract_text())


_WORD_TEXT = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _word_paragraphs(data: bytes) -> Iterator[str]:
    """The paragraphs of a document with macros, read as XML: the macros stay where they are."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tree = etree.fromstring(archive.read(_WORD_TEXT), etree.XMLParser(resolve_entities=False))
    for paragraph in tree.iter(f"{_WORD}p"):
        yield "".join(piece.text or "" for piece in paragraph.iter(f"{_WORD}t"))


def _xlsx(data: bytes) -> Iterator[str]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python()[:_ROWS]:
            cells = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row]
            if any(cells):
                yield "\t".join(cells)


def _html(data: bytes) -> Iterator[str]:
    from lxml import html

    parts: list[str] = []
    tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    skipped: set[object] = set()
    for element in tree.iter():
        outer = element.getparent()
        tag = element.tag if isinstance(element.tag, str) else ""
        if outer in skipped or tag in _SKIPPED or not tag:
            skipped.add(element)
        else:
            parts.append(_mark(tag, element) + _flowing(element.text))
        if outer not in skipped and element.tail:
            parts.append(("\n" if tag in _BLOCKS and not _in_cell(element) else "") + _flowing(element.tail))
    yield re.sub(r" +", " ", "".join(parts))


def _mark(tag: str, element: Any) -> str:
    """What parts the text of an element from what stands before it: a tab between the cells of a row."""
    if tag in ("td", "th"):
        return "" if element.getprevious() is None else "\t"
    return "\n" if tag in _BLOCKS and not _in_cell(element) else ""


def _in_cell(element: Any) -> bool:
    return element.getparent() is not None and element.getparent().tag in ("td", "th")


def _flowing(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
