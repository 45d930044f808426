"""A paper as the file that a reader asked for: Word or PDF, never kept by a cache."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from chanjiao.interfaces.documents.paper import Paper

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def printed(paper: Paper, ending: str, name: str) -> HttpResponse:
    """The paper as a download called `name`."""
    # The libraries are heavy, and most pages need none of them.
    if ending == "docx":
        from chanjiao.interfaces.documents.word import word as written
    else:
        from chanjiao.interfaces.documents.pdf import pdf as written
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{name}.{ending}") or "",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(written(paper), content_type=MEDIA_TYPES[ending], headers=headers)
