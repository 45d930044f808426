"""The API's root: who calls (session or token), and the one error shape."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.utils import check_csrf

from chanjiao import __version__
from chanjiao.apps.accounts.actions.note_token_use import note_token_use
from chanjiao.apps.accounts.selectors import live_token
from chanjiao.apps.members.selectors import actor_for_token
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.errors import error_shape, status_of


class BearerOrSession:
    """Puts the caller's actor on the request: a bearer token's, else the session's; nobody stays nobody."""

    def __call__(self, request: HttpRequest) -> Actor:
        header = request.headers.get("Authorization", "")
        if not header.startswith("Bearer "):
            # A session comes with a cookie, which another site's form would send too; a token does not.
            if request.actor.user_id is not None and check_csrf(request) is not None:  # type: ignore[attr-defined]
                raise ChanjiaoError("form.expired")
            return request.actor  # type: ignore[attr-defined,no-any-return]
        token = live_token(header.removeprefix("Bearer ").strip(), now=clock.now())
        if token is None:
            raise ChanjiaoError("token.invalid")
        note_token_use(token=token, now=clock.now())
        request.actor = actor_for_token(token)  # type: ignore[attr-defined]
        return request.actor  # type: ignore[attr-defined,no-any-return]


api = NinjaAPI(
    title="Chanjiao 产教",
    version=__version__,
    urls_namespace="api",
    auth=BearerOrSession(),
    docs_decorator=None,
)


@api.exception_handler(ChanjiaoError)
def _refused(request: HttpRequest, error: ChanjiaoError) -> HttpResponse:
    return api.create_response(request, error_shape(error), status=status_of(error))


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    several: list[ChanjiaoError] = [
        ChanjiaoError("field.invalid", field=".".join(str(part) for part in one["loc"][1:]), reason=one["msg"])
        for one in error.errors
    ]
    return api.create_response(request, error_shape(Rejected(several)), status=422)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return api.create_response(request, error_shape(ChanjiaoError("request.malformed")), status=error.status_code)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return api.create_response(request, error_shape(ChanjiaoError("login.required")), status=401)


api.add_router("/reference", "chanjiao.interfaces.api.v1.reference.router")
api.add_router("/members", "chanjiao.interfaces.api.v1.members.router")
api.add_router("/accounts", "chanjiao.interfaces.api.v1.accounts.router")
api.add_router("/record", "chanjiao.interfaces.api.v1.record.router")
api.add_router("/exchange", "chanjiao.interfaces.api.v1.exchange.router")
api.add_router("/lists", "chanjiao.interfaces.api.v1.lists.router")
api.add_router("/matches", "chanjiao.interfaces.api.v1.matching.router")
api.add_router("/matches", "chanjiao.interfaces.api.v1.matching_choices.router")
api.add_router("/placement", "chanjiao.interfaces.api.v1.placement.router")
api.add_router("/placement", "chanjiao.interfaces.api.v1.placement_students.router")
api.add_router("/cooperation", "chanjiao.interfaces.api.v1.cooperation.router")
api.add_router("/transfer", "chanjiao.interfaces.api.v1.transfer.router")
api.add_router("/transfer", "chanjiao.interfaces.api.v1.publicities.router")
api.add_router("/projects", "chanjiao.interfaces.api.v1.projects.router")
api.add_router("/curriculum", "chanjiao.interfaces.api.v1.curriculum.router")
api.add_router("/plans", "chanjiao.interfaces.api.v1.plans.router")
api.add_router("/dossiers", "chanjiao.interfaces.api.v1.dossiers.router")
api.add_router("/programmes", "chanjiao.interfaces.api.v1.programmes.router")
api.add_router("/programmes", "chanjiao.interfaces.api.v1.structure.router")
