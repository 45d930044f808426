"""Proofs: handing in, one proof with its versions, judging, replacing, and the safe download."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.projects import selectors
from chanjiao.apps.projects.actions.hand_in_proof import hand_in_proof
from chanjiao.apps.projects.actions.replace_proof import replace_proof
from chanjiao.apps.projects.actions.verify_proof import verify_proof
from chanjiao.apps.projects.rules import Deed
from chanjiao.apps.projects.shown import ProjectView, ProofView
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Kind
from chanjiao.core.files import KINDS, opened
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.form_errors import add_refusal, raise_unless
from chanjiao.interfaces.web.projects.forms import JudgeForm, ProofForm, ReplaceForm
from chanjiao.interfaces.web.projects.views import milestone_choices
from chanjiao.interfaces.web.projects.words import PROOF_STATES
from chanjiao.interfaces.web.wording import listed


def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a proof, whose file is stored as it comes."""
    actor = known_actor(request)
    view = selectors.project(actor, pk)
    require(Deed.PROVE in view.deeds)
    initial = {"milestone": whole_number(request.GET.get("milestone"))}
    form = ProofForm(request.POST or None, request.FILES or None, milestones=milestone_choices(view), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = hand_in_proof(
                actor=actor,
                project_id=pk,
                title=told["title"],
                chunks=told["file"].chunks(),
                file_name=told["file"].name,
                milestone_id=told["milestone"],
                is_confidential=told["is_confidential"],
                now=clock.now(),
            )
        except ChanjiaoError as error:
            raise_unless(error, Kind.CONFLICT, Kind.INVALID, Kind.LIMIT)
            add_refusal(form, error)
        else:
            messages.success(request, _("Handed in; another party verifies it"))
            return redirect("projects:proof", pk=pk, number=made.number)
    context = {"form": form, "row": view.row, "kinds": listed(KINDS), "limit": settings.PROOF_LIMIT >> 20}
    return render(request, "projects/hand_in.html", context, status=422 if form.errors else 200)


def proof(request: HttpRequest, pk: int, number: int, replacement: ReplaceForm | None = None) -> HttpResponse:
    """One proof with every version, and what the reader may do with it now."""
    actor = known_actor(request)
    view, one = _proof(actor, pk, number)
    tone, words = PROOF_STATES[one.last.state]
    last = one.last
    context = {
        "row": view.row,
        "proof": one,
        "tone": tone,
        "words": words,
        "versions": [(version, *PROOF_STATES[version.state]) for version in reversed(one.versions)],
        "judge_form": JudgeForm(initial={"sha256": last.sha256}),
        "replace_form": replacement or ReplaceForm(initial={"replaces": last.number}),
        "kinds": listed(KINDS),
        "limit": settings.PROOF_LIMIT >> 20,
    }
    refused = replacement is not None and replacement.errors
    return render(request, "projects/proof.html", context, status=422 if refused else 200)


@require_POST
def judge(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The last version is verified, or sent back for a reason."""
    actor, form = known_actor(request), JudgeForm(request.POST)
    refuses = request.POST.get("verdict") == "refuse"
    if not form.is_valid() or (refuses and not form.cleaned_data["refusal"].strip()):
        messages.error(request, _("Say what is missing, so that it can be mended"))
        return redirect("projects:proof", pk=pk, number=number)
    told = form.cleaned_data
    try:
        verify_proof(
            actor=actor,
            project_id=pk,
            number=number,
            sha256=told["sha256"],
            refusal=told["refusal"] if refuses else "",
            now=clock.now(),
        )
    except ChanjiaoError as error:
        raise_unless(error, Kind.CONFLICT, Kind.INVALID, Kind.LIMIT)
        messages.error(request, sentences(error)[0])
    else:
        messages.success(request, _("Sent back") if refuses else _("Verified"))
    return redirect("projects:proof", pk=pk, number=number)


@require_POST
def replace(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The proof gets its next version."""
    actor, form = known_actor(request), ReplaceForm(request.POST, request.FILES)
    if form.is_valid():
        told = form.cleaned_data
        try:
            replace_proof(
                actor=actor,
                project_id=pk,
                number=number,
                replaces=told["replaces"],
                chunks=told["file"].chunks(),
                file_name=told["file"].name,
                reason=told["reason"],
                now=clock.now(),
            )
        except ChanjiaoError as error:
            raise_unless(error, Kind.CONFLICT, Kind.INVALID, Kind.LIMIT)
            add_refusal(form, error)
        else:
            messages.success(request, _("Replaced; the version before is kept, and this one is verified anew"))
            return redirect("projects:proof", pk=pk, number=number)
    return proof(request, pk, number, form)


def file(request: HttpRequest, pk: int, number: int, version: int) -> HttpResponseBase:
    """A file of a proof, always as a download that no browser opens or guesses at."""
    told = selectors.proof_file(known_actor(request), pk, number, version)
    return as_download(told.sha256, told.size, told.file_name)


def as_download(sha256: str, size: int, name: str) -> FileResponse:
    """Stored content as a download; no browser opens it in the site's name."""
    stream = opened(sha256, root=settings.FILES_ROOT)
    answer = FileResponse(stream, as_attachment=True, filename=name, content_type="application/octet-stream")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Length"] = str(size)
    return answer


def _proof(actor: Actor, pk: int, number: int) -> tuple[ProjectView, ProofView]:
    view = selectors.project(actor, pk)
    one = next((one for one in view.proofs if one.number == number), None)
    if one is None:
        raise ChanjiaoError("record.not_found")
    return view, one
