"""What is done to a challenge: draft, edit, publish, answer, choose, contract, accept, end."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.transfer import selectors
from chanjiao.apps.transfer.actions.answer_challenge import answer_challenge, take_back_answer
from chanjiao.apps.transfer.actions.choose_answer import choose_answer
from chanjiao.apps.transfer.actions.close_challenge import accept_work, fail_challenge, withdraw_challenge
from chanjiao.apps.transfer.actions.draft_challenge import draft_challenge, edit_challenge
from chanjiao.apps.transfer.actions.draft_contract import draft_contract
from chanjiao.apps.transfer.actions.publish_challenge import publish_challenge
from chanjiao.apps.transfer.models import Challenge
from chanjiao.apps.transfer.rules import Deed
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.form_errors import add_refusal
from chanjiao.interfaces.web.places import page_of
from chanjiao.interfaces.web.transfer.forms import (
    AcceptForm,
    AnswerForm,
    ChoiceForm,
    ContractForm,
    EndForm,
    PlainForm,
    TermsForm,
)


def new(request: HttpRequest) -> HttpResponse:
    """The form that makes a challenge of a technical problem."""
    actor = known_actor(request)
    require(actor.acts_for(actor.organisation_id))
    needs = selectors.problems_to_publish(actor)
    form = TermsForm(request.POST or None, needs=needs, initial={"need": request.GET.get("need")})
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_challenge(actor=actor, need_id=form.cleaned_data["need"], terms=form.terms(), now=clock.now())
        except Rejected as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved as a draft: read it once more and publish it"))
            return redirect("transfer:challenge", pk=made.pk)
    context = {"form": form, "needs": needs, "row": None}
    return render(request, "transfer/form.html", context, status=422 if form.errors else 200)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that changes a draft."""
    actor = known_actor(request)
    view = selectors.challenge(actor, pk)
    require(Deed.EDIT in view.deeds)
    row = view.row
    start = {
        "bounty": row.bounty, "criteria": view.criteria, "answers_until": row.answers_until, "version": row.version,
        "need": row.need_id,
    }  # fmt: skip
    form = TermsForm(request.POST or None, needs=[(row.need_id, row.title)], initial=start)
    form.fields["need"].disabled = True
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_challenge(actor=actor, pk=pk, version=version, terms=form.terms(), now=clock.now())
        except Rejected as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("transfer:challenge", pk=pk)
    return render(request, "transfer/form.html", {"form": form, "row": row}, status=422 if form.errors else 200)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The challenge is published."""
    actor, version = known_actor(request), _version(request)
    try:
        publish_challenge(actor=actor, pk=pk, version=version, now=clock.now())
    except Rejected as error:
        messages.error(request, sentences(error)[0])
    else:
        messages.success(request, _("Published: members of the consortium may answer"))
    return redirect("transfer:challenge", pk=pk)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of an answer."""
    actor = known_actor(request)
    view = selectors.challenge(actor, pk)
    require(Deed.ANSWER in view.deeds)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_challenge(actor=actor, pk=pk, proposal=form.proposal(), now=clock.now())
        except ChanjiaoError as error:
            if not isinstance(error, Rejected) and error.code not in ("challenge.over", "challenge.answered"):
                raise
            add_refusal(form, error)
        else:
            messages.success(request, _("Your answer is handed in; its owner has been told"))
            return redirect("transfer:challenge", pk=pk)
    return render(request, "transfer/answer.html", {"form": form, "view": view}, status=422 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's organisation takes its answer back."""
    take_back_answer(actor=known_actor(request), pk=pk, now=clock.now())
    messages.success(request, _("Your answer is taken back"))
    return redirect("transfer:challenge", pk=pk)


def choose(request: HttpRequest, pk: int, answer_id: int) -> HttpResponse:
    """The answer that is to be chosen, and the reasons that the others are given."""
    actor = known_actor(request)
    view = selectors.challenge(actor, pk)
    require(Deed.CHOOSE in view.deeds)
    waiting = [one for one in view.answers if one.state == "submitted"]
    chosen = next((one for one in waiting if one.id == answer_id), None)
    if chosen is None:
        raise ChanjiaoError("record.not_found")
    others = [one for one in waiting if one.id != answer_id]
    form = ChoiceForm(request.POST or None, others=others, initial={"version": view.row.version})
    if request.method == "POST" and form.is_valid():
        version, reasons = form.cleaned_data["version"], form.reasons()
        try:
            choose_answer(actor=actor, pk=pk, version=version, answer_id=answer_id, reasons=reasons, now=clock.now())
        except Rejected as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Chosen; everybody who answered has been told"))
            return redirect("transfer:challenge", pk=pk)
    rows = [(one, form[f"reason_{one.id}"]) for one in others]
    context = {"form": form, "view": view, "chosen": chosen, "others": rows}
    return render(request, "transfer/choose.html", context, status=422 if form.errors else 200)


@require_POST
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract is drafted; its writer goes on with it as with any agreement."""
    form, actor = ContractForm(request.POST), known_actor(request)
    if not form.is_valid():
        messages.error(request, _first_fault(form))
        return redirect("transfer:challenge", pk=pk)
    made = draft_contract(actor=actor, pk=pk, now=clock.now(), **form.cleaned_data)
    messages.success(request, _("Drafted: complete it and propose it to the other side"))
    return redirect(page_of(made.pk, "cooperation.agreement") or "transfer:contracts")


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The work is accepted."""
    return _done(request, pk, AcceptForm(request.POST), accept_work, _("Accepted: the work is done"))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The challenge is withdrawn."""
    return _done(request, pk, EndForm(request.POST), withdraw_challenge, _("Withdrawn; whoever answered has been told"))


@require_POST
def fail(request: HttpRequest, pk: int) -> HttpResponse:
    """The challenge ended without result."""
    return _done(request, pk, EndForm(request.POST), fail_challenge, _("Concluded; whoever answered has been told"))


def _done(request: HttpRequest, pk: int, form: PlainForm, action: Callable[..., Challenge], words: str) -> HttpResponse:
    actor = known_actor(request)
    if form.is_valid():
        try:
            action(actor=actor, pk=pk, now=clock.now(), **form.cleaned_data)
        except Rejected as error:
            messages.error(request, sentences(error)[0])
        else:
            messages.success(request, words)
    else:
        selectors.challenge(actor, pk)
        messages.error(request, _first_fault(form))
    return redirect("transfer:challenge", pk=pk)


def _first_fault(form: PlainForm) -> str:
    return next(str(fault) for faults in form.errors.values() for fault in faults)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
