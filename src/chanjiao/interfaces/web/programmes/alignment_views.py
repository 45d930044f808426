"""How what is taught answers to what is asked: the table, and where openings flow."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from chanjiao.apps.programmes.selectors import alignment as selectors
from chanjiao.apps.programmes.selectors.alignment import Alignment
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import sorted_as_asked
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.export import exported
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.programmes.alignment_lines import (
    BY_WORDS,
    SORTS,
    ShownLine,
    asked_alignment,
    choices,
    dimension,
    kept,
    line_columns,
    shown_line,
)
from chanjiao.interfaces.web.programmes.flow import flow_chart
from chanjiao.interfaces.web.programmes.naming import Names
from chanjiao.interfaces.web.programmes.sections import sections

PAGE_SIZE = 25


def alignment(request: HttpRequest) -> HttpResponseBase:
    """The table, by one dimension, for the city or a consortium; or the same as a file."""
    actor = actor_of(request)
    found, by = asked_alignment(request, actor), dimension(request)
    wanted = request.GET.get("q", "")[:60].strip()
    lines = [one for one in _named(request, actor, found, by) if wanted in one.name or wanted in one.line.key]
    lines = sorted_as_asked(lines, request.GET.get("sort", ""), SORTS)
    file = exported(request, lines, line_columns(by), f"alignment-{by}")
    if file is not None:
        return file
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    city = selectors.whole(found)
    context = {
        "tabs": sections("alignment"),
        "by": by,
        "by_word": BY_WORDS[by],
        "dimensions": [(name, word) for name, word in BY_WORDS.items() if name != "point"],
        "page": page,
        "lines": page.object_list,
        "whole": ShownLine(city, "", "", "", found),
        "definitions": figures.DEFINITIONS,
        "unlinked": [Names(actor, found).line("point", str(pk)) for pk in found.unlinked],
        "old": len([year for year in found.demand_years.values() if year != found.year]),
        **choices(request, actor, found),
    }
    return render(request, "programmes/alignment.html", context)


def flow(request: HttpRequest) -> HttpResponse:
    """Openings from industry chain to occupation to programme to college, as a picture and as a table."""
    actor = actor_of(request)
    found = asked_alignment(request, actor)
    context = {
        "tabs": sections("alignment"),
        "chart": flow_chart(found, Names(actor, found), kept(request)),
        **choices(request, actor, found),
    }
    return render(request, "programmes/flow.html", context)


def _named(request: HttpRequest, actor: Actor, found: Alignment, by: str) -> list[ShownLine]:
    names = Names(actor, found)
    return [shown_line(request, names, found, line) for line in selectors.lines(found, by)]
