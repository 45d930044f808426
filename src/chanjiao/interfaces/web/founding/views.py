"""Founding: read a document, review the draft beside its source, accept it."""

from __future__ import annotations

import json
from itertools import chain

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.members import rights, selectors
from chanjiao.apps.members import training as training_material
from chanjiao.apps.members.actions.accept_founding import accept_founding
from chanjiao.apps.members.actions.agree_to_training import agree_to_training
from chanjiao.apps.members.actions.discard_founding import discard_founding
from chanjiao.apps.members.actions.read_founding import read_founding
from chanjiao.apps.members.facts import FactSheet
from chanjiao.apps.members.models import Founding, FoundingState
from chanjiao.apps.members.plan import Plan, founding_date, plan
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.core.text_model import Ask, text_model
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.founding.forms import AcceptForm, DocumentForm
from chanjiao.interfaces.web.founding.outcome import outcome_lines
from chanjiao.interfaces.web.founding.shown import sections, source_pieces
from chanjiao.interfaces.web.members.forms import refuse


def founder(request: HttpRequest) -> Actor:
    """Who asks, where they may found."""
    actor = known_actor(request)
    require(rights.may_found(actor))
    return actor


def sent_version(request: HttpRequest) -> int:
    """The version that a form without fields carries; 0, which no record has, where it is spoilt."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0


def index(request: HttpRequest) -> HttpResponse:
    """The form for a document, and the foundings so far."""
    actor = founder(request)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                founding = _read(actor, form)
            except ChanjiaoError as error:
                refuse(form, error)
            else:
                return redirect("founding:draft", pk=founding.pk)
    context = {
        "form": form,
        "foundings": selectors.foundings(actor),
        "may_agree": actor.organisation_id is not None,
        "has_agreed": training_material.has_agreed(actor.organisation_id),
        "may_export": actor.sees_all,
    }
    return render(request, "founding/index.html", context, status=422 if form.errors else 200)


def _read(actor: Actor, form: DocumentForm) -> Founding:
    limit = settings.DOCUMENT_LIMIT
    content, name = form.content(limit)
    return read_founding(actor=actor, content=content, name=name, limit=limit, now=clock.now(), ask=_model())


def _model() -> Ask | None:
    return text_model(settings.TEXT_MODEL)


def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft beside its source, for HTMX the board alone; once accepted, what was made."""
    actor = founder(request)
    founding = selectors.founding(actor, pk)
    template = "founding/_board.html" if getattr(request, "htmx", False) else "founding/draft.html"
    return render(request, template, {**draft_context(founding), "touched": request.GET.get("at", "")})


def draft_context(founding: Founding, form: AcceptForm | None = None) -> dict[str, object]:
    """What the draft's page shows."""
    sheet = FactSheet.from_json(founding.facts)
    shown, planned = sections(sheet), _planned(sheet)
    return {
        "founding": founding,
        "is_draft": founding.state == FoundingState.DRAFT,
        "pieces": source_pieces(founding.document.repaired, sheet.facts),
        "is_repaired": founding.document.repaired.strip() != founding.document.original.strip(),
        "sections": shown,
        "notes": sheet.notes,
        "fact_count": len(sheet.facts),
        "to_check": sum(section.to_check for section in shown),
        "plan": planned,
        "body_count": sum(1 for body in planned.organisations if body.type != "consortium") if planned else 0,
        "founded_on": founding_date(sheet),
        "form": form or AcceptForm(initial={"version": founding.version}),
        "outcome": outcome_lines(founding.outcome),
    }


def _planned(sheet: FactSheet) -> Plan | None:
    try:
        return plan(sheet)
    except ChanjiaoError:
        return None


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Found everything that the draft names."""
    actor = founder(request)
    founding = selectors.founding(actor, pk)
    form = AcceptForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            accept_founding(actor=actor, founding_id=pk, now=clock.now(), **form.cleaned_data)
        except ChanjiaoError as error:
            if error.code == "state.refused":
                return redirect("founding:draft", pk=pk)
            refuse(form, error)
            status = 409 if error.code == "record.stale" else 422
        else:
            messages.success(request, _("The founding is accepted"))
            return redirect("founding:draft", pk=pk)
    return render(request, "founding/draft.html", draft_context(founding, form), status=status)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft away."""
    actor = founder(request)
    discard_founding(actor=actor, founding_id=pk, version=sent_version(request), now=clock.now())
    messages.success(request, _("The draft is put away; reading the same document again brings it back"))
    return redirect("founding:index")


@require_POST
def training(request: HttpRequest) -> HttpResponse:
    """The organisation agrees that corrections are kept, or takes that back."""
    agrees = request.POST.get("agrees") == "yes"
    agree_to_training(actor=founder(request), agrees=agrees, now=clock.now())
    messages.success(request, _("Corrections are kept from now on") if agrees else _("Nothing is kept; all is deleted"))
    return redirect("founding:index")


def corrections(request: HttpRequest) -> StreamingHttpResponse:
    """Every kept correction as JSON Lines."""
    lines = training_material.correction_lines(founder(request))
    first = next(lines, None)  # a refusal is raised here, before anything is sent
    content = (json.dumps(one, ensure_ascii=False) + "\n" for one in chain([first] if first else [], lines))
    response = StreamingHttpResponse(content, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = "attachment; filename=corrections.jsonl"
    return response
