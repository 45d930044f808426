"""From need to deed: the funnel, by kind, zone and member, and the needs behind every bar."""

from __future__ import annotations

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.matching.funnel import (
    GROUPINGS,
    FunnelFilters,
    FunnelGroup,
    NeedLine,
    Stage,
    grouped,
    needs_on_their_way,
    stage_counts,
    worst_break,
)
from chanjiao.core import clock
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.charts import Bar, BarChart
from chanjiao.interfaces.web.exchange.words import kind_words
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.frame import scope_of
from chanjiao.interfaces.web.wording import percent

PAGE_SIZE = 25
PERIODS = {"90": gettext_lazy("90 days"), "365": gettext_lazy("A year"), "": gettext_lazy("From the beginning")}
STAGE_WORDS = {
    Stage.POSTED: gettext_lazy("Need published"),
    Stage.MATCHED: gettext_lazy("Matched"),
    Stage.ANSWERED: gettext_lazy("Reply received"),
    Stage.ACCEPTED: gettext_lazy("Accepted by both"),
    Stage.AGREED: gettext_lazy("Agreement in force"),
    Stage.STARTED: gettext_lazy("Project started"),
    Stage.PROVED: gettext_lazy("Milestone proved"),
}
DEFINITIONS = {
    Stage.POSTED: gettext_lazy("Needs that were published in the period"),
    Stage.MATCHED: gettext_lazy("The engine proposed a match that was not withdrawn"),
    Stage.ANSWERED: gettext_lazy("Some side accepted, declined, asked or proposed a date"),
    Stage.ACCEPTED: gettext_lazy("Both sides accepted a match"),
    Stage.AGREED: gettext_lazy("An agreement made from a match of the need is in force"),
    Stage.STARTED: gettext_lazy("A project carries out that agreement"),
    Stage.PROVED: gettext_lazy("A milestone of that project has its proof"),
}
GROUPING_WORDS = {
    "kind": gettext_lazy("By kind"),
    "zone": gettext_lazy("By zone"),
    "member": gettext_lazy("By member"),
}


def funnel(request: HttpRequest) -> HttpResponseBase:
    """How many needs reached each stage, in all and by group; or the groups as a file."""
    actor, filters = known_actor(request), _filters(request)
    by = request.GET.get("by") if request.GET.get("by") in GROUPINGS else "kind"
    lines = needs_on_their_way(actor, filters)
    groups = grouped(lines, str(by))
    file = exported(request, groups, _group_columns(str(by)), "funnel")
    if file is not None:
        return file
    counts = stage_counts(lines)
    page = Paginator(groups, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "chart": _chart(request.GET, counts),
        "breaks": _break(counts),
        "definitions": [(STAGE_WORDS[stage], DEFINITIONS[stage]) for stage in Stage],
        "page": page,
        "heads": [STAGE_WORDS[stage] for stage in Stage],
        "lines": [_line(request.GET, str(by), group) for group in page.object_list],
        "by": by,
        "groupings": [(one, GROUPING_WORDS[one], one == by) for one in GROUPINGS],
        "periods": [(days, word) for days, word in PERIODS.items() if days],
        "count": len(lines),
    }
    return render(request, "home/funnel.html", context)


def rows(request: HttpRequest) -> HttpResponseBase:
    """The needs behind a bar; or the same as a file."""
    actor, filters = known_actor(request), _filters(request)
    lines = needs_on_their_way(actor, filters)
    file = exported(request, lines, _need_columns(), "needs-on-their-way")
    if file is not None:
        return file
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(line, STAGE_WORDS[line.stage]) for line in page.object_list],
        "stages": [(str(stage.value), STAGE_WORDS[stage]) for stage in Stage],
        "is_narrowed": filters != FunnelFilters(consortium=filters.consortium),
    }
    return render(request, "home/funnel_rows.html", context)


def _filters(request: HttpRequest) -> FunnelFilters:
    query = request.GET
    days = query.get("days", "")
    return FunnelFilters(
        since=clock.now() - timedelta(days=int(days)) if days in PERIODS and days else None,
        consortium=scope_of(request),
        kind=query.get("kind", ""),
        zone=_number(query, "zone"),
        organisation=_number(query, "member"),
        reached=_stage(query, "reached"),
        stuck=_stage(query, "stuck"),
    )


def _number(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _stage(query: QueryDict, name: str) -> Stage | None:
    number = _number(query, name)
    return Stage(number) if number is not None and number in set(Stage) else None


def _rows_url(query: QueryDict, **narrowed: object) -> str:
    kept = {name: query.get(name, "") for name in ("days", "kind", "zone", "member")} | narrowed
    told = "&".join(f"{name}={value}" for name, value in kept.items() if value != "")
    return f"{reverse('funnel_rows')}?{told}"


def _chart(query: QueryDict, counts: tuple[int, ...]) -> BarChart:
    bars = [Bar(STAGE_WORDS[stage], (counts[stage],), _rows_url(query, reached=stage.value)) for stage in Stage]
    return BarChart(_("From need to deed"), bars, (_("Needs"),), label_head=_("Stage"))


def _break(counts: tuple[int, ...]) -> dict[str, object] | None:
    stage = worst_break(counts)
    if stage is None:
        return None
    lost = counts[stage] - counts[stage + 1]
    return {
        "stage": STAGE_WORDS[stage],
        "next": STAGE_WORDS[Stage(stage + 1)],
        "lost": lost,
        "of": counts[stage],
        "share": percent(lost / counts[stage]),
        "url": f"{reverse('funnel_rows')}?stuck={stage.value}",
    }


def _line(query: QueryDict, by: str, group: FunnelGroup) -> dict[str, object]:
    worst = group.breaks_after
    narrowed = {by: group.key} if group.key else {}
    return {
        "label": _label(by, group),
        "breaks": STAGE_WORDS[worst] if worst is not None else "",
        "cells": [
            (STAGE_WORDS[stage], count, _rows_url(query, **narrowed, reached=stage.value) if count else "")
            for stage, count in zip(Stage, group.counts, strict=True)
        ],
    }


def _label(by: str, group: FunnelGroup) -> str:
    if by == "kind":
        return kind_words(group.label)
    return group.label or _("No zone given")


def _group_columns(by: str) -> list[Column[FunnelGroup]]:
    def count_at(stage: Stage) -> Column[FunnelGroup]:
        return Column(STAGE_WORDS[stage], lambda group: group.counts[stage], 12)

    def worst(group: FunnelGroup) -> object:
        return STAGE_WORDS[group.breaks_after] if group.breaks_after is not None else ""

    return [
        Column(GROUPING_WORDS[by], lambda group: _label(by, group), 32),
        *map(count_at, Stage),
        Column(_("Breaks off after"), worst, 16),
    ]


def _need_columns() -> list[Column[NeedLine]]:
    return [
        Column(_("Number"), lambda line: line.number, 14),
        Column(_("Need"), lambda line: line.title, 36),
        Column(_("Kind"), lambda line: kind_words(line.kind), 18),
        Column(_("Member"), lambda line: line.organisation, 32),
        Column(_("Zone"), lambda line: line.zone, 28),
        Column(_("Published"), lambda line: line.opened_at, 18),
        Column(_("Stage"), lambda line: STAGE_WORDS[line.stage], 16),
    ]
