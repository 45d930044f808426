"""What is done in a project: start, plan, prove, verify, book, evaluate, conclude."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.projects import selectors
from chanjiao.apps.projects.actions.add_milestone import add_milestone
from chanjiao.apps.projects.actions.book_money import book_money, cancel_money
from chanjiao.apps.projects.actions.close_project import close_project
from chanjiao.apps.projects.actions.edit_milestone import drop_milestone, edit_milestone
from chanjiao.apps.projects.actions.evaluate_project import evaluate_project
from chanjiao.apps.projects.actions.start_project import start_project
from chanjiao.apps.projects.models import Direction
from chanjiao.apps.projects.rules import Deed
from chanjiao.apps.projects.shown import MilestoneView
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Kind, Rejected
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.form_errors import add_refusal, raise_unless
from chanjiao.interfaces.web.projects.forms import CloseForm, EvaluationForm, MilestoneForm, MoneyForm
from chanjiao.interfaces.web.projects.views import closing, milestone_choices, money


@require_POST
def start(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """A project begins under an agreement in force, or goes on from one that is concluded."""
    continues = whole_number(request.POST.get("continues"))
    made = start_project(actor=known_actor(request), agreement_id=agreement_id, continues=continues, now=clock.now())
    messages.success(request, _("The project is under way; plan its first milestone"))
    return redirect("projects:project", pk=made.pk)


def milestone(request: HttpRequest, pk: int, milestone_id: int | None = None) -> HttpResponse:
    """The form of one milestone, new or not done yet."""
    actor = known_actor(request)
    view = selectors.project(actor, pk)
    require(Deed.PLAN in view.deeds)
    known = _milestone(view.milestones, milestone_id)
    people = [(user, label) for _body, user, label in selectors.responsible_people(actor, pk)]
    form = MilestoneForm(request.POST or None, bodies=list(view.organisations), people=people, milestone=known)
    if request.method == "POST" and form.is_valid():
        told, now = form.told(), clock.now()
        try:
            if known is None:
                add_milestone(actor=actor, project_id=pk, told=told, now=now)
            else:
                version = form.cleaned_data["version"] or 0
                edit_milestone(actor=actor, project_id=pk, pk=known.id, version=version, told=told, now=now)
        except ChanjiaoError as error:
            raise_unless(error, Kind.CONFLICT)
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("projects:project", pk=pk)
    context = {"form": form, "view": view, "row": view.row, "milestone": known}
    return render(request, "projects/milestone.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, pk: int, milestone_id: int) -> HttpResponse:
    """The milestone is no longer wanted."""
    version = whole_number(request.POST.get("version")) or 0
    try:
        drop_milestone(actor=known_actor(request), project_id=pk, pk=milestone_id, version=version, now=clock.now())
    except ChanjiaoError as error:
        raise_unless(error, Kind.CONFLICT)
        messages.error(request, sentences(error)[0])
    else:
        messages.success(request, _("Dropped"))
    return redirect("projects:project", pk=pk)


@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Money is booked."""
    actor = known_actor(request)
    view = selectors.project(actor, pk)
    form = MoneyForm(request.POST, bodies=list(view.organisations), milestones=milestone_choices(view))
    if form.is_valid():
        told = form.cleaned_data
        try:
            book_money(
                actor=actor,
                project_id=pk,
                direction=Direction(told["direction"]),
                amount=told["amount"],
                booked_on=told["booked_on"],
                organisation_id=told["organisation"],
                milestone_id=told["milestone"],
                note=told["note"],
                now=clock.now(),
            )
        except Rejected as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Booked"))
            return redirect("projects:money", pk=pk)
    return money(request, pk, form)


@require_POST
def unbook(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """An entry made by mistake is cancelled."""
    try:
        cancel_money(actor=known_actor(request), project_id=pk, pk=entry_id, now=clock.now())
    except ChanjiaoError as error:
        raise_unless(error, Kind.CONFLICT)
        messages.error(request, sentences(error)[0])
    else:
        messages.success(request, _("Cancelled by an entry of its own"))
    return redirect("projects:money", pk=pk)


@require_POST
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's party evaluates."""
    actor, form = known_actor(request), EvaluationForm(request.POST, auto_id="evaluation_%s")
    if not form.is_valid():
        return closing(request, pk, evaluation=form)
    told = form.cleaned_data
    evaluate_project(actor=actor, project_id=pk, points=told["points"], words=told["words"], now=clock.now())
    messages.success(request, _("Evaluated"))
    return redirect("projects:closing", pk=pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The project is concluded."""
    actor, form = known_actor(request), CloseForm(request.POST, auto_id="close_%s")
    if form.is_valid():
        told = form.cleaned_data
        try:
            close_project(
                actor=actor,
                project_id=pk,
                version=told["version"],
                completes=told["outcome"] == "complete",
                summary=told["summary"],
                now=clock.now(),
            )
        except ChanjiaoError as error:
            raise_unless(error, Kind.CONFLICT)
            add_refusal(form, error)
        else:
            messages.success(request, _("Concluded"))
            return redirect("projects:project", pk=pk)
    return closing(request, pk, form=form)


def _milestone(milestones: tuple[MilestoneView, ...], pk: int | None) -> MilestoneView | None:
    if pk is None:
        return None
    found = next((one for one in milestones if one.id == pk), None)
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found
