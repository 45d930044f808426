"""Joining a consortium: apply, review, renew, leave."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.members import rights, selectors
from chanjiao.apps.members.actions.apply_for_membership import apply_for_membership
from chanjiao.apps.members.actions.leave_consortium import leave_consortium
from chanjiao.apps.members.actions.renew_membership import renew_membership
from chanjiao.apps.members.actions.review_membership import review_membership
from chanjiao.apps.members.models import Membership, MembershipRole, MembershipState
from chanjiao.apps.members.rules import OPEN_ROLES, default_end
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import DecisionForm, JoinForm, LeaveForm, RenewForm, refuse
from chanjiao.interfaces.web.members.shown import membership_deeds


def join(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to apply in an organisation's name."""
    actor = known_actor(request)
    body = selectors.organisation(actor, pk)
    require(actor.acts_for(body.pk) or bool(actor.secretariat_of))
    roles = [(value, label) for value, label in MembershipRole.choices if value in OPEN_ROLES or actor.secretariat_of]
    choices = selectors.joinable_consortia(actor, body)
    wanted = request.GET.get("consortium", "")
    form = JoinForm(request.POST or None, consortia=choices, roles=roles, initial={"consortium": wanted})
    if request.method == "POST" and form.is_valid():
        try:
            apply_for_membership(
                actor=actor,
                organisation_id=body.pk,
                consortium_id=form.cleaned_data["consortium"].pk,
                role=form.cleaned_data["role"],
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The application is with the secretariat now"))
            return redirect("members:organisation", pk=body.pk)
    context = {"form": form, "body": body, "choices": choices}
    return render(request, "members/join.html", context, status=422 if form.errors else 200)


def waiting(request: HttpRequest) -> HttpResponseBase:
    """Applications that wait for the reader's decision; or the same as a file."""
    actor = known_actor(request)
    require(bool(actor.secretariat_of) or actor.sees_all)
    applications = selectors.awaiting_review(actor)
    file = exported(request, applications, _columns(), "applications")
    return file or render(request, "members/review_list.html", {"applications": applications})


def _columns() -> list[Column[Membership]]:
    return [
        Column(_("Organisation"), lambda one: one.organisation.name, 32),
        Column(_("Consortium"), lambda one: one.consortium.organisation.name, 32),
        Column(_("Joins as"), lambda one: one.get_role_display(), 16),
        Column(_("Applied"), lambda one: one.applied_at, 18),
        Column(_("What the organisation brings and seeks"), lambda one: one.reason, 60),
    ]


def membership(request: HttpRequest, pk: int) -> HttpResponse:
    """One membership with what can be done about it."""
    return _membership_page(request, pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or decline."""
    form = DecisionForm(request.POST)

    def decided() -> str:
        data = form.cleaned_data
        found = review_membership(
            actor=known_actor(request),
            membership_id=pk,
            version=data["version"],
            approve=data["decision"] == "approve",
            reason=data["reason"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            now=clock.now(),
        )
        told = _("%(name)s is a member now") if found.state == MembershipState.ACTIVE else _("%(name)s was declined")
        return told % {"name": found.organisation.name}

    return _done(request, pk, form, decided)


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a later end."""
    form = RenewForm(request.POST)

    def renewed() -> str:
        data = form.cleaned_data
        renew_membership(
            actor=known_actor(request), membership_id=pk, version=data["version"], ends_on=data["ends_on"],
            now=clock.now(),
        )  # fmt: skip
        return _("The membership is renewed")

    return _done(request, pk, form, renewed)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End the membership, or take the application back."""
    form = LeaveForm(request.POST)

    def left() -> str:
        data = form.cleaned_data
        leave_consortium(
            actor=known_actor(request), membership_id=pk, version=data["version"], reason=data["reason"],
            now=clock.now(),
        )  # fmt: skip
        return _("The membership has ended")

    return _done(request, pk, form, left)


def _done(request: HttpRequest, pk: int, form: forms.Form, deed: Callable[[], str]) -> HttpResponse:
    """The membership's page after the deed, or with the form as it was sent and what is wrong."""
    known_actor(request)
    if not form.is_valid():
        return _membership_page(request, pk, form, 422)
    try:
        messages.success(request, deed())
    except ChanjiaoError as error:
        if error.code in ("record.not_found", "action.denied"):
            raise
        refuse(form, error)
        return _membership_page(request, pk, form, 409 if error.code in ("record.stale", "state.refused") else 422)
    return redirect("members:membership", pk=pk)


def _membership_page(request: HttpRequest, pk: int, sent: forms.Form | None = None, status: int = 200) -> HttpResponse:
    actor = known_actor(request)
    held = selectors.membership(actor, pk)
    context = {
        "held": held,
        "forms": _forms_for(held, sent),
        "sent": sent,
        "may_decide": rights.may_decide_on(actor, held) and held.state == MembershipState.APPLIED,
        "may_renew": rights.may_decide_on(actor, held) and held.state in ("active", "expired"),
        "may_end": rights.may_end(actor, held) and held.state in ("active", "expired", "applied"),
        "history": membership_deeds(actor, held),
        "is_stale": status == 409,
    }
    return render(request, "members/membership.html", context, status=status)


def _forms_for(held: Membership, sent: forms.Form | None) -> dict[str, forms.Form]:
    today = localdate()
    end = held.ends_on if held.ends_on and held.ends_on > today else today
    fresh: dict[str, forms.Form] = {
        "decide": DecisionForm(
            initial={"version": held.version, "decision": "approve", "starts_on": today, "ends_on": default_end(today)}
        ),
        "renew": RenewForm(initial={"version": held.version, "ends_on": default_end(end)}),
        "leave": LeaveForm(initial={"version": held.version}, auto_id="id_leave_%s"),
    }
    kinds = {"decide": DecisionForm, "renew": RenewForm, "leave": LeaveForm}
    return {name: sent if sent and type(sent) is kinds[name] else form for name, form in fresh.items()}
