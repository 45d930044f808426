"""The list of matches, one match with its reasons, and the answers to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.selectors import PUBLIC_STATES
from chanjiao.apps.matching import selectors
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.ask_for_matching import ask_for_matching
from chanjiao.apps.matching.actions.decline_match import decline_match
from chanjiao.apps.matching.models import DeclineReason, MatchState
from chanjiao.apps.matching.rules import OPEN_STATES
from chanjiao.apps.matching.shown import MatchView, SideView
from chanjiao.apps.matching.turn_selectors import messages_of, open_turns_of, standing_of
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange import lists as exchange_lists
from chanjiao.interfaces.web.exchange.words import SIDE_WORDS, kind_words, level_words, particulars, quantity_words
from chanjiao.interfaces.web.export import exported
from chanjiao.interfaces.web.matching import lists
from chanjiao.interfaces.web.matching.forms import DeclineForm, MessageForm
from chanjiao.interfaces.web.matching.words import Teller, places_in, quoted


@dataclass(frozen=True, slots=True)
class Shown:
    """One side of a match as its page shows it; `route` is empty where the listing's page is closed to the reader."""

    side: Side
    words: object
    view: SideView
    line: exchange_lists.Line
    marks: list[str]
    level: str
    amount: str
    fields: list[tuple[str, str]]
    confidential_fields: list[tuple[str, str]]
    route: str


def matches(request: HttpRequest) -> HttpResponseBase:
    """The reader's matches, those they must answer first; or the same as a file."""
    actor, filters = known_actor(request), lists.filters_of(request.GET)
    found = selectors.matches_for(actor, filters)
    file = exported(request, lists.lines_for_export(found, actor), lists.columns(), "matches")
    if file is not None:
        return file
    page = Paginator(found, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    counts, waiting = selectors.state_counts(actor), selectors.waiting_count(actor)
    waiting_first = bool(waiting) and not filters.waiting and not filters.sort
    context = {
        "page": page,
        "lines": lists.lines_of(page.object_list, actor),
        "filters": filters,
        "is_narrowed": filters != selectors.Filters(sort=filters.sort),
        "states": [(value, label, counts[value]) for value, label in MatchState.choices if counts[value]],
        "kinds": [(kind.value, kind_words(kind)) for kind in Kind],
        "waiting": waiting,
        "answers": actor.organisation_id is not None and actor.acts_for(actor.organisation_id),
        "may_run": actor.sees_all or bool(actor.secretariat_of),
        "last_run": selectors.last_run(actor),
        "neutral": found.is_neutral,
        "waiting_first": waiting_first,
        "sorted_by": "" if waiting_first else "-score",
    }
    return render(request, "matching/list.html", context)


def match(request: HttpRequest, pk: int) -> HttpResponse:
    """One match: need left, offer right, the reasons between them, and the answer."""
    actor = known_actor(request)
    return _match_page(request, actor, selectors.match(actor, pk), DeclineForm())


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's side accepts."""
    actor = known_actor(request)
    try:
        found = accept_match(actor=actor, pk=pk, now=clock.now(), side=_side(request))
    except ChanjiaoError as error:
        if error.code not in ("match.answered", "listing.full", "state.refused"):
            raise
        messages.error(request, sentences(error)[0])
        return redirect("matching:match", pk=pk)
    if found.state == MatchState.ACCEPTED:
        messages.success(request, _("Both sides have accepted: particulars and contacts are open to both"))
    else:
        messages.success(request, _("Accepted; the other side has been asked"))
    return redirect("matching:match", pk=pk)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's side declines with a reason."""
    actor, form = known_actor(request), DeclineForm(request.POST)
    if not form.is_valid():
        return _match_page(request, actor, selectors.match(actor, pk), form, status=422)
    reason, note = DeclineReason(form.cleaned_data["reason"]), form.cleaned_data["note"]
    try:
        decline_match(actor=actor, pk=pk, reason=reason, note=note, now=clock.now(), side=_side(request))
    except ChanjiaoError as error:
        if error.code != "state.refused" and not isinstance(error, Rejected):
            raise
        messages.error(request, sentences(error)[0])
    else:
        messages.success(request, _("Declined; the reason will guide later matches"))
    return redirect("matching:match", pk=pk)


@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """The secretariat has everything matched anew."""
    done = ask_for_matching(actor=known_actor(request), now=clock.now())
    if done is None:
        messages.success(request, _("Matching has begun; the list changes when it is done"))
        return redirect("matching:list")
    told = {"needs": done.needs_count, "offers": done.offers_count, "pairs": done.pairs_count}
    messages.success(request, _("%(needs)s needs and %(offers)s offers matched: %(pairs)s pairs") % told)
    return redirect("matching:list")


def _match_page(
    request: HttpRequest, actor: Actor, view: MatchView, form: DeclineForm, *, status: int = 200
) -> HttpResponse:
    row = view.row
    codes = [("region", code) for code in places_in(row.factors)]
    places = {code: name for (_system, code), name in names_of(actor, codes).items()}
    teller = Teller(_, row.kind, places)
    reasons = teller.reasons(row.factors, row.score)
    context = {
        "view": view,
        "row": row,
        "state": MatchState(row.state).label,
        "kind": kind_words(row.kind),
        "reasons": reasons,
        "bar": [(reason.label, reason.share) for reason in reasons],
        "gaps": teller.gaps(view.gaps)[:6],
        "sides": [_shown(actor, view, side) for side in Side],
        "declined_by": SIDE_WORDS[Side(view.declined_by)] if view.declined_by else "",
        "decline_reason": DeclineReason(row.decline_reason).label if row.decline_reason else "",
        "unit_amount": quantity_words(view.amount, view.need.row.unit) if view.amount else "",
        "may_answer": row.to_answer is not None,
        "may_decline": len(view.answers) == 1,
        "decline_form": form,
        "may_agree": row.state == MatchState.ACCEPTED and _acts_in(actor, view),
        "turns": [(one, standing_of(one, clock.now())) for one in open_turns_of(actor, row.id)],
        "messages_written": messages_of(actor, row.id),
        "message_form": MessageForm(),
        "may_write": row.state in (*OPEN_STATES, MatchState.ACCEPTED) and len(view.own_sides) == 1,
    }
    return render(request, "matching/match.html", context, status=status)


def _acts_in(actor: Actor, view: MatchView) -> bool:
    return any(actor.acts_for(pk) for pk in (view.row.need_organisation_id, view.row.offer_organisation_id))


def _shown(actor: Actor, view: MatchView, side: Side) -> Shown:
    half = view.need if side is Side.NEED else view.offer
    row, confidential = half.row, half.confidential
    return Shown(
        side=side,
        words=SIDE_WORDS[side],
        view=half,
        line=exchange_lists.lines_of(actor, [row])[0],
        marks=quoted(view.row.factors, side),
        level=level_words(row.education_level),
        amount=quantity_words(row.quantity, row.unit),
        fields=particulars(side, row.kind, half.fields),
        confidential_fields=particulars(side, row.kind, confidential.fields) if confidential else [],
        route=f"exchange:{side}" if row.state in PUBLIC_STATES or half.is_inside else "",
    )


def _side(request: HttpRequest) -> Side | None:
    text = request.POST.get("side", "")
    return Side(text) if text in set(Side) else None
