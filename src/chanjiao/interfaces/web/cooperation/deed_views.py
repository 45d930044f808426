"""What a button on an agreement's page does: propose, name, sign, decline, amend, renew, end."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.accounts.selectors import oneself
from chanjiao.apps.cooperation import selectors
from chanjiao.apps.cooperation.actions.amend_agreement import amend_agreement
from chanjiao.apps.cooperation.actions.decline_agreement import decline_agreement
from chanjiao.apps.cooperation.actions.discard_draft import discard_draft
from chanjiao.apps.cooperation.actions.end_agreement import end_agreement
from chanjiao.apps.cooperation.actions.name_signatories import name_signatories
from chanjiao.apps.cooperation.actions.propose_agreement import propose_agreement
from chanjiao.apps.cooperation.actions.renew_agreement import renew_agreement
from chanjiao.apps.cooperation.actions.sign_agreement import sign_agreement
from chanjiao.apps.cooperation.models import AgreementState, EndReason, VersionState
from chanjiao.apps.cooperation.shown import ExactText
from chanjiao.apps.cooperation.text import is_heading
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Kind, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.cooperation.forms import EndForm, ReasonForm, SignatoriesForm, SignForm
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.form_errors import add_refusal, raise_unless


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is proposed; what is wrong sends the writer back to the check."""
    actor, version = known_actor(request), _version(request)
    try:
        propose_agreement(actor=actor, pk=pk, version=version, now=clock.now())
    except Rejected as error:
        for sentence in sentences(error):
            messages.error(request, sentence)
        return redirect("cooperation:draft", pk=pk, step="check")
    messages.success(request, _("Proposed: the parties can read and sign it"))
    return redirect("cooperation:agreement", pk=pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is gone."""
    done = discard_draft(actor=known_actor(request), pk=pk, version=_version(request), now=clock.now())
    messages.success(request, _("The draft is discarded"))
    if done.state == AgreementState.WITHDRAWN:
        return redirect("cooperation:list")
    return redirect("cooperation:agreement", pk=pk)


def signatories(request: HttpRequest, pk: int, party_id: int) -> HttpResponse:
    """Who signs for a party that the reader acts for."""
    actor = known_actor(request)
    view = selectors.agreement(actor, pk, _version_of_party(actor, pk, party_id))
    party = next(one for one in view.parties if one.id == party_id)
    named = [one.user_id for one in party.signatories]
    form = SignatoriesForm(request.POST or None, choices=selectors.signers(actor, pk, party_id), named=named)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["signatories"]
        try:
            name_signatories(actor=actor, pk=pk, party_id=party_id, user_ids=chosen, now=clock.now())
        except Rejected as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Named; each has been told"))
            is_draft = view.shown.state == VersionState.DRAFT
            return (
                redirect("cooperation:draft", pk=pk, step="check")
                if is_draft
                else redirect("cooperation:agreement", pk=pk)
            )
    context = {"form": form, "party": party, "row": view.row, "title": view.title}
    return render(request, "cooperation/signatories.html", context, status=422 if form.errors else 200)


def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The exact text that waits, and the confirmation with which the reader signs it."""
    actor = known_actor(request)
    told = _waiting_text(actor, pk)
    form = SignForm(request.POST or None, initial={"text_sha256": told.sha256})
    has_password = oneself(actor).has_usable_password()
    if not has_password:
        form.fields["confirmation"].label = _("Your full name")
        form.fields["confirmation"].widget = forms.TextInput(attrs={"autocomplete": "name"})
    if request.method == "POST" and form.is_valid():
        _limit_guesses(request)
        try:
            done = sign_agreement(actor=actor, pk=pk, now=clock.now(), **form.cleaned_data)
        except Rejected as error:
            add_refusal(form, error)
        else:
            in_force = done.state == AgreementState.IN_FORCE
            messages.success(request, _("Signed: the agreement is in force") if in_force else _("Signed"))
            return redirect("cooperation:agreement", pk=pk)
    lines = told.text.splitlines()
    context = {
        "told": told,
        "title": lines[0],
        "lines": [(line, is_heading(line)) for line in lines[1:]],
        "form": form,
        "is_mine": selectors.agreement(actor, pk).row.waits_for_me,
    }
    return render(request, "cooperation/sign.html", context, status=422 if form.errors else 200)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits is not concluded."""
    actor, form = known_actor(request), ReasonForm(request.POST)

    def deed() -> str:
        told = form.cleaned_data
        decline_agreement(actor=actor, pk=pk, version=told["version"] or 0, reason=told["reason"], now=clock.now())
        return _("Declined; the other parties know why")

    return _done(request, form, deed, pk)


@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version begins as a draft."""
    actor, form = known_actor(request), ReasonForm(request.POST)
    if form.is_valid():
        try:
            amend_agreement(actor=actor, pk=pk, reason=form.cleaned_data["reason"], now=clock.now())
        except ChanjiaoError as error:
            raise_unless(error, Kind.CONFLICT)
            messages.error(request, sentences(error)[0])
        else:
            messages.success(request, _("A draft of the next version; the present one stays until that is signed"))
            return redirect("cooperation:draft", pk=pk, step="terms")
    return redirect("cooperation:agreement", pk=pk)


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A renewal begins as a draft."""
    actor = known_actor(request)
    try:
        renewal = renew_agreement(actor=actor, pk=pk, now=clock.now())
    except ChanjiaoError as error:
        raise_unless(error, Kind.CONFLICT)
        messages.error(request, sentences(error)[0])
        return redirect("cooperation:agreement", pk=pk)
    messages.success(request, _("A draft of the renewal, filled in from the last one"))
    return redirect("cooperation:draft", pk=renewal.pk, step="terms")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement ends."""
    actor, form = known_actor(request), EndForm(request.POST)

    def deed() -> str:
        told = form.cleaned_data
        reason = EndReason(told["reason"])
        end_agreement(actor=actor, pk=pk, version=told["version"], reason=reason, note=told["note"], now=clock.now())
        return _("Terminated")

    return _done(request, form, deed, pk)


def _done(request: HttpRequest, form: forms.Form, deed: Callable[[], str], pk: int) -> HttpResponse:
    """Back to the agreement after the deed; what the sender can mend is told there, the rest is raised."""
    if not form.is_valid():
        messages.error(request, "；".join(str(errors[0]) for errors in form.errors.values()))
        return redirect("cooperation:agreement", pk=pk)
    try:
        messages.success(request, deed())
    except ChanjiaoError as error:
        raise_unless(error, Kind.CONFLICT)
        messages.error(request, "；".join(sentences(error)))
    return redirect("cooperation:agreement", pk=pk)


def _waiting_text(actor: Actor, pk: int) -> ExactText:
    waiting = [one.number for one in selectors.agreement(actor, pk).versions if one.state == VersionState.PROPOSED]
    if not waiting:
        raise ChanjiaoError("record.not_found")
    return selectors.exact_text(actor, pk, waiting[0])


def _version_of_party(actor: Actor, pk: int, party_id: int) -> int:
    for one in reversed(selectors.agreement(actor, pk).versions):
        if any(party.id == party_id for party in selectors.agreement(actor, pk, one.number).parties):
            return one.number
    raise ChanjiaoError("record.not_found")


def _limit_guesses(request: HttpRequest) -> None:
    # The same limit as for confirming one's password elsewhere.
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise ChanjiaoError("rate.limited", seconds=60)


def _version(request: HttpRequest) -> int:
    return whole_number(request.POST.get("version")) or 0
