"""An organisation's people with accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.members import rights, selectors
from chanjiao.apps.members.actions.add_staff import add_staff
from chanjiao.apps.members.actions.end_staff import end_staff
from chanjiao.apps.members.models import Organisation, Staff, StaffRole
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import StaffForm, refuse

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def staff(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who acts for the organisation, also as a file, and the form to add somebody."""
    actor = known_actor(request)
    body = selectors.organisation(actor, pk)
    require(rights.sees_private_facts(actor, body))
    form = StaffForm(request.POST or None, roles=_roles(actor, body))
    if request.method == "POST" and form.is_valid():
        try:
            added = add_staff(actor=actor, organisation_id=pk, now=clock.now(), **form.cleaned_data)
        except ChanjiaoError as error:
            if error.code == "action.denied":
                raise
            refuse(form, error)
        else:
            messages.success(request, _("%(name)s was added") % {"name": added.user})
            return redirect("members:staff", pk=pk)
    people = list(selectors.staff_of(actor, body))
    file = exported(request, people, _columns(), "staff")
    if file is not None:
        return file
    context = {
        "body": body,
        "form": form,
        "present": [one for one in people if one.ended_on is None],
        "former": [one for one in people if one.ended_on is not None],
        "may_keep": rights.may_keep_staff(actor, body),
    }
    return render(request, "members/staff.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's post."""
    actor = known_actor(request)
    ended = end_staff(actor=actor, staff_id=pk, now=clock.now())
    messages.success(request, _("The post of %(name)s has ended") % {"name": ended.user})
    if ended.user_id == actor.user_id:
        return redirect("members:organisation", pk=ended.organisation_id)
    return redirect("members:staff", pk=ended.organisation_id)


def _columns() -> list[Column[Staff]]:
    return [
        Column(_("Person"), lambda one: str(one.user), 16),
        Column(_("Log-in name"), lambda one: one.user.username, 20),
        Column(_("Post"), lambda one: one.title, 20),
        Column(_("Rights"), lambda one: one.get_role_display(), 16),
        Column(_("Until"), lambda one: one.ended_on, 12),
    ]


def _roles(actor: Actor, body: Organisation) -> list[tuple[str, StrOrPromise]]:
    return [choice for choice in StaffRole.choices if rights.may_give_staff_role(actor, body, choice[0])]
