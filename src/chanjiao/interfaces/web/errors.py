"""Error pages: the same words as everywhere, never a traceback, and always a way on."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.translation import get_language

from chanjiao.core.errors import ChanjiaoError, Kind, Rejected, kind_of, words_of

STATUS_OF_CODE = {"login.required": 401, "file.too_large": 413, "text.too_large": 413}
"""Codes for which HTTP has a status of their own."""
STATUS = {Kind.INVALID: 422, Kind.DENIED: 403, Kind.NOT_FOUND: 404, Kind.CONFLICT: 409, Kind.LIMIT: 429}


def status_of(error: ChanjiaoError) -> int:
    """The HTTP status of an error: its code's own, else its kind's."""
    return STATUS_OF_CODE.get(error.code) or STATUS[kind_of(error)]


def sentences(error: ChanjiaoError) -> list[str]:
    """What the reader is told, one sentence an error, in the language of the request."""
    several = error.errors if isinstance(error, Rejected) else [error]
    return [words_of(one, get_language() or "zh-hans") for one in several]


def error_shape(error: ChanjiaoError) -> dict[str, object]:
    """The shape in which programs are told: `{"error": {"code", "kind", "message", "field", "errors": […]}}`."""
    several = error.errors if isinstance(error, Rejected) else [error]
    items = [
        {"code": one.code, "kind": kind_of(one).value, "message": words, "field": one.field}
        for one, words in zip(several, sentences(error), strict=True)
    ]
    return {"error": {**items[0], "errors": items}}


def error_page(request: HttpRequest, error: ChanjiaoError) -> HttpResponse:
    """The page that shows an error; a fragment of it for an HTMX request, its shape for a program."""
    if request.path.startswith("/api/"):
        return JsonResponse(error_shape(error), status=status_of(error))
    template = "fragments/error.html" if getattr(request, "htmx", False) else "error.html"
    status = status_of(error)
    told = {"status": status, "sentences": sentences(error), "back": _page_before(request)}
    return render(request, template, told, status=status)


def login_page(request: HttpRequest) -> HttpResponse:
    """The way to the log-in, and from there back to the page that needs a person."""
    wanted = request.get_full_path() if request.method == "GET" else _page_before(request)
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': wanted})}"
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(address)
    return HttpResponse(status=401, headers={"HX-Redirect": address})


def _page_before(request: HttpRequest) -> str:
    """The address of this site from which a form was sent, else the home page."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.get_host() and came_from.path.startswith("/")
    return came_from._replace(scheme="", netloc="").geturl() if is_ours else "/"


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
