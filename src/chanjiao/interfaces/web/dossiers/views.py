"""The list of dossiers, and one dossier."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from chanjiao.apps.dossiers import selectors
from chanjiao.apps.dossiers.models import DossierState, Effect, EvidenceKind, OpinionSide, Verdict
from chanjiao.apps.dossiers.rules import State
from chanjiao.apps.dossiers.shown import DossierView, EvidenceView, OpinionView
from chanjiao.apps.programmes.models import ProgrammeLevel
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.models import Event
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.deed_words import doer_of, tone_of, word_of
from chanjiao.interfaces.web.dossiers import forms, lists, words
from chanjiao.interfaces.web.export import exported
from chanjiao.interfaces.web.links import Record, links_for
from chanjiao.interfaces.web.programmes.sections import sections

TONES = {"for": "done", "conditions": "waits", "against": "bad"}


def dossiers(request: HttpRequest) -> HttpResponseBase:
    """The dossiers that the reader sees, the latest first; or the same as a file."""
    actor, filters = known_actor(request), lists.filters_of(request.GET)
    found = selectors.dossiers(actor, filters)
    file = exported(request, lists.lines_of(actor, found), lists.columns(), "dossiers")
    if file is not None:
        return file
    page = Paginator(found, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    counts = selectors.state_counts(actor)
    context = {
        "tabs": sections("dossiers:list"),
        "page": page,
        "lines": list(lists.lines_of(actor, page.object_list)),
        "filters": filters,
        "is_narrowed": filters != selectors.Filters(sort=filters.sort),
        "states": [(value, label, counts[value]) for value, label in DossierState.choices if counts[value]],
        "changes": words.changes(),
        "may_start": bool(selectors.places_to_start(actor)),
    }
    return render(request, "dossiers/list.html", context)


def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier: what is asked for, on what it rests, who says what, what comes next."""
    actor = actor_of(request)
    view = selectors.dossier(known_actor(request), pk)
    row = view.row
    step, tone = words.next_step(view)
    urls = links_for(actor, ((one.object_type, one.object_id) for one in view.evidence))
    into = names_of(actor, [("programme", view.into_code)]) if view.into_code else {}
    context = {
        "view": view,
        "row": row,
        "line": next(lists.lines_of(actor, [row])),
        "level": ProgrammeLevel(row.level).label,
        "into": " ".join((view.into_code, *into.values())),
        "seats": words.seats_words(row),
        "step": step,
        "tone": tone,
        "steps": _steps(view),
        "checks": [(words.said(one.label), one) for one in view.checks],
        "evidence": [_evidence(one, urls) for one in view.evidence],
        "figures_again": any(one.amount_after is not None for one in view.evidence),
        "opinions": [_opinion(one) for one in view.opinions],
        "reason": words.reason_words(view.reason),
        "effect": Effect(view.effect).label if view.effect else "",
        "may": {deed.value: True for deed in view.deeds},
        "history": [_entry(one) for one in selectors.history(actor, pk)],
        **forms.deed_forms(row.version),
    }
    return render(request, "dossiers/dossier.html", context)


def _steps(view: DossierView) -> list[tuple[object, bool]]:
    """The way of a dossier, with where it stands."""
    labels = {state.value: state.label for state in DossierState}
    return [(labels[state], state == view.row.state) for state in words.STEPS if view.row.state != State.WITHDRAWN]


def _evidence(one: EvidenceView, urls: dict[Record, str]) -> dict[str, object]:
    return {
        "told": one,
        "kind": EvidenceKind(one.kind).label,
        "words": words.evidence_words(one),
        "figure": words.figure_words(one.amount, one.measure),
        "after": words.figure_words(one.amount_after, one.measure),
        "url": urls.get((one.object_type, one.object_id), ""),
    }


def _opinion(one: OpinionView) -> dict[str, object]:
    verdict = Verdict(one.verdict).label if one.verdict else ""
    return {"told": one, "side": OpinionSide(one.side).label, "verdict": verdict, "tone": TONES.get(one.verdict, "")}


def _entry(one: Event) -> dict[str, object]:
    who = " · ".join(part for part in (doer_of(one.actor_name), one.organisation_name) if part)
    return {"at": one.at, "text": word_of(one.name), "who": who, "tone": tone_of(one.name)}
