"""The exact text of an agreement as a file to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from chanjiao.apps.cooperation import selectors
from chanjiao.apps.cooperation.shown import ExactText
from chanjiao.apps.cooperation.text import is_heading
from chanjiao.interfaces.documents.paper import Paper, Signature
from chanjiao.interfaces.web.exchange.views import known_actor
from chanjiao.interfaces.web.wording import moment

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The text as a Word document."""
    from chanjiao.interfaces.documents.word import word

    told = selectors.exact_text(known_actor(request), pk, number)
    return _file(word(paper_of(told)), told, "docx", _DOCX)


def pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The text as PDF."""
    from chanjiao.interfaces.documents.pdf import pdf as as_pdf

    told = selectors.exact_text(known_actor(request), pk, number)
    return _file(as_pdf(paper_of(told)), told, "pdf", "application/pdf")


def paper_of(told: ExactText) -> Paper:
    """The exact text as a paper; it is Chinese throughout, like the text."""
    title, *lines = told.text.splitlines()
    return Paper(
        title=title,
        lines=tuple((line, is_heading(line)) for line in lines),
        signatures=tuple(
            Signature(
                f"{one.letter}方 {one.party}", f"签署人：{one.name} {one.post}".rstrip(), _signed(moment(one.signed_at))
            )
            for one in told.signatures
        ),
        foot=f"{told.number} 第{told.version_number}版 · 文本指纹 SHA-256 {told.sha256}",
    )


def _signed(at: str) -> str:
    return f"在线签署于 {at}" if at else "尚未签署"


def _file(content: bytes, told: ExactText, ending: str, media_type: str) -> HttpResponse:
    name = f"{told.number}-v{told.version_number} {told.title}.{ending}"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
