"""The list of challenges, and one challenge."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from chanjiao.apps.transfer import selectors
from chanjiao.apps.transfer.models import AnswerState
from chanjiao.apps.transfer.rules import Stage
from chanjiao.apps.transfer.shown import ChallengeView
from chanjiao.core import clock
from chanjiao.core.models import Event
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.cooperation.views import each_once
from chanjiao.interfaces.web.deed_words import tone_of, word_of
from chanjiao.interfaces.web.export import exported
from chanjiao.interfaces.web.places import page_of
from chanjiao.interfaces.web.transfer import lists, words
from chanjiao.interfaces.web.transfer.forms import AcceptForm, ContractForm, EndForm


def challenges(request: HttpRequest) -> HttpResponseBase:
    """The challenges, the latest first; or the same as a file."""
    actor, filters = actor_of(request), lists.filters_of(request.GET)
    found = selectors.challenges(actor, filters)
    file = exported(request, found, lists.columns(), "challenges")
    if file is not None:
        return file
    page = Paginator(found, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    counts = selectors.stage_counts(actor)
    context = {
        "page": page,
        "lines": [(row, words.stage_words(row.stage)) for row in page.object_list],
        "filters": filters,
        "is_narrowed": filters != selectors.Filters(sort=filters.sort),
        "stages": [(one.value, words.stage_words(one), counts[one]) for one in Stage if counts[one]],
        "may_publish": bool(selectors.problems_to_publish(actor)),
        "tabs": lists.tabs("list", known=actor.is_known),
    }
    return render(request, "transfer/list.html", context)


def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """One challenge: what is asked, what was answered, what comes next, what happened."""
    actor = actor_of(request)
    view = selectors.challenge(actor, pk)
    step, tone = words.next_step(view)
    start = {"version": view.row.version}
    context = {
        "view": view,
        "row": view.row,
        "stage": words.stage_words(view.row.stage),
        "step": step,
        "tone": tone,
        "may": {deed.value: True for deed in view.deeds},
        "answers": [(one, str(AnswerState(one.state).label), words.reason_words(one.reason)) for one in view.answers],
        "contract": _contract(view),
        "history": [_entry(one) for one in each_once(selectors.history(actor, pk))],
        "contract_form": ContractForm(initial=start, auto_id="contract_%s"),
        "accept_form": AcceptForm(
            initial=start | {"accepted_on": timezone.localdate(clock.now())}, auto_id="accept_%s"
        ),
        "withdraw_form": EndForm(initial=start, auto_id="withdraw_%s"),
        "fail_form": EndForm(initial=start, auto_id="fail_%s"),
    }
    return render(request, "transfer/challenge.html", context)


def _contract(view: ChallengeView) -> dict[str, object]:
    told = view.contract
    if told is None:
        return {}
    proof = page_of(told.proof[0], "projects.project") if told.proof else ""
    return {
        "told": told,
        "kind": words.kind_words(told.kind),
        "url": page_of(told.id, "cooperation.agreement"),
        "proof_url": proof,
    }


def _entry(one: Event) -> dict[str, object]:
    return {"at": one.at, "text": word_of(one.name), "who": one.organisation_name, "tone": tone_of(one.name)}
