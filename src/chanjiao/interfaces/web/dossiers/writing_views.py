"""Writing a dossier: the choice of the change, and its form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.dossiers import selectors
from chanjiao.apps.dossiers.actions.edit_dossier import edit_dossier
from chanjiao.apps.dossiers.actions.start_dossier import start_dossier
from chanjiao.apps.dossiers.book import book, change_of
from chanjiao.apps.dossiers.rules import Deed
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.selectors.points import colleges, programme_point
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.dossiers.forms import ChangeForm
from chanjiao.interfaces.web.dossiers.words import change_words, said
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.form_errors import add_refusal
from chanjiao.interfaces.web.programmes.views import lines_of

TOLD = ("dossier.pending", "listing.not_a_member")
"""Refusals besides `Rejected` that stand above the form."""


def new(request: HttpRequest) -> HttpResponse:
    """The choice of the change, then its form; `point` and `cites` in the address say what led to it."""
    actor = known_actor(request)
    places = selectors.places_to_start(actor)
    require(bool(places))
    if "change" not in request.GET:
        kinds = [(code, said(kind.label), said(kind.about)) for code, kind in book().changes.items()]
        return render(request, "dossiers/choose.html", {"kinds": kinds})
    kind = change_of(request.GET["change"])
    labels = {f"{one.organisation_id}-{one.consortium_id}": f"{one.organisation} · {one.consortium}" for one in places}
    own = {one.organisation_id for one in places}
    form = ChangeForm(
        request.POST or None,
        kind=kind,
        places=list(labels.items()),
        points=_point_choices(actor, [one for pk in own for one in selectors.points_to_change(actor, pk)]),
        colleges=_other_colleges(actor, own),
        initial=_start(actor, request),
    )
    if request.method == "POST" and form.is_valid():
        college, consortium = map(int, form.cleaned_data["place"].split("-"))
        try:
            made = start_dossier(
                actor=actor, college_id=college, consortium_id=consortium, facts=form.facts(),
                cites=request.GET.getlist("cites"), now=clock.now(),
            )  # fmt: skip
        except ChanjiaoError as error:
            _told(form, error)
        else:
            messages.success(request, _("Saved as a draft: now cite what it rests on"))
            return redirect("dossiers:cite", pk=made.pk)
    context = {"form": form, "kind": change_words(kind.code), "about": said(kind.about), "row": None}
    return render(request, "dossiers/form.html", context, status=422 if form.errors else 200)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that changes a draft; the kind of change and the programme stay."""
    actor = known_actor(request)
    view = selectors.dossier(actor, pk)
    require(Deed.EDIT in view.deeds)
    row, kind = view.row, change_of(view.row.change)
    points = [programme_point(actor, row.point_id)] if row.point_id else []
    form = ChangeForm(
        request.POST or None,
        kind=kind,
        places=[("kept", f"{row.college} · {view.consortium}")],
        points=_point_choices(actor, points),
        colleges=_other_colleges(actor, {row.college_id}),
        initial={
            "place": "kept", "point": row.point_id, "level": row.level, "code": row.code, "into_code": view.into_code,
            "partner": view.partner_id, "chain": view.chain, "seats_planned": row.seats_planned,
            "from_year": row.from_year, "case": view.case, "version": row.version,
        },
    )  # fmt: skip
    for name in {"place", "point", "level", "code"} & set(form.fields):
        form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_dossier(actor=actor, pk=pk, version=version, facts=form.facts(), now=clock.now())
        except ChanjiaoError as error:
            _told(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("dossiers:dossier", pk=pk)
    context = {"form": form, "kind": change_words(kind.code), "about": said(kind.about), "row": row}
    return render(request, "dossiers/form.html", context, status=422 if form.errors else 200)


def _start(actor: Actor, request: HttpRequest) -> dict[str, object]:
    """What the form begins with: next year, the programme that the address names, and its intake."""
    start: dict[str, object] = {"from_year": timezone.localdate(clock.now()).year + 1}
    point = whole_number(request.GET.get("point"))
    if point is not None:
        start |= {"point": point, "seats_planned": programme_point(actor, point).intake}
    return start


def _point_choices(actor: Actor, points: list[ProgrammePoint]) -> list[tuple[int, str]]:
    lines = lines_of(actor, points)
    return [
        (line.point.pk, f"{line.point.code} {line.name} · {line.point.get_level_display()} · {line.point.intake}")
        for line in lines
    ]


def _other_colleges(actor: Actor, own: set[int]) -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in colleges(actor) if one.pk not in own]


def _told(form: ChangeForm, error: ChanjiaoError) -> None:
    if not isinstance(error, Rejected) and error.code not in TOLD:
        raise error
    add_refusal(form, error)
