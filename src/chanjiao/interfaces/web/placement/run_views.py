"""Runs of a round for its secretariat: trial runs and their comparison, the final run, yield, offers, appeals."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.placement.actions.make_appeal import adopt_rerun, decide_appeal
from chanjiao.apps.placement.actions.run_allocation import ask_for_run
from chanjiao.apps.placement.models import (
    AppealState,
    OfferState,
    PlacementOffer,
    PlacementRun,
    RoundState,
    RunKind,
    SeatGroup,
    SeatResult,
)
from chanjiao.apps.placement.rights import runs_round
from chanjiao.apps.placement.selectors import results, rounds, standing
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.charts import Bar, BarChart
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.placement.entry import deed, page_of
from chanjiao.interfaces.web.placement.words import seat_sentences
from chanjiao.interfaces.web.wording import in_a_row


def run_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The runs of a round, with the bar of the one under way; it renews itself until that is done."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    require(runs_round(actor, found))
    job = results.job_of(actor, found)
    context = {
        "round": found,
        "runs": results.runs(actor, found),
        "job": job,
        "is_running": results.is_running(job),
        "may_draft": found.state == RoundState.ALLOCATION,
        "may_rerun": found.state == RoundState.PUBLISHED,
        "may_publish": found.state == RoundState.DECIDED,
    }
    is_part = getattr(request, "htmx", False)
    return render(request, "placement/_runs.html" if is_part else "placement/runs.html", context)


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """A run is asked for; it goes on in the background."""
    actor, kind = known_actor(request), request.POST.get("kind", "")
    if kind not in RunKind.values:
        raise ChanjiaoError("option.unknown", name="kind", value=kind, expected=", ".join(RunKind.values))
    note = request.POST.get("note", "")
    back = reverse("placement:runs", args=[pk])
    words = _("The run has been started")
    ask = partial(ask_for_run, actor=actor, round_id=pk, kind=RunKind(kind), note=note, now=clock.now())
    return deed(request, back, words, ask)


def run_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One run: its certificate in words, and what it made of the seats that the reader may see."""
    actor = actor_of(request)
    found = results.run(actor, pk)
    rows = results.seat_results(actor, found)
    lines = [(one, seat_sentences(one)) for one in rows]
    file = exported(request, lines, _seat_columns(), "seat-results")
    if file is not None:
        return file
    runs = runs_round(actor, found.round)
    others = [one for one in results.runs(actor, found.round) if one.pk != pk]
    context = {
        "run": found,
        "round": found.round,
        "lines": lines,
        "runs": runs,
        "others": others,
        "lottery": found.round.lottery,
        "may_adopt": runs and found.kind == RunKind.RERUN and not found.is_published,
        "figures": standing.yield_of(actor, found) if runs else None,
    }
    return render(request, "placement/run.html", context)


def run_files(request: HttpRequest, pk: int) -> HttpResponse:
    """The zip with which anybody can check the run."""
    content = results.files_of(actor_of(request), pk)
    headers = {"Content-Disposition": f'attachment; filename="placement-run-{pk}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def compare(request: HttpRequest, pk: int, other: int) -> HttpResponseBase:
    """Whom a run places differently from another of the same round."""
    actor = known_actor(request)
    before, after = results.run(actor, other), results.run(actor, pk)
    moved = results.moved(actor, before, after)
    file = exported(request, moved, _moved_columns(), "changes")
    if file is not None:
        return file
    context = {"before": before, "after": after, "round": after.round, "page": page_of(request, moved)}
    context |= {"gained": sum(one.before is None for one in moved), "lost": sum(one.after is None for one in moved)}
    return render(request, "placement/compare.html", context)


@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """A re-run becomes the published result."""
    actor = known_actor(request)
    back = reverse("placement:run", args=[pk])
    words = _("The re-run is the published result now")
    return deed(request, back, words, lambda: adopt_rerun(actor=actor, run_id=pk, now=clock.now()))


def yield_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a round has yielded: by rank, by group, by college, and the seats that stay free."""
    actor = known_actor(request)
    found = _run_shown(request, pk)
    figures = standing.yield_of(actor, found)
    rows = reverse("placement:rows", args=[found.pk])
    bars = [Bar(_("Wish %d") % rank, (count,), f"{rows}?rank={rank}") for rank, count in figures.ranks]
    unplaced = figures.whole.students - figures.whole.placed
    bars += [Bar(_("No place"), (unplaced,), f"{rows}?placed=no")] if unplaced else []
    source = _("Run %(number)d of %(day)s") % {"number": found.pk, "day": found.ran_at.date()}
    chart = BarChart(
        _("Students by the rank of their place"), bars, unit=_("people"), source=source, label_head=_("Rank")
    )
    free = [one for one in results.seat_results(actor, found) if one.placed < one.seat.capacity]
    context = {
        "round": found.round,
        "run": found,
        "figures": figures,
        "chart": chart,
        "rows": rows,
        "urls": {
            "placed": f"{rows}?placed=yes",
            "accepted": f"{rows}?offer=accepted",
            "joined": f"{rows}?offer=joined",
        },
        "free": [(one, one.seat.capacity - one.placed, seat_sentences(one)) for one in free],
        "free_places": sum(one.seat.capacity - one.placed for one in free),
    }
    return render(request, "placement/yield.html", context)


def _run_shown(request: HttpRequest, pk: int) -> PlacementRun:
    """The published run, else the latest; `record.not_found` where there is none or it is not the reader's to see."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    require(runs_round(actor, found))
    shown = results.published_run(found) or results.runs(actor, found).first()
    if shown is None:
        raise ChanjiaoError("record.not_found")
    return results.run(actor, shown.pk)


def rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows behind a figure: students by alias."""
    actor = known_actor(request)
    found = results.run(actor, pk)
    told = request.GET
    filters = standing.RowFilters(
        rank=whole_number(told.get("rank", "")),
        placed=told.get("placed", ""),
        college=whole_number(told.get("college", "")),
        group=told.get("group", ""),
        offer=told.get("offer", ""),
    )
    lines = standing.rows(actor, found, filters)
    file = exported(request, lines, _row_columns(), "placements")
    if file is not None:
        return file
    context = {"run": found, "round": found.round, "page": page_of(request, lines)}
    return render(request, "placement/rows.html", context)


def offers(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The offers of a round, by alias and state; or the same as a file."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    filters = standing.OfferFilters(
        state=request.GET.get("state", "") if request.GET.get("state") in OfferState.values else "",
        text=request.GET.get("q", "")[:60],
        from_line=request.GET.get("line") == "1",
    )
    rows = standing.offers(actor, found, filters)
    file = exported(request, rows.iterator(500), _offer_columns(), "offers")
    if file is not None:
        return file
    context = {"round": found, "page": page_of(request, rows), "filters": filters, "states": OfferState.choices}
    return render(request, "placement/offers.html", context)


def appeals(request: HttpRequest, pk: int) -> HttpResponse:
    """The appeals of a round, the open ones first, with the way to a re-run."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    state = request.GET.get("state", "")
    rows = results.appeals(actor, found, state if state in AppealState.values else "")
    rerun = results.runs(actor, found).filter(kind=RunKind.RERUN).first()
    context = {
        "round": found,
        "page": page_of(request, rows),
        "states": AppealState.choices,
        "rerun": rerun,
        "published": results.published_run(found),
    }
    return render(request, "placement/appeals.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An appeal is upheld or refused, with the reason in words."""
    actor = known_actor(request)
    round_id = whole_number(request.POST.get("round", ""))
    back = reverse("placement:appeals", args=[round_id]) if round_id else reverse("placement:list")
    uphold, words = request.POST.get("decision") == "uphold", request.POST.get("answer", "")
    decision = partial(decide_appeal, actor=actor, pk=pk, uphold=uphold, answer=words, now=clock.now())
    return deed(request, back, _("Decided"), decision)


def _seat_columns() -> list[Column[tuple[SeatResult, list[str]]]]:
    return [
        Column(_("Name in files"), lambda line: line[0].seat.name_in_files, 12),
        Column(_("Enterprise"), lambda line: line[0].seat.organisation.name, 28),
        Column(_("Seat"), lambda line: line[0].seat.title, 28),
        Column(_("Number of places"), lambda line: line[0].seat.capacity, 8),
        Column(_("Placed"), lambda line: line[0].placed, 8),
        Column(_("Listed by"), lambda line: line[0].listed, 8),
        Column(_("Why"), lambda line: in_a_row(line[1]), 60),
    ]


def _seat_words(seat: SeatGroup | None) -> str:
    return f"{seat.organisation} · {seat}" if seat else ""


def _moved_columns() -> list[Column[results.Moved]]:
    return [
        Column(_("Alias"), lambda one: one.alias, 14),
        Column(_("Before"), lambda one: _seat_words(one.before), 40),
        Column(_("After"), lambda one: _seat_words(one.after), 40),
    ]


def _row_columns() -> list[Column[standing.Row]]:
    return [
        Column(_("Alias"), lambda one: one.alias, 14),
        Column(_("College"), lambda one: one.college, 28),
        Column(_("Groups"), lambda one: "，".join(one.groups), 20),
        Column(_("Rank"), lambda one: one.rank, 8),
        Column(_("Enterprise"), lambda one: one.firm, 28),
        Column(_("Seat"), lambda one: one.seat, 28),
        Column(_("Answer"), lambda one: one.offer_words, 16),
    ]


def _offer_columns() -> list[Column[PlacementOffer]]:
    return [
        Column(_("Alias"), lambda one: one.student.alias, 14),
        Column(_("College"), lambda one: one.student.college.name, 28),
        Column(_("Enterprise"), lambda one: one.seat.organisation.name, 28),
        Column(_("Seat"), lambda one: one.seat.title, 28),
        Column(_("Rank"), lambda one: one.rank, 8),
        Column(_("State"), lambda one: one.get_state_display(), 16),
        Column(_("As next in line"), lambda one: one.from_line, 10),
        Column(_("Offered"), lambda one: one.offered_at, 18),
        Column(_("Answered"), lambda one: one.answered_at, 18),
        Column(_("Came on"), lambda one: one.joined_on, 12),
    ]
