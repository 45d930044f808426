"""Logging in as one of the demo's people: only on a demo site, and only as people marked for it."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.accounts.models import User
from chanjiao.apps.accounts.selectors import demo_people
from chanjiao.apps.members.selectors import posts_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.web.accounts.choices import safe_next
from chanjiao.interfaces.web.middleware import ACTING_AS

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A button of the demo panel: whom it logs in, as what, where."""

    username: str
    name: str
    kind: str
    organisation: str
    icon: str


@require_POST
def demo_login(request: HttpRequest, username: str) -> HttpResponse:
    """The session is the demo person's from now on."""
    user = demo_people().filter(username=username).first() if settings.DEMO else None
    if user is None:
        raise ChanjiaoError("record.not_found")
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    request.session.pop(ACTING_AS, None)
    return HttpResponseRedirect(safe_next(request))


def demo_panel() -> list[DemoPerson]:
    """One button for each kind of person, on a demo site; else none."""
    if not settings.DEMO:
        return []
    shown: dict[str, DemoPerson] = {}
    for user in demo_people():
        person = _as_button(user)
        shown.setdefault(person.kind, person)
    return list(shown.values())


def _as_button(user: User) -> DemoPerson:
    post = posts_of(user).first()
    kind, icon = _kind_of(user, post.role if post else "", post.organisation.type if post else "")
    return DemoPerson(user.username, str(user), kind, post.organisation.name if post else "", icon)


def _kind_of(user: User, role: str, body: str) -> tuple[str, str]:
    if user.is_superuser:
        return _("Administrator of the site"), "settings"
    by_role = {
        "secretariat": (_("Secretariat of the consortium"), "clipboard-check"),
        "guidance": (_("Guidance committee, department"), "building-bank"),
        "student": (_("Student"), "user"),
    }
    college = (_("College, industry office"), "school") if role == "officer" else (_("College, teacher"), "book")
    by_body = {
        "school_vocational": college,
        "university": college,
        "enterprise": (_("Enterprise, personnel office"), "building-factory-2"),
        "institute": (_("Institute or association"), "bulb"),
        "association": (_("Institute or association"), "bulb"),
    }
    return by_role.get(role) or by_body.get(body) or (_("Officer of a member"), "briefcase")
