"""Papers: a document pasted or dropped, read, and its parts entered one by one beside the source."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chanjiao.apps.exchange.places import Place, posting_places, visiting_places
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.members.selectors import organisation_by_code
from chanjiao.apps.papers import rights, selectors
from chanjiao.apps.papers.actions.enter_part import enter_part, skip_part
from chanjiao.apps.papers.actions.enter_visit import enter_visit
from chanjiao.apps.papers.actions.read_document import read_document
from chanjiao.apps.papers.models import Paper, PaperKind
from chanjiao.apps.papers.rules import Draft, draft_of
from chanjiao.apps.papers.selectors import PaperView
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.text.papers import PaperKind as ReadKind
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.exchange.entry_views import starting
from chanjiao.interfaces.web.exchange.words import kind_words
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.papers.forms import PaperForm, PartForm
from chanjiao.interfaces.web.papers.shown import draft_pieces, fact_pieces, fact_rows, tabs_of


def reader(request: HttpRequest) -> Actor:
    """Who asks, where they may have documents read."""
    actor = known_actor(request)
    rights.reading_organisation(actor)
    return actor


def index(request: HttpRequest) -> HttpResponse:
    """The form for a document, and the papers so far."""
    actor = reader(request)
    form = PaperForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            paper = _read(actor, form)
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return redirect("papers:paper", pk=paper.pk)
    context = {"form": form, "papers": selectors.papers(actor)[:30]}
    return render(request, "papers/index.html", context, status=422 if form.errors else 200)


def _read(actor: Actor, form: PaperForm) -> Paper:
    limit, kind = settings.DOCUMENT_LIMIT, form.cleaned_data["kind"]
    content, name = form.content(limit)
    return read_document(
        actor=actor, content=content, name=name, kind=ReadKind(kind) if kind else None, limit=limit, now=clock.now()
    )


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The next part to be checked, or what is kept of a paper that makes no listings."""
    view = selectors.paper(reader(request), pk)
    if view.parts:
        number = (view.waiting or view.parts)[0].number
        return redirect("papers:part", pk=pk, number=number)
    context = {
        "paper": view,
        "kind": PaperKind(view.kind).label,
        "rows": fact_rows(view.reading),
        "pieces": fact_pieces(view.reading),
    }
    return render(request, "papers/kept.html", context)


def part(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A part as a filled form beside its source; sent, it is a listing and the next part waits."""
    actor = reader(request)
    view = selectors.paper(actor, pk)
    if number >= len(view.parts):
        raise ChanjiaoError("record.not_found")
    today, places = timezone.localdate(clock.now()), _places(actor, view)
    draft = draft_of(view.reading, number, today)
    form = PartForm(
        request.POST or None,
        paper=view.reading,
        draft_read=draft,
        places=places,
        draft=request.POST.get("save") == "draft",
        initial=_initial(actor, view, draft, number, places),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request, actor, form, pk, number)
        except ChanjiaoError as error:
            if error.code == "paper.part_settled":
                raise
            refuse(form, error)
        else:
            return _onward(request, actor, pk)
    by_visit = view.kind == PaperKind.VISIT_REPORT and bool(visiting_places(actor))
    return _part_page(request, view, number, form, {"by_visit": by_visit, "pieces": draft_pieces(view.reading, draft)})


def _places(actor: Actor, view: PaperView) -> tuple[Place, ...]:
    """For whom a part may be entered: after a visit, the college's staff enter it for the enterprise."""
    return (visiting_places(actor) if view.kind == PaperKind.VISIT_REPORT else ()) or posting_places(actor)


def _enter(request: HttpRequest, actor: Actor, form: PartForm, pk: int, number: int) -> None:
    organisation_id, consortium_id = form.place()
    if not (actor.acts_for(organisation_id) or actor.runs(consortium_id)):
        enter_visit(
            actor=actor,
            paper_id=pk,
            number=number,
            firm_id=organisation_id,
            consortium_id=consortium_id,
            content=form.content(Content()),
            now=clock.now(),
        )
        messages.success(request, _("The enterprise is asked to confirm it"))
        return
    submit = request.POST.get("save") != "draft"
    enter_part(
        actor=actor,
        paper_id=pk,
        number=number,
        organisation_id=organisation_id,
        consortium_id=consortium_id,
        content=form.content(Content()),
        submit=submit,
        now=clock.now(),
    )
    messages.success(request, _("Sent to the secretariat for review") if submit else _("Saved as a draft"))


@require_POST
def skip(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The part is left out, and the next one waits."""
    actor = reader(request)
    skip_part(actor=actor, paper_id=pk, number=number, now=clock.now())
    messages.success(request, _("Left out"))
    return _onward(request, actor, pk)


def _onward(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    waiting = selectors.paper(actor, pk).waiting
    if waiting:
        left = ngettext(
            "%(count)d part is still to be checked", "%(count)d parts are still to be checked", len(waiting)
        )
        messages.info(request, left % {"count": len(waiting)})
        return redirect("papers:part", pk=pk, number=waiting[0].number)
    return redirect(f"{reverse('exchange:own')}?side=need" if actor.acts_for(actor.organisation_id) else "papers:index")


def _initial(actor: Actor, view: PaperView, draft: Draft, number: int, places: tuple[Place, ...]) -> dict[str, object]:
    """What the form starts with: the organisation's own facts, and over them what was read."""
    own = starting(actor, draft.kind)
    place = {"place": chosen} if (chosen := _place_named(actor, view, number, places)) else {}
    return {**own, **place, **draft.values}


def _place_named(actor: Actor, view: PaperView, number: int, places: tuple[Place, ...]) -> str:
    """The place of the organisation that the paper names, where the reader may post for several."""
    whole = view.reading.whole(number)
    told, code = whole.first("employer"), whole.first("credit_code")
    known = organisation_by_code(actor, str(code.value)) if code is not None else None
    name = known.name if known else told.value if told is not None else None
    named = (place for place in places if place.organisation == name)
    return next((f"{place.organisation_id}-{place.consortium_id}" for place in named), "")


def _stranger(view: PaperView, number: int, places: tuple[Place, ...]) -> str:
    """The organisation that the paper names, where the reader cannot post for it."""
    told = view.reading.whole(number).first("employer")
    if told is None or any(place.organisation == told.value for place in places):
        return ""
    return str(told.value)


def _part_page(
    request: HttpRequest, view: PaperView, number: int, form: PartForm, more: dict[str, object]
) -> HttpResponse:
    context = {
        "paper": view,
        "kind": PaperKind(view.kind).label,
        "kind_words": kind_words(form.kind),
        "stranger": _stranger(view, number, form.places),
        "is_doubtful": view.reading.confidence < 0.6,
        "row": view.parts[number],
        "number": number,
        "tabs": tabs_of(view, number),
        "form": form,
        **more,
    }
    return render(request, "papers/part.html", context, status=422 if form.errors else 200)
