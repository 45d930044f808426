"""Import and export: take a file in, see what it would do, store it, take it back; and records as files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.imports import selectors
from chanjiao.apps.imports.actions.confirm_import import confirm_import
from chanjiao.apps.imports.actions.discard_import import discard_import
from chanjiao.apps.imports.actions.start_import import layouts_named, start_import
from chanjiao.apps.imports.actions.undo_import import ask_for_undo
from chanjiao.apps.imports.kinds import KINDS, kind_named
from chanjiao.apps.imports.kinds.base import ImportKind
from chanjiao.apps.imports.models import BatchState, ImportBatch
from chanjiao.apps.imports.selectors import Faulty
from chanjiao.apps.members.selectors import consortia
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.imports.forms import ImportForm
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.places import page_of

PAGE_SIZE = 20
SHOWN_ROWS = 50
BUSY = (BatchState.CHECKING, BatchState.STORING, BatchState.UNDOING)


def importer(request: HttpRequest) -> Actor:
    """Who asks, where they act for an organisation."""
    actor = known_actor(request)
    require(actor.sees_all or actor.acts_for(actor.organisation_id))
    return actor


def index(request: HttpRequest) -> HttpResponseBase:
    """The form for a file, what can be exported, and the imports so far; these as a file, too."""
    actor = importer(request)
    file = exported(request, selectors.imports(actor), _batch_columns(), "imports")
    if file is not None:
        return file
    chosen = {"kind": request.GET.get("kind", "")}
    form = ImportForm(request.POST or None, request.FILES or None, consortia=consortia(actor), initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            made = _started(actor, form)
        except ChanjiaoError as error:
            error.field = error.field or "file"
            refuse(form, error)
        else:
            return redirect("imports:batch", pk=made.pk)
    page = Paginator(selectors.imports(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    kinds = [(key, _(kind.label), _forms(kind)) for key, kind in KINDS.items()]
    context = {"form": form, "page": page, "kinds": kinds, "labels": {key: label for key, label, _forms in kinds}}
    return render(request, "imports/index.html", context, status=422 if form.errors else 200)


def _forms(kind: ImportKind) -> list[tuple[str, str, bool]]:
    """Each form by key and label, and whether what is kept can be written in it."""
    return [(one.key, _(one.label), one.is_written) for one in kind.layouts]


def _batch_columns() -> list[Column[ImportBatch]]:
    return [
        Column(_("File"), lambda one: one.file_name, 36),
        Column(_("Kind"), lambda one: _(kind_named(one.kind).label), 20),
        Column(_("State"), lambda one: one.get_state_display(), 14),
        Column(_("New"), lambda one: one.created, 8),
        Column(_("Changed"), lambda one: one.updated, 8),
        Column(_("Known already"), lambda one: one.unchanged, 8),
        Column(_("Rejected"), lambda one: one.rejected, 8),
        Column(_("Asked for"), lambda one: one.started_at, 18),
        Column(_("Asked for by"), lambda one: one.asked_by or _("System"), 14),
    ]


def _started(actor: Actor, form: ImportForm) -> ImportBatch:
    content, name = form.content()
    return start_import(
        actor=actor,
        kind=form.cleaned_data["kind"],
        content=content,
        name=name,
        options=form.options(),
        again=form.cleaned_data["again"],
        now=clock.now(),
    )


def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: how far it is, what it does, its rejected rows; the middle renews itself while it is busy."""
    actor, language = importer(request), get_language() or "zh-hans"
    found = selectors.import_batch(actor, pk)
    kept = selectors.kept_rows(actor, found, language, limit=SHOWN_ROWS)
    kind = kind_named(found.kind)
    context = {
        "batch": found,
        "kind": _(kind.label),
        "layout": _(layouts_named(kind, found.layout)[0].label),
        "is_busy": found.state in BUSY,
        "rejected": list(selectors.rejected_rows(actor, found, language, limit=SHOWN_ROWS)),
        "noted": list(selectors.noted_rows(actor, found, language, limit=SHOWN_ROWS)),
        "kept": [(row, page_of(row.object_id, row.object_type)) for row in kept],
        "shown_rows": SHOWN_ROWS,
    }
    template = "imports/_progress.html" if getattr(request, "htmx", False) else "imports/batch.html"
    return render(request, template, context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The checked rows are being stored."""
    confirm_import(actor=importer(request), batch_id=pk, now=clock.now())
    return redirect("imports:batch", pk=pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The import is given up."""
    discard_import(actor=importer(request), batch_id=pk, now=clock.now())
    messages.success(request, _("The file was given up; nothing of it was stored"))
    return redirect("imports:index")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The import is being taken back."""
    ask_for_undo(actor=importer(request), batch_id=pk, now=clock.now())
    return redirect("imports:batch", pk=pk)


def rejected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rejected rows as a file, each with its reasons beside it; mended, it can be imported as it is."""
    actor, language = importer(request), get_language() or "zh-hans"
    found = selectors.import_batch(actor, pk)
    cells = [Column[Faulty](heading, partial(_cell, place)) for place, heading in enumerate(found.heading)]
    columns = [
        Column[Faulty](_("Row"), lambda row: row.number, 8),
        Column[Faulty](_("Error"), lambda row: "；".join(row.reasons), 48),
        *cells,
    ]
    rows = selectors.rejected_rows(actor, found, language)
    return _file(request, rows, columns, f"rejected-{found.pk}")


def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Everything of a kind that the actor keeps, in the layout asked for."""
    actor, layout = importer(request), request.GET.get("layout", "")
    headings, rows = selectors.exported_rows(actor, kind, layout, get_language() or "zh-hans")
    return _file(request, rows, _text_columns(headings), kind)


def template(request: HttpRequest, kind: str) -> HttpResponseBase:
    """An empty file with the headings of a layout."""
    importer(request)
    form = layouts_named(kind_named(kind), request.GET.get("layout", ""))[0]
    return _file(request, (), _text_columns(form.headings(get_language() or "zh-hans")), f"{kind}-{form.key}")


def _text_columns(headings: Sequence[str]) -> list[Column[Sequence[str]]]:
    return [Column[Sequence[str]](heading, partial(_at, place)) for place, heading in enumerate(headings)]


def _file(request: HttpRequest, rows: object, columns: Sequence[Column], name: str) -> HttpResponseBase:  # type: ignore[type-arg]
    wanted = request.GET.copy()
    wanted.setdefault("format", "xlsx")
    request.GET = wanted  # type: ignore[assignment]
    made = exported(request, rows, columns, name)  # type: ignore[arg-type]
    assert made is not None
    return made


def _cell(place: int, row: Faulty) -> str:
    return _at(place, row.cells)


def _at(place: int, cells: Sequence[str]) -> str:
    return cells[place] if place < len(cells) else ""
