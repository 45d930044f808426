"""The exact text of an agreement as a file to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from chanjiao.apps.cooperation import selectors
from chanjiao.apps.cooperation.shown import ExactText
from chanjiao.apps.cooperation.text import is_heading
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.documents.paper import Paper, Signature
from chanjiao.interfaces.web.printed import printed
from chanjiao.interfaces.web.wording import moment


def docx(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The text as a Word document."""
    return _file(selectors.exact_text(known_actor(request), pk, number), "docx")


def pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The text as PDF."""
    return _file(selectors.exact_text(known_actor(request), pk, number), "pdf")


def paper_of(told: ExactText) -> Paper:
    """The exact text as a paper; it is Chinese throughout, like the text."""
    title, *lines = told.text.splitlines()
    return Paper.of_lines(
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


def _file(told: ExactText, ending: str) -> HttpResponse:
    return printed(paper_of(told), ending, f"{told.number}-v{told.version_number} {told.title}")
