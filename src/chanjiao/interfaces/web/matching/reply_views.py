"""The reply clock: how fast answers come, by member and kind; the turns behind the figures; messages on a match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.matching import turn_selectors
from chanjiao.apps.matching.actions.set_reply_term import set_reply_term
from chanjiao.apps.matching.actions.write_on_match import write_on_match
from chanjiao.apps.matching.models import Reply
from chanjiao.apps.matching.turn_selectors import MemberFigures, TurnFilters
from chanjiao.apps.matching.turns import reply_days
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.words import kind_words
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.frame import scope_of
from chanjiao.interfaces.web.matching.forms import MessageForm, TermsForm
from chanjiao.interfaces.web.matching.words import STANDING_WORDS
from chanjiao.interfaces.web.wording import percent

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A turn as it is read."""

    turn: Reply
    standing: str

    @property
    def standing_word(self) -> str:
        """How it stands, in words."""
        return _(STANDING_WORDS[self.standing])

    @property
    def kind(self) -> str:
        """The kind's name."""
        return kind_words(self.turn.kind)

    @property
    def other(self) -> str:
        """Who waits for the answer."""
        match = self.turn.match
        return str(match.offer.organisation if self.turn.side == "need" else match.need.organisation)


def figures(request: HttpRequest) -> HttpResponseBase:
    """Reply rate and median time by member, or by member and kind; or the same as a file."""
    actor, now, scope = known_actor(request), clock.now(), scope_of(request)
    by_kind = request.GET.get("by") == "kind"
    filters = TurnFilters(consortium=scope)
    told = turn_selectors.figures_by_member(actor, now=now, by_kind=by_kind, filters=filters)
    file = exported(request, told, _figure_columns(by_kind), "replies")
    if file is not None:
        return file
    context = {
        "whole": turn_selectors.reply_figures(actor, now=now, consortium_id=scope),
        "page": Paginator(told, PAGE_SIZE).get_page(request.GET.get("page")),
        "by_kind": by_kind,
        "may_set": actor.sees_all or bool(actor.secretariat_of),
    }
    return render(request, "matching/replies.html", context)


def rows(request: HttpRequest) -> HttpResponseBase:
    """The turns behind the figures; or the same as a file."""
    actor, now, filters = known_actor(request), clock.now(), _filters(request)
    found = turn_selectors.turns(actor, filters, now=now)
    lines = (Line(turn, turn_selectors.standing_of(turn, now)) for turn in found.iterator(500))
    file = exported(request, lines, _turn_columns(), "turns")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": list(_lines(page.object_list)),
        "filters": filters,
        "standings": [(one, _(STANDING_WORDS[one])) for one in turn_selectors.STANDINGS],
        "kinds": [(kind.value, kind_words(kind)) for kind in Kind],
        "is_narrowed": filters != TurnFilters(consortium=filters.consortium),
        "of": page.object_list[0].organisation if filters.organisation and page.object_list else None,
    }
    return render(request, "matching/turns.html", context)


def terms(request: HttpRequest) -> HttpResponse:
    """How many days a side has to answer, by kind."""
    actor = known_actor(request)
    require(actor.sees_all or bool(actor.secretariat_of))
    days = reply_days()
    form = TermsForm(request.POST or None, days=days)
    if request.method == "POST" and form.is_valid():
        for kind in Kind:
            if form.cleaned_data[kind.value] != days[kind.value]:
                set_reply_term(actor=actor, kind=kind, days=form.cleaned_data[kind.value], now=clock.now())
        messages.success(request, _("Saved"))
        return redirect("matching:terms")
    return render(request, "matching/terms.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A question, an answer in words or a date is sent to the other side."""
    actor, form = known_actor(request), MessageForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("matching:match", pk=pk)
    told = form.cleaned_data
    try:
        write_on_match(actor=actor, pk=pk, text=told["text"], day=told["day"], now=clock.now())
    except ChanjiaoError as error:
        if error.code not in ("state.refused", "listing.past", "match.too_many_messages") and not isinstance(
            error, Rejected
        ):
            raise
        messages.error(request, sentences(error)[0])
    else:
        messages.success(request, _("Sent to the other side"))
    return redirect("matching:match", pk=pk)


def _filters(request: HttpRequest) -> TurnFilters:
    query: QueryDict = request.GET
    organisation = query.get("organisation", "")
    return TurnFilters(
        organisation=int(organisation) if organisation.isdecimal() and len(organisation) < 19 else None,
        consortium=scope_of(request),
        kind=query.get("kind", ""),
        standing=query.get("standing", ""),
        owed=query.get("owed") == "1",
    )


def _lines(found: Iterable[Reply]) -> Iterator[Line]:
    now = clock.now()
    return (Line(turn, turn_selectors.standing_of(turn, now)) for turn in found)


def _figure_columns(by_kind: bool) -> list[Column[MemberFigures]]:
    kind = [Column[MemberFigures](_("Kind"), lambda one: kind_words(one.kind), 18)] if by_kind else []
    return [
        Column(_("Member"), lambda one: one.organisation, 32),
        *kind,
        Column(_("Asked"), lambda one: one.figures.asked, 8),
        Column(_("Due"), lambda one: one.figures.due, 8),
        Column(_("Replied"), lambda one: one.figures.replied, 8),
        Column(_("In time"), lambda one: one.figures.in_time, 8),
        Column(_("Overdue"), lambda one: one.figures.overdue, 8),
        Column(_("Reply rate"), lambda one: percent(one.figures.rate), 10),
        Column(_("Median days to reply"), lambda one: one.figures.median_days, 14),
    ]


def _turn_columns() -> list[Column[Line]]:
    return [
        Column(_("Member"), lambda line: line.turn.organisation.name, 30),
        Column(_("Kind"), lambda line: line.kind, 18),
        Column(_("Need"), lambda line: line.turn.match.need.title, 30),
        Column(_("Offer"), lambda line: line.turn.match.offer.title, 30),
        Column(_("Waiting for it"), lambda line: line.other, 30),
        Column(_("Asked"), lambda line: line.turn.asked_at, 18),
        Column(_("Deadline"), lambda line: line.turn.due_at, 18),
        Column(_("Replied"), lambda line: line.turn.replied_at, 18),
        Column(_("State"), lambda line: line.standing_word, 12),
        Column(_("Answer"), lambda line: line.turn.get_outcome_display(), 12),
    ]
