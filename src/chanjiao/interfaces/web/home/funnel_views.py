"""From need to deed: the funnel, by kind, zone and member, and the needs behind every bar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.matching.funnel import (
    GROUPINGS,
    STAGES,
    FunnelFilters,
    FunnelGroup,
    NeedLine,
    grouped,
    needs_on_their_way,
    stage_counts,
    worst_break,
)
from chanjiao.core import clock
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.charts import Bar, BarChart
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.exchange.words import kind_words
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.frame import scope_of
from chanjiao.interfaces.web.home.funnel_words import DEFINITIONS, GROUPING_WORDS, STAGE_WORDS, WAYS
from chanjiao.interfaces.web.wording import percent

PAGE_SIZE = 25
Words = Mapping[int, object]
"""Stage → its name."""
PERIODS = {"90": gettext_lazy("90 days"), "365": gettext_lazy("A year"), "": gettext_lazy("From the beginning")}


def funnel(request: HttpRequest) -> HttpResponseBase:
    """How many needs reached each stage, in all and by group; or the groups as a file."""
    actor, filters = known_actor(request), _filters(request)
    by = request.GET.get("by") if request.GET.get("by") in GROUPINGS else "kind"
    way, words = filters.way, STAGE_WORDS[filters.way]
    lines = needs_on_their_way(actor, filters)
    groups = grouped(lines, str(by), way)
    file = exported(request, groups, _group_columns(str(by), words), "funnel")
    if file is not None:
        return file
    counts = stage_counts(lines, way)
    page = Paginator(groups, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "chart": _chart(request.GET, counts, words),
        "breaks": _break(request.GET, counts, words),
        "definitions": [(words[stage], DEFINITIONS[way][stage]) for stage in STAGES[way]],
        "ways": [(one, word, one == way) for one, word in WAYS.items()],
        "page": page,
        "heads": list(words.values()),
        "lines": [_line(request.GET, str(by), group, words) for group in page.object_list],
        "by": by,
        "groupings": [(one, GROUPING_WORDS[one], one == by) for one in GROUPINGS],
        "periods": [(days, word) for days, word in PERIODS.items() if days],
        "count": len(lines),
    }
    return render(request, "home/funnel.html", context)


def rows(request: HttpRequest) -> HttpResponseBase:
    """The needs behind a bar; or the same as a file."""
    actor, filters = known_actor(request), _filters(request)
    lines, words = needs_on_their_way(actor, filters), STAGE_WORDS[filters.way]
    file = exported(request, lines, _need_columns(words), "needs-on-their-way")
    if file is not None:
        return file
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(line, words[line.stage]) for line in page.object_list],
        "stages": [(str(stage), word) for stage, word in words.items()],
        "ways": [(one, word, one == filters.way) for one, word in WAYS.items()],
        "is_narrowed": filters != FunnelFilters(consortium=filters.consortium),
    }
    return render(request, "home/funnel_rows.html", context)


def _filters(request: HttpRequest) -> FunnelFilters:
    query = request.GET
    days, way = query.get("days", ""), query.get("way", "")
    way = way if way in WAYS else "need"
    return FunnelFilters(
        way=way,
        since=clock.now() - timedelta(days=int(days)) if days in PERIODS and days else None,
        consortium=scope_of(request),
        kind=query.get("kind", ""),
        zone=whole_number(query.get("zone")),
        organisation=whole_number(query.get("member")),
        reached=_stage(query, "reached", way),
        stuck=_stage(query, "stuck", way),
    )


def _stage(query: QueryDict, name: str, way: str) -> int | None:
    number = whole_number(query.get(name))
    return number if number in set(STAGES[way]) else None


def _rows_url(query: QueryDict, **narrowed: object) -> str:
    kept = {name: query.get(name, "") for name in ("way", "days", "kind", "zone", "member")} | narrowed
    told = "&".join(f"{name}={value}" for name, value in kept.items() if value != "")
    return f"{reverse('funnel_rows')}?{told}"


def _chart(query: QueryDict, counts: tuple[int, ...], words: Words) -> BarChart:
    bars = [Bar(words[stage], (count,), _rows_url(query, reached=stage)) for stage, count in enumerate(counts)]
    return BarChart(_("From need to deed"), bars, (_("Needs"),), label_head=_("Stage"))


def _break(query: QueryDict, counts: tuple[int, ...], words: Words) -> dict[str, object] | None:
    stage = worst_break(counts)
    if stage is None:
        return None
    lost = counts[stage] - counts[stage + 1]
    return {
        "stage": words[stage],
        "next": words[stage + 1],
        "lost": lost,
        "of": counts[stage],
        "share": percent(lost / counts[stage]),
        "url": _rows_url(query, stuck=stage),
    }


def _line(query: QueryDict, by: str, group: FunnelGroup, words: Words) -> dict[str, object]:
    worst = group.breaks_after
    narrowed = {by: group.key} if group.key else {}
    return {
        "label": _label(by, group),
        "breaks": words[worst] if worst is not None else "",
        "cells": [
            (words[stage], count, _rows_url(query, **narrowed, reached=stage) if count else "")
            for stage, count in enumerate(group.counts)
        ],
    }


def _label(by: str, group: FunnelGroup) -> str:
    if by == "kind":
        return kind_words(group.label)
    return group.label or _("No zone given")


def _group_columns(by: str, words: Words) -> list[Column[FunnelGroup]]:
    def count_at(stage: int) -> Column[FunnelGroup]:
        return Column(str(words[stage]), lambda group: group.counts[stage], 12)

    def worst(group: FunnelGroup) -> object:
        return words[group.breaks_after] if group.breaks_after is not None else ""

    return [
        Column(GROUPING_WORDS[by], lambda group: _label(by, group), 32),
        *map(count_at, words),
        Column(_("Breaks off after"), worst, 16),
    ]


def _need_columns(words: Words) -> list[Column[NeedLine]]:
    return [
        Column(_("Number"), lambda line: line.number, 14),
        Column(_("Need"), lambda line: line.title, 36),
        Column(_("Kind"), lambda line: kind_words(line.kind), 18),
        Column(_("Member"), lambda line: line.organisation, 32),
        Column(_("Zone"), lambda line: line.zone, 28),
        Column(_("Published"), lambda line: line.opened_at, 18),
        Column(_("Stage"), lambda line: words[line.stage], 16),
    ]
