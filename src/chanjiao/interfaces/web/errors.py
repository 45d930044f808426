"""Error pages: the same words as everywhere, never a traceback, and always a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from chanjiao.core.errors import ChanjiaoError, Kind, Rejected, kind_of, words_of

STATUS = {Kind.INVALID: 422, Kind.DENIED: 403, Kind.NOT_FOUND: 404, Kind.CONFLICT: 409, Kind.LIMIT: 429}


def status_of(error: ChanjiaoError) -> int:
    """The HTTP status of an error; somebody not logged in gets 401."""
    return 401 if error.code == "login.required" else STATUS[kind_of(error)]


def sentences(error: ChanjiaoError) -> list[str]:
    """What the reader is told, one sentence an error, in the language of the request."""
    several = error.errors if isinstance(error, Rejected) else [error]
    return [words_of(one, get_language() or "zh-hans") for one in several]


def error_page(request: HttpRequest, error: ChanjiaoError) -> HttpResponse:
    """The page (or, for an HTMX request, the fragment) that shows an error."""
    template = "fragments/error.html" if getattr(request, "htmx", False) else "error.html"
    status = status_of(error)
    return render(request, template, {"status": status, "sentences": sentences(error)}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django could not read."""
    return _bare_page(ChanjiaoError("request.malformed"), 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An action that the reader's roles do not allow."""
    return error_page(request, ChanjiaoError("action.denied"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere."""
    return error_page(request, ChanjiaoError("record.not_found"))


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; rendered bare, because session and database may be what broke."""
    return _bare_page(ChanjiaoError("server.failed"), 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from another page, or after logging in elsewhere."""
    return error_page(request, ChanjiaoError("form.expired"))


def _bare_page(error: ChanjiaoError, status: int) -> HttpResponse:
    page = render_to_string("error_bare.html", {"status": status, "sentences": sentences(error)})
    return HttpResponse(page, status=status)
