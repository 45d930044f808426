"""What is done to a dossier: complete, ask, give an opinion, put to the vote, send back, decide, carry out, measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.dossiers import selectors
from chanjiao.apps.dossiers.actions.ask_opinions import ask_opinions
from chanjiao.apps.dossiers.actions.carry_out_change import carry_out_change
from chanjiao.apps.dossiers.actions.complete_dossier import complete_dossier
from chanjiao.apps.dossiers.actions.decide_dossier import decide_dossier
from chanjiao.apps.dossiers.actions.give_opinion import give_opinion
from chanjiao.apps.dossiers.actions.measure_effect import measure_effect
from chanjiao.apps.dossiers.actions.put_to_vote import put_to_vote
from chanjiao.apps.dossiers.actions.return_dossier import return_dossier
from chanjiao.apps.dossiers.actions.withdraw_dossier import withdraw_dossier
from chanjiao.apps.dossiers.models import OpinionSide
from chanjiao.apps.dossiers.rules import Deed
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Kind, Rejected, kind_of
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.dossiers import forms
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.form_errors import add_refusal

TERM = timedelta(days=14)
"""How long opinions are asked for unless told otherwise."""


@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier is handed in."""
    told = {"version": whole_number(request.POST.get("version")) or 0}
    return _done(request, pk, complete_dossier, told, _("Handed in; the secretariat has been told"))


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the dossier is put to, and until when."""
    actor = known_actor(request)
    view = selectors.dossier(actor, pk)
    require(Deed.ASK in view.deeds)
    due_on = timezone.localdate(clock.now()) + TERM
    form = forms.AskForm(request.POST or None, initial={"due_on": due_on, "version": view.row.version})
    askable = selectors.to_ask(actor, pk)
    if request.method == "POST" and form.is_valid():
        chosen = {one.organisation_id for one in askable if str(one.organisation_id) in request.POST.getlist("asks")}
        try:
            ask_opinions(actor=actor, pk=pk, organisations=chosen, now=clock.now(), **form.cleaned_data)
        except Rejected as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Asked; each has been told"))
            return redirect("dossiers:dossier", pk=pk)
    groups = [(OpinionSide(side).label, side, list(rows)) for side, rows in groupby(askable, lambda one: one.side)]
    context = {"form": form, "row": view.row, "groups": groups, "owed": view.opinions_owed}
    return render(request, "dossiers/ask.html", context, status=422 if form.errors else 200)


@require_POST
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's organisation says what it thinks."""
    return _asked(request, pk, give_opinion, forms.OpinionForm(request.POST), _("Your opinion is given"))


@require_POST
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier is put to the vote."""
    told = {"version": whole_number(request.POST.get("version")) or 0}
    return _done(request, pk, put_to_vote, told, _("Ready for the vote"))


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The college is to mend it."""
    form = forms.ReasonForm(request.POST)
    return _asked(request, pk, return_dossier, form, _("Sent back; the college has been told"))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What the council decided is entered."""
    form = forms.DecisionForm(request.POST)
    return _asked(request, pk, decide_dossier, form, _("Entered; everybody who was asked has been told"))


@require_POST
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The change was carried out."""
    return _asked(request, pk, carry_out_change, forms.CarriedOutForm(request.POST), _("Entered"))


@require_POST
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it is entered."""
    form = forms.EffectForm(request.POST)
    return _asked(request, pk, measure_effect, form, _("Entered, beside the figures of today"))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The college no longer asks for it."""
    return _asked(request, pk, withdraw_dossier, forms.WithdrawForm(request.POST), _("Withdrawn"))


def _asked(request: HttpRequest, pk: int, action: Callable[..., object], form: Form, words: str) -> HttpResponse:
    if form.is_valid():
        return _done(request, pk, action, form.cleaned_data, words)
    selectors.dossier(known_actor(request), pk)
    messages.error(request, next(f"{form[name].label}：{faults[0]}" for name, faults in form.errors.items()))
    return redirect("dossiers:dossier", pk=pk)


def _done(
    request: HttpRequest, pk: int, action: Callable[..., object], told: Mapping[str, object], words: str
) -> HttpResponse:
    actor = known_actor(request)
    try:
        action(actor=actor, pk=pk, now=clock.now(), **told)
    except ChanjiaoError as error:
        if not isinstance(error, Rejected) and (kind_of(error) is not Kind.CONFLICT or error.code == "record.stale"):
            raise
        for sentence in sentences(error):
            messages.error(request, sentence)
    else:
        messages.success(request, words)
    return redirect("dossiers:dossier", pk=pk)
