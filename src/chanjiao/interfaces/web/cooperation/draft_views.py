"""Writing an agreement: the kind first, then steps that can be left and resumed."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.cooperation import selectors
from chanjiao.apps.cooperation.actions.draft_agreement import draft_agreement
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.content import Content
from chanjiao.apps.cooperation.kinds import book, kind_of
from chanjiao.apps.cooperation.prefill import likely_kind
from chanjiao.apps.cooperation.shown import AgreementView
from chanjiao.apps.exchange.places import posting_places
from chanjiao.apps.matching.selectors import match as match_seen
from chanjiao.apps.matching.shown import MatchView
from chanjiao.apps.members.selectors import directory
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.cooperation import words
from chanjiao.interfaces.web.cooperation.forms import ClausesStep, NewForm, PartiesStep, Step, TermsStep
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.form_errors import add_refusal

STEPS = {
    "terms": gettext_lazy("Terms"),
    "parties": gettext_lazy("Parties"),
    "clauses": gettext_lazy("Clauses"),
    "check": gettext_lazy("Check and propose"),
}


def new(request: HttpRequest) -> HttpResponse:
    """The kind, the partner, and for whom; from an accepted match, all of it is known but the kind."""
    actor = known_actor(request)
    match_id = whole_number(request.GET.get("match") or request.POST.get("match"))
    matched = match_seen(actor, match_id) if match_id is not None else None
    choices = _places(actor, matched)
    require(bool(choices))
    earlier, like = selectors.repeatable(actor), whole_number(request.GET.get("like"))
    models = [(one.id, f"{one.title} · {one.number} · {words.kind_words(one.kind)}") for one in earlier]
    form = NewForm(request.POST or None, places=choices, bodies=_bodies(actor), models=models, like=like)
    kind_of_model = {one.id: one.kind for one in earlier}
    if request.method == "POST" and form.is_valid():
        kind = kind_of_model.get(form.cleaned_data["like"], request.POST.get("kind", ""))
        try:
            if not kind:
                raise ChanjiaoError("agreement.kind_missing", field="kind")
            return _drafted(actor, form, kind, match_id)
        except ChanjiaoError as error:
            add_refusal(form, error)
    kind = request.POST.get("kind") or kind_of_model.get(like or 0) or (_likely(matched) if matched else "")
    context = {
        "form": form,
        "matched": matched,
        "has_models": bool(models),
        "kinds": [
            (code, words.worded(one.label), words.worded(one.about), code == kind) for code, one in book().kinds.items()
        ],
    }
    return render(request, "cooperation/new.html", context, status=422 if form.errors else 200)


def _places(actor: Actor, matched: MatchView | None) -> list[tuple[str, str]]:
    """For whom the actor may draft, as choices; of a match, for its two sides only."""
    places = [one for one in posting_places(actor) if actor.acts_for(one.organisation_id)]
    if matched is not None:
        bodies = (matched.row.need_organisation_id, matched.row.offer_organisation_id)
        places = [one for one in places if one.organisation_id in bodies]
    return [(f"{one.organisation_id}-{one.consortium_id}", f"{one.organisation} · {one.consortium}") for one in places]


def _likely(matched: MatchView) -> str:
    return likely_kind(matched.row.kind, {**matched.offer.fields, **matched.need.fields})


def _drafted(actor: Actor, form: NewForm, kind: str, match_id: int | None) -> HttpResponse:
    organisation_id, consortium_id = map(int, form.cleaned_data["place"].split("-"))
    partner = form.cleaned_data["partner"]
    made = draft_agreement(
        actor=actor,
        kind=kind,
        organisation_id=organisation_id,
        consortium_id=consortium_id,
        partner_ids=[partner] if partner is not None else [],
        match_id=match_id,
        like_id=form.cleaned_data["like"],
        now=clock.now(),
    )
    return redirect("cooperation:draft", pk=made.pk, step="terms")


def draft(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the draft; what is typed is stored, and the next step shown."""
    actor = known_actor(request)
    view, content = selectors.draft_content(actor, pk)
    if step == "check":
        return _check_page(request, view)
    form = _form(request, actor, view, content, step)
    if request.method == "POST" and form.is_valid():
        told, version = form.content(content), form.cleaned_data["version"]
        try:
            edit_agreement(actor=actor, pk=pk, version=version, content=told, now=clock.now())
        except ChanjiaoError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved as a draft"))
            return redirect("cooperation:draft", pk=pk, step=_after(step, request.POST))
    context = _context(view, step) | {"form": form, "template": f"cooperation/_{step}.html"}
    return render(request, "cooperation/draft.html", context, status=422 if form.errors else 200)


def _after(step: str, sent: Mapping[str, str]) -> str:
    names = list(STEPS)
    return step if sent.get("save") == "stay" else names[names.index(step) + 1]


def _form(request: HttpRequest, actor: Actor, view: AgreementView, content: Content, step: str) -> Step:
    data, version, kind = request.POST or None, view.row.version, kind_of(view.row.kind)
    if step == "terms":
        return TermsStep(data, kind=kind, content=content, version=version)
    if step == "clauses":
        return ClausesStep(data, content=content, version=version)
    students = selectors.students_to_add(actor, view.row.id)
    return PartiesStep(data, kind=kind, content=content, version=version, bodies=_bodies(actor), students=students)


def _check_page(request: HttpRequest, view: AgreementView) -> HttpResponse:
    context = _context(view, "check") | {
        "checks": words.checks(view),
        "fields": words.particulars(kind_of(view.row.kind), view.fields),
        "term": words.term_words(view.starts_on, view.ends_on),
        "template": "cooperation/_check.html",
    }
    return render(request, "cooperation/draft.html", context)


def _context(view: AgreementView, step: str) -> dict[str, object]:
    return {
        "view": view,
        "row": view.row,
        "title": view.title or view.row.number,
        "kind": words.kind_words(view.row.kind),
        "parties": [(one, words.ROLE_WORDS[one.role]) for one in view.parties],
        "step": step,
        "steps": list(STEPS.items()),
    }


def _bodies(actor: Actor) -> list[tuple[int, str]]:
    return list(directory(actor).values_list("pk", "name"))
