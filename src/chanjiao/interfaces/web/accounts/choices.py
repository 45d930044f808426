"""What a reader chooses for the session: language, organisation acted for, consortium looked at."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from chanjiao.apps.members.selectors import consortia, posts_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.frame import SCOPE
from chanjiao.interfaces.web.middleware import ACTING_AS

YEAR = 60 * 60 * 24 * 365


def safe_next(request: HttpRequest, otherwise: str = "home") -> str:
    """The address to go on to: the form's `next` where it leads to this site, else the named route."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else resolve_url(otherwise)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The chosen language stands in a cookie, for people who are not logged in too."""
    return remember_language(HttpResponseRedirect(safe_next(request)), request.POST.get("language", ""))


def remember_language(response: HttpResponse, chosen: str) -> HttpResponse:
    """The response with the chosen language in its cookie; unchanged where that is none of the site's."""
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    """The session acts in the chosen post from now on; it must be one of the person's own."""
    actor = actor_of(request)
    require(actor.user_id is not None, "login.required")
    chosen = next((post for post in posts_of(request.user) if str(post.pk) == request.POST.get("post")), None)  # type: ignore[arg-type]
    if chosen is None:
        raise ChanjiaoError("record.not_found")
    request.session[ACTING_AS] = chosen.pk
    return HttpResponseRedirect(safe_next(request))


@require_POST
def choose_scope(request: HttpRequest) -> HttpResponse:
    """The session looks at the chosen consortium, or at all of them."""
    wanted = request.POST.get("consortium", "")
    chosen = next((one for one in consortia(actor_of(request)) if str(one.pk) == wanted), None)
    request.session[SCOPE] = chosen.pk if chosen else None
    return HttpResponseRedirect(safe_next(request))
