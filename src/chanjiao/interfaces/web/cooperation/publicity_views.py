"""Publicised prices: the list and one of them, for everybody; publicising, objecting, answering, stopping."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.cooperation import publicity_selectors, selectors
from chanjiao.apps.cooperation.actions.object_to_price import answer_objection, object_to_price
from chanjiao.apps.cooperation.actions.publicise_price import publicise_price, stop_publicity
from chanjiao.apps.cooperation.models import PublicityState
from chanjiao.apps.cooperation.publicity_selectors import PublicityFilters, PublicityRow
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.apps.cooperation.shown import VersionRow
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Kind
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.cooperation import publicity_words, words
from chanjiao.interfaces.web.cooperation.publicity_forms import AnswerForm, ObjectionForm, PublicityForm, StopForm
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.lists import LONGEST_SEARCH
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.form_errors import add_refusal, raise_unless
from chanjiao.interfaces.web.transfer.lists import PAGE_SIZE, tabs


def publicities(request: HttpRequest) -> HttpResponseBase:
    """Every publicised price; or the same as a file."""
    actor, filters = actor_of(request), _filters(request)
    found = publicity_selectors.publicities(actor, filters)
    file = exported(request, found, _columns(), "publicised-prices")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = publicity_selectors.state_counts()
    context = {
        "page": page,
        "lines": [(row, publicity_words.state_words(row.state)) for row in page.object_list],
        "filters": filters,
        "is_narrowed": filters != PublicityFilters(sort=filters.sort),
        "states": [(value, label, counts[value]) for value, label in PublicityState.choices if counts[value]],
        "tabs": tabs("publicities", known=actor.is_known),
    }
    return render(request, "cooperation/publicities.html", context)


def publicity(request: HttpRequest, pk: int) -> HttpResponse:
    """One publicised price: what everybody reads, the objections that are open to the reader, what comes next."""
    return _page(request, pk, ObjectionForm())


def publicise(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that makes the price of an agreement known."""
    actor = known_actor(request)
    view = selectors.agreement(actor, pk)
    proposed = _proposed(view.versions)
    if proposed not in (None, view.shown.number):
        view = selectors.agreement(actor, pk, proposed)
    require(Deed.PUBLICISE in view.deeds)
    rule = publicity_selectors.rule_of_agreement(actor, pk)
    assert rule is not None
    today = timezone.localdate(clock.now())
    start = {"begins_on": today, "ends_on": today + timedelta(days=rule.days)}
    form = PublicityForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = publicise_price(actor=actor, pk=pk, told=form.terms(), now=clock.now())
        except ChanjiaoError as error:
            raise_unless(error, Kind.INVALID, Kind.CONFLICT)
            add_refusal(form, error)
        else:
            messages.success(request, _("Publicised; the other parties have been told"))
            return redirect("cooperation:publicity", pk=made.pk)
    subject = rule.subject_in(view.fields, view.title)
    context = {"form": form, "view": view, "subject": subject, "rule": publicity_words.rule_words(rule)}
    return render(request, "cooperation/publicise.html", context, status=422 if form.errors else 200)


@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """An objection is received."""
    actor, form = known_actor(request), ObjectionForm(request.POST)
    if form.is_valid():
        try:
            object_to_price(actor=actor, pk=pk, now=clock.now(), **form.cleaned_data)
        except ChanjiaoError as error:
            raise_unless(error, Kind.INVALID, Kind.CONFLICT)
            add_refusal(form, error)
        else:
            messages.success(request, _("Received: your objection is answered before the publicity ends"))
            return redirect("cooperation:publicity", pk=pk)
    return _page(request, pk, form)


@require_POST
def answer(request: HttpRequest, pk: int, objection_id: int) -> HttpResponse:
    """An objection is dismissed or upheld."""
    actor, form = known_actor(request), AnswerForm(request.POST)
    if form.is_valid():
        told = {"upheld": form.cleaned_data["upheld"] == "yes", "answer": form.cleaned_data["answer"]}
        try:
            answer_objection(actor=actor, pk=pk, objection_id=objection_id, now=clock.now(), **told)
        except ChanjiaoError as error:
            raise_unless(error, Kind.INVALID, Kind.CONFLICT)
            messages.error(request, sentences(error)[0])
        else:
            messages.success(request, _("Answered; whoever objected has been told"))
    return redirect("cooperation:publicity", pk=pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """The publicity is stopped."""
    actor, form = known_actor(request), StopForm(request.POST)
    if form.is_valid():
        try:
            stop_publicity(actor=actor, pk=pk, note=form.cleaned_data["note"], now=clock.now())
        except ChanjiaoError as error:
            raise_unless(error, Kind.INVALID, Kind.CONFLICT)
            messages.error(request, sentences(error)[0])
        else:
            messages.success(request, _("Stopped; the other parties have been told"))
    return redirect("cooperation:publicity", pk=pk)


def _page(request: HttpRequest, pk: int, form: ObjectionForm) -> HttpResponse:
    view = publicity_selectors.publicity(actor_of(request), pk)
    step, tone = publicity_words.next_step(view)
    context = {
        "view": view,
        "row": view.row,
        "state": publicity_words.state_words(view.row.state),
        "kind": words.kind_words(view.kind),
        "step": step,
        "tone": tone,
        "rule": publicity_words.rule_words(view.rule) if view.rule else "",
        "objections": [(one, AnswerForm(auto_id=f"answer_{one.id}_%s")) for one in view.objections],
        "form": form,
        "stop_form": StopForm(auto_id="stop_%s"),
        "is_running": view.row.state == PublicityState.RUNNING,
    }
    return render(request, "cooperation/publicity.html", context, status=422 if form.errors else 200)


def _filters(request: HttpRequest) -> PublicityFilters:
    state = request.GET.get("state", "")
    return PublicityFilters(
        state=state if state in PublicityState.values else "",
        text=request.GET.get("q", "")[:LONGEST_SEARCH],
        sort=request.GET.get("sort", ""),
    )


def _columns() -> list[Column[PublicityRow]]:
    return [
        Column(_("What is transferred"), lambda row: row.subject, 40),
        Column(_("Publicised by"), lambda row: row.organisation, 30),
        Column(_("Price (yuan)"), lambda row: row.price, 14),
        Column(_("Begins on"), lambda row: row.begins_on, 12),
        Column(_("Last day"), lambda row: row.ends_on, 12),
        Column(_("State"), lambda row: publicity_words.state_words(row.state), 20),
    ]


def _proposed(versions: tuple[VersionRow, ...]) -> int | None:
    return next((one.number for one in versions if one.state == "proposed"), None)
