"""Evidence: rows to tick, files to attach and to download, and taking either out again."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chanjiao.apps.dossiers import selectors
from chanjiao.apps.dossiers.actions.cite_evidence import attach_file, cite_rows, remove_evidence
from chanjiao.apps.dossiers.models import EvidenceKind
from chanjiao.apps.dossiers.rules import Deed
from chanjiao.apps.dossiers.sources import Candidate
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Kind, Rejected
from chanjiao.core.files import KINDS
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.dossiers import words
from chanjiao.interfaces.web.dossiers.forms import FileForm
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.form_errors import add_refusal, raise_unless
from chanjiao.interfaces.web.links import Record, links_for
from chanjiao.interfaces.web.projects.proof_views import as_download
from chanjiao.interfaces.web.wording import listed


def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that can be cited, by kind, to be ticked; and a file to be attached."""
    return _cite_page(request, pk, FileForm(auto_id="file_%s"))


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """The file is evidence."""
    actor, form = known_actor(request), FileForm(request.POST, request.FILES, auto_id="file_%s")
    if form.is_valid():
        told = form.cleaned_data["file"]
        title = form.cleaned_data["title"]
        try:
            attach_file(actor=actor, pk=pk, title=title, chunks=told.chunks(), file_name=told.name, now=clock.now())
        except ChanjiaoError as error:
            raise_unless(error, Kind.INVALID, Kind.LIMIT)
            add_refusal(form, error)
        else:
            messages.success(request, _("Attached"))
            return redirect("dossiers:cite", pk=pk)
    return _cite_page(request, pk, form)


@require_POST
def remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The dossier no longer rests on it."""
    remove_evidence(actor=known_actor(request), pk=pk, number=number, now=clock.now())
    messages.success(request, _("Taken out"))
    return redirect("dossiers:dossier", pk=pk)


def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A file of a dossier, always as a download that no browser opens or guesses at."""
    told = selectors.evidence_file(known_actor(request), pk, number)
    return as_download(told.sha256, told.size, told.file_name)


def _cite_page(request: HttpRequest, pk: int, form: FileForm) -> HttpResponse:
    actor = known_actor(request)
    view = selectors.dossier(actor, pk)
    require(Deed.CITE in view.deeds)
    if request.method == "POST" and not form.is_bound:
        try:
            made = cite_rows(actor=actor, pk=pk, keys=request.POST.getlist("cites"), now=clock.now())
        except Rejected as error:
            messages.error(request, sentences(error)[0])
        else:
            told = ngettext("%d row cited", "%d rows cited", len(made)) % len(made)
            messages.success(request, told)
        return redirect("dossiers:dossier", pk=pk)
    offered = selectors.candidates_for(actor, pk)
    urls = links_for(actor, ((one.object_type, one.object_id) for one in offered))
    kinds = groupby(offered, lambda one: one.kind)
    groups = [(EvidenceKind(kind).label, [_offered(one, urls) for one in rows]) for kind, rows in kinds]
    context = {
        "row": view.row,
        "checks": [(words.said(one.label), one) for one in view.checks],
        "groups": groups,
        "file_form": form,
        "kinds": listed(KINDS),
        "limit": settings.PROOF_LIMIT >> 20,
    }
    return render(request, "dossiers/cite.html", context, status=422 if form.errors else 200)


def _offered(one: Candidate, urls: dict[Record, str]) -> dict[str, object]:
    return {
        "key": one.key,
        "title": words.measure_words(one.measure) if one.measure else one.title,
        "figure": words.figure_words(one.amount, one.measure),
        "under": " · ".join(part for part in (one.source, one.under) if part),
        "url": urls.get((one.object_type, one.object_id), ""),
    }
