"""What is asked of occupations: every row with its source, and the forms that keep figures and chains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.programmes.actions.keep_chain import keep_chain
from chanjiao.apps.programmes.actions.tell_demand import tell_demand
from chanjiao.apps.programmes.models import IndustryChain
from chanjiao.apps.programmes.rights import may_tell_demand
from chanjiao.apps.programmes.rules.demand import SOURCE_WORDS, Demand, Source
from chanjiao.apps.programmes.selectors import demand as selectors
from chanjiao.apps.programmes.selectors.alignment import bodies_named, zones
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.programmes.sections import industry_names, occupation_names, sections
from chanjiao.interfaces.web.programmes.structure_forms import ChainForm, DemandForm

PAGE_SIZE = 50
HOLES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A row of demand with its names, its place, and the address of its record, empty where none opens."""

    row: Demand
    name: str
    source: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class Hole:
    """An occupation, and years in the middle of its demand that nobody tells."""

    code: str
    name: str
    missing: tuple[int, ...]


def demand(request: HttpRequest) -> HttpResponseBase:
    """Every row of demand, filtered and sorted; or the same as a file."""
    actor, filters = actor_of(request), _filters(request.GET)
    lines = demand_lines(actor, selectors.demand(actor, filters))
    file = exported(request, lines, demand_columns(), "demand")
    if file is not None:
        return file
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    years = sorted({row.year for row in selectors.demand(actor)}, reverse=True)
    holes = _holes(actor, filters.occupation)
    context = {
        "tabs": sections("demand"),
        "page": page,
        "holes": holes[:HOLES_SHOWN],
        "further": len(holes[HOLES_SHOWN:]),
        "lines": page.object_list,
        "filters": filters,
        "is_narrowed": filters != selectors.DemandFilters(sort=filters.sort),
        "years": years,
        "sources": [(one.value, _(SOURCE_WORDS[one])) for one in Source],
        "chains": selectors.chains(actor),
        "zones": zones(actor),
        "unplaced": selectors.unplaced_needs(actor),
        "may_tell": may_tell_demand(actor),
    }
    return render(request, "programmes/demand.html", context)


def _holes(actor: Actor, below: str) -> list[Hole]:
    found = selectors.demand_holes(actor, this_year=timezone.localdate(clock.now()).year)
    names = occupation_names(actor, list(found))
    return [Hole(code, names[code], missing) for code, missing in found.items() if code.startswith(below[:7])]


def tell(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form for a figure of demand that a document tells."""
    actor = known_actor(request)
    require(may_tell_demand(actor))
    known = selectors.demand_figure(actor, pk) if pk is not None else None
    form = DemandForm(request.POST or None, zones=zones(actor), known=known)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            tell_demand(actor=actor, told=form.facts(), pk=pk, version=version, now=clock.now())
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("programmes:demand")
    title = _("Edit a figure of demand") if known else _("Add a figure of demand")
    return _form_page(request, form, title, reverse("programmes:demand"))


def chains(request: HttpRequest) -> HttpResponseBase:
    """The industry chains with their industries; or the same as a file."""
    actor = actor_of(request)
    found = selectors.chains(actor)
    columns = [
        Column[IndustryChain](_("Name"), lambda one: one.name, 24),
        Column[IndustryChain](_("Industries"), lambda one: " ".join(one.industry_codes), 48),
        Column[IndustryChain](_("Key chain"), lambda one: one.is_key, 10),
    ]
    file = exported(request, found, columns, "chains")
    if file is not None:
        return file
    context = {
        "tabs": sections("demand"),
        "chains": found,
        "may_tell": may_tell_demand(actor),
    }
    return render(request, "programmes/chains.html", context)


def chain(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form for an industry chain."""
    actor = known_actor(request)
    require(may_tell_demand(actor))
    known = selectors.chain(actor, pk) if pk is not None else None
    form = ChainForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            keep_chain(
                actor=actor, name=told["name"], is_key=told["is_key"], industry_codes=form.codes(), pk=pk,
                version=told["version"], now=clock.now(),
            )  # fmt: skip
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("programmes:chains")
    title = known.name if known else _("Add an industry chain")
    return _form_page(request, form, title, reverse("programmes:chains"))


def _form_page(request: HttpRequest, form: DemandForm | ChainForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "programmes/structure_form.html", context, status=422 if form.errors else 200)


def demand_lines(actor: Actor, rows: Iterable[Demand]) -> list[DemandLine]:
    """The rows with their names, looked up at once."""
    kept = list(rows)
    names = occupation_names(actor, [row.code for row in kept])
    industries = industry_names(actor, [row.industry for row in kept])
    bodies = bodies_named(actor, [row.zone_id for row in kept if row.zone_id])

    def place(row: Demand) -> str:
        return " · ".join(one for one in (industries.get(row.industry), bodies.get(row.zone_id or 0)) if one)

    return [
        DemandLine(row, names[row.code], _(SOURCE_WORDS[Source(row.source)]), place(row), _url(actor, row))
        for row in kept
    ]


def _url(actor: Actor, row: Demand) -> str:
    if row.record is None:
        return ""
    table, pk = row.record
    if table == "exchange.need":
        return reverse("exchange:need", args=[pk])
    if table == "programmes.demandfigure" and may_tell_demand(actor):
        return reverse("programmes:edit_demand", args=[pk])
    return ""


def _filters(query: QueryDict) -> selectors.DemandFilters:
    return selectors.DemandFilters(
        occupation=query.get("occupation", "").strip()[:16],
        year=whole_number(query.get("year", "")),
        source=query.get("source", "") if query.get("source") in set(Source) else "",
        chain=whole_number(query.get("chain", "")),
        zone=whole_number(query.get("zone", "")),
        sort=query.get("sort", "-year")[:20],
    )


def demand_columns() -> list[Column[DemandLine]]:
    """The columns of rows of demand in a file."""
    return [
        Column(_("Occupation code"), lambda line: line.row.code, 12),
        Column(_("Occupation"), lambda line: line.name, 28),
        Column(_("Year"), lambda line: line.row.year, 8),
        Column(_("Source"), lambda line: line.source, 20),
        Column(_("Document"), lambda line: line.row.title, 28),
        Column(_("Told by"), lambda line: line.row.organisation, 24),
        Column(_("Industry"), lambda line: line.row.industry, 10),
        Column(_("People asked for"), lambda line: line.row.expected, 10),
        Column(_("At least"), lambda line: line.row.low, 10),
        Column(_("At most"), lambda line: line.row.high, 10),
        Column(_("Weight"), lambda line: line.row.weight, 8),
        Column(_("Date of the source"), lambda line: line.row.told_on, 12),
    ]
