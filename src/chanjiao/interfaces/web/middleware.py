"""What every request is given: a language, an actor, and errors in the reader's words."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from chanjiao.apps.members.selectors import actor_for
from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.web import errors

ACTING_AS = "acting_as"
"""Session key: the post (Staff id) that the person has chosen to act in."""

Respond = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Chinese unless the reader chose English: a browser's language says little about a bureau's reader.

    Programs that call the API say their language in Accept-Language.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        if request.path.startswith("/api/") and "Accept-Language" in request.headers:
            language = translation.get_language_from_request(request)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.respond(request)
        response.headers.setdefault("Content-Language", language)
        return response


class UploadLimitMiddleware:
    """Refuses a request larger than anything we take before it is read."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdigit() else 0
        if size > settings.UPLOAD_LIMIT:
            return errors.error_page(request, ChanjiaoError("file.too_large", size=size, limit=settings.UPLOAD_LIMIT))
        return self.respond(request)


class ActorMiddleware:
    """`request.actor`: who asks and for which organisation, worked out when first used."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_for(request.user, request.session.get(ACTING_AS))  # type: ignore[arg-type]
        )
        return self.respond(request)


class ErrorMiddleware:
    """Turns an error of the one family into its page, and an address that no database reads into a clear word."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL takes no NUL in text; SQLite does, and would find nothing.
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path:
            return errors.error_page(request, ChanjiaoError("request.malformed"))
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a `ChanjiaoError`, or the way to the log-in; other exceptions go on to the 500 page."""
        if not isinstance(exception, ChanjiaoError):
            return None
        if exception.code == "login.required" and not request.path.startswith("/api/"):
            return errors.login_page(request)
        return errors.error_page(request, exception)
