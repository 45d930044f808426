"""A student's own pages: wishes, consent, the result with its reasons, the answer, the appeal."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.placement.actions.answer_offer import answer_offer
from chanjiao.apps.placement.actions.give_consent import give_consent, withdraw_consent
from chanjiao.apps.placement.actions.make_appeal import make_appeal
from chanjiao.apps.placement.actions.save_wishes import save_wishes
from chanjiao.apps.placement.models import OfferState, PlacementRound, RoundState
from chanjiao.apps.placement.rules.states import MethodName
from chanjiao.apps.placement.selectors import results, rounds, students, teams
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.placement.entry import deed, page_of
from chanjiao.interfaces.web.placement.words import WishOutcome, obstacle_words, place_sentences, wish_sentences


def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """The student's list above the seats; every change is saved at once, and what stands at the deadline counts."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    if request.method == "POST":
        return _change(request, actor, found)
    return render(request, _template(request, "wishes"), _wishes(request, actor, found))


def _template(request: HttpRequest, name: str) -> str:
    return f"placement/_{name}.html" if getattr(request, "htmx", False) else f"placement/{name}.html"


def _wishes(request: HttpRequest, actor: Actor, found: PlacementRound, fault: str = "") -> dict[str, object]:
    own = students.own_wishes(actor, found)
    choices = students.seat_choices(actor, found, request.GET.get("q", "")[:60])
    only_open = request.GET.get("all") != "1"
    shown = [one for one in choices if one.is_open or not only_open]
    page = page_of(request, shown)
    listed = {seat.pk for seat in own.seats}
    return {
        "round": found,
        "own": own,
        "order": ",".join(str(seat.pk) for seat in own.seats),
        "listed": listed,
        "page": page,
        "lines": [(one, [obstacle_words(actor, why) for why in one.obstacles]) for one in page.object_list],
        "closed_count": sum(not one.is_open for one in choices),
        "only_open": only_open,
        "is_full": len(own.seats) >= found.most_choices,
        "may_save": found.state == RoundState.WISHES and clock.now() <= found.wishes_until,
        "consent": students.own_consent(actor, found),
        "may_consent": found.state in (RoundState.WISHES, RoundState.RANKING),
        "team": teams.own_team(actor, found) if found.method == MethodName.TOGETHER else None,
        "is_settled": students.holds_a_place_before(actor, found),
        "text": request.GET.get("q", "")[:60],
        "fault": fault,
    }


def _change(request: HttpRequest, actor: Actor, found: PlacementRound) -> HttpResponse:
    """One change of the order; refused ones leave the list as it stands and say why."""
    fault = ""
    try:
        save_wishes(
            actor=actor,
            round_id=found.pk,
            seat_ids=changed_order(request.POST),
            version=whole_number(request.POST.get("version", "")),
            now=clock.now(),
        )
    except ChanjiaoError as error:
        if error.code in ("record.not_found", "action.denied"):
            raise
        fault = " ".join(sentences(error))
    if getattr(request, "htmx", False) or fault:
        status = 200 if getattr(request, "htmx", False) else 409
        context = _wishes(request, actor, found, fault)
        return render(request, _template(request, "wishes"), context, status=status)
    return redirect(request.get_full_path())


def changed_order(told: QueryDict) -> Sequence[int]:
    """The order that a form asks for: as it stands, with one seat added, moved or taken away."""
    order = [one for one in map(whole_number, told.get("order", "").split(",")) if one is not None]
    added, removed = whole_number(told.get("add", "")), whole_number(told.get("remove", ""))
    if added is not None:
        return [*order, added]
    if removed is not None:
        return [one for one in order if one != removed]
    for name, step in (("up", -1), ("down", 1)):
        moved = whole_number(told.get(name, ""))
        if moved in order:
            at = order.index(moved)
            to = min(max(at + step, 0), len(order) - 1)
            order[at], order[to] = order[to], order[at]
    return order


@require_POST
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """The student gives or withdraws consent."""
    actor, back = known_actor(request), reverse("placement:wishes", args=[pk])
    if request.POST.get("withdraw"):
        words = _("Your consent is withdrawn; no firm sees your data any more")
        return deed(request, back, words, lambda: withdraw_consent(actor=actor, round_id=pk, now=clock.now()))
    words = _("Your consent is noted")
    return deed(request, back, words, lambda: give_consent(actor=actor, round_id=pk, now=clock.now()))


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The student's place, why it is this one, and why none of the better wishes came true."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    own = results.own_result(actor, found)
    reasons = own.placement.reasons if own.placement else []
    is_as_allocated = own.offer is not None and own.placement is not None and own.offer.seat == own.placement.seat
    now = clock.now()
    context = {
        "round": found,
        "own": own,
        "offer": own.offer,
        "may_answer": own.offer is not None and own.offer.state == OfferState.OPEN and own.offer.answer_until >= now,
        "sentences": [] if is_as_allocated else place_sentences(reasons, own.seats),
        "outcomes": _outcomes(actor, found, own),
        "may_appeal": found.state == RoundState.PUBLISHED
        and now <= found.appeals_until
        and not (own.appeal and own.appeal.state == "open"),
        "lottery": getattr(found, "lottery", None),
        "alias": students.myself(actor).alias,
        "consent": students.own_consent(actor, found),
        "run": results.published_run(found),
    }
    return render(request, "placement/result.html", context)


def _outcomes(actor: Actor, found: PlacementRound, own: results.OwnResult) -> list[WishOutcome]:
    """Every wish in its order: those better than the place with their reasons, the place, and those never needed."""
    told = wish_sentences(actor, own.placement.reasons if own.placement else [], own.seats)
    held = own.placement.rank if own.placement else None
    made = []
    for rank, seat in enumerate(students.own_wishes(actor, found).seats, start=1):
        _known, sentences = told.get(rank, (seat, []))
        tone = "done" if rank == held else "waits" if sentences else ""
        if rank == held:
            sentences = [_("This is your place.")]
        elif not sentences and held is not None and rank > held:
            sentences = [_("Not needed: your place is higher on your list.")]
        made.append(WishOutcome(rank, seat, tone, tuple(sentences), own.line.get(seat.pk)))
    return made


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The student accepts or declines the place."""
    actor, accept = known_actor(request), request.POST.get("answer") == "accept"
    round_id = whole_number(request.POST.get("round", ""))
    back = reverse("placement:result", args=[round_id]) if round_id else reverse("placement:list")
    words = _("You have accepted the place") if accept else _("You have declined; the place goes to the next in line")
    return deed(request, back, words, lambda: answer_offer(actor=actor, pk=pk, accept=accept, now=clock.now()))


@require_POST
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The student appeals."""
    actor, text = known_actor(request), request.POST.get("text", "")
    back = reverse("placement:result", args=[pk])
    words = _("Your appeal is with the secretariat")
    return deed(request, back, words, lambda: make_appeal(actor=actor, round_id=pk, text=text, now=clock.now()))
