"""Seats of a round: the list, one seat, the forms, and a firm's ranking of its applicants."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.selectors import agreement
from chanjiao.apps.exchange.models import EducationLevel, Need
from chanjiao.apps.placement.actions.add_seat import add_seat, edit_seat, remove_seat
from chanjiao.apps.placement.actions.answer_offer import record_joining
from chanjiao.apps.placement.actions.give_points import give_points
from chanjiao.apps.placement.models import PlacementRound, RoundState, SeatGroup
from chanjiao.apps.placement.rights import runs_round
from chanjiao.apps.placement.rules.states import RANKED_IN
from chanjiao.apps.placement.selectors import results, rounds, students
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.placement.entry import deed, page_of
from chanjiao.interfaces.web.placement.forms import SeatForm, seat_values
from chanjiao.interfaces.web.placement.words import obstacle_words, point_sentences, seat_sentences


def seat_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The seats of a round, filtered and sorted; or the same as a file."""
    actor, filters = actor_of(request), _filters(request.GET)
    found = rounds.placement_round(actor, pk)
    shows_counts = runs_round(actor, found) or results.is_published(found)
    if not shows_counts and "listed" in filters.sort:
        filters = replace(filters, sort="firm")  # an order would tell what the column keeps to itself
    rows = rounds.seats(actor, found, filters)
    file = exported(request, rows.iterator(500), _columns(shows_counts), "seats")
    if file is not None:
        return file
    context = {
        "round": found,
        "page": page_of(request, rows),
        "filters": filters,
        "is_narrowed": filters != rounds.SeatFilters(sort=filters.sort),
        "shows_counts": shows_counts,
        "may_enter": rounds.may_edit_seats(actor, found),
        "may_own": actor.is_known and actor.acts_for(actor.organisation_id),
    }
    if context["may_enter"]:
        context["needs"] = rounds.needs_for_seats(actor, found)
        context["agreements"] = rounds.agreements_for_seats(actor, found)
    return render(request, "placement/seats.html", context)


def seat_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One seat: who may have it, why or why not the reader, who came; what is confidential only to its firm."""
    actor = actor_of(request)
    found = rounds.seat(actor, pk)
    choice = students.seat_choice(actor, found)
    own = actor.acts_for(found.organisation_id) if actor.is_known else False
    result = results.result_of(actor, found) if actor.is_known else None
    codes = [("programme", code) for code in found.programme_codes]
    names = names_of(actor, codes)
    levels = dict(EducationLevel.choices)
    context = {
        "seat": found,
        "round": found.round,
        "levels": [levels[level] for level in found.levels],
        "programmes": [names.get(code) or f"{code[1]}…" for code in codes],
        "rules": point_sentences(actor, found.point_rules),
        "reserves": found.reserves.all(),
        "choice": choice,
        "why_not": [obstacle_words(actor, one) for one in choice.obstacles] if choice else [],
        "is_own": own,
        "result": result,
        "sentences": seat_sentences(result) if result else [],
        "newcomers": results.newcomers(actor, pk) if own and results.is_published(found.round) else [],
        "may_edit": rounds.may_edit_seat(actor, found),
        "may_rank": own or runs_round(actor, found.round),
    }
    return render(request, "placement/seat.html", context)


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a new seat, begun from a need where one is named."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    require(rounds.may_edit_seats(actor, found))
    need = rounds.needs_for_seats(actor, found).filter(pk=whole_number(request.GET.get("need", "")) or 0).first()
    agreed = whole_number(request.GET.get("agreement", ""))
    initial = _from_need(need) if need else _from_agreement(actor, agreed) if agreed else None
    form = SeatForm(request.POST or None, firms=rounds.firms(actor, found), initial=initial)
    if request.method == "POST" and form.is_valid():
        source = {"need_id": need.pk if need else None, "agreement_id": agreed}
        firm = form.cleaned_data["firm"].pk
        try:
            made = add_seat(actor=actor, round_id=pk, organisation_id=firm, plan=form.plan(), now=clock.now(), **source)
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return redirect("placement:seat", pk=made.pk)
    return _form_page(request, form, found, reverse("placement:seats", args=[pk]), _("Enter a seat"))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a seat of a draft."""
    actor = known_actor(request)
    found = rounds.seat(actor, pk)
    require(rounds.may_edit_seat(actor, found))
    form = SeatForm(request.POST or None, initial=seat_values(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_seat(actor=actor, pk=pk, version=version, plan=form.plan(), now=clock.now())
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return redirect("placement:seat", pk=pk)
    return _form_page(request, form, found.round, reverse("placement:seat", args=[pk]), found.title)


def _form_page(request: HttpRequest, form: SeatForm, round_: PlacementRound, back: str, title: str) -> HttpResponse:
    context = {"form": form, "round": round_, "back": back, "title": title}
    return render(request, "placement/seat_form.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The seat is gone from the draft."""
    actor = known_actor(request)
    back = reverse("placement:seats", args=[rounds.seat(actor, pk).round_id])
    return deed(request, back, _("Taken away"), lambda: remove_seat(actor=actor, pk=pk, now=clock.now()))


def ranking(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The applicants of a seat, best first, with points by rules and by hand."""
    actor = known_actor(request)
    found = rounds.seat(actor, pk)
    people = results.applicants(actor, pk)
    if request.method == "POST":
        back = reverse("placement:ranking", args=[pk])
        return deed(request, back, _("Saved"), lambda: _give(request, actor, found))
    levels = dict(EducationLevel.choices)
    names = names_of(actor, [("programme", one.programme_code) for one in people])
    lines = [(one, levels.get(one.level, ""), names.get(("programme", one.programme_code), "")) for one in people]
    file = exported(request, lines, _applicant_columns(), "applicants")
    if file is not None:
        return file
    open_to_firm = found.round.state in RANKED_IN and clock.now() <= found.round.rankings_until
    corrects = runs_round(actor, found.round) and found.round.state in (RoundState.ALLOCATION, RoundState.PUBLISHED)
    context = {
        "seat": found,
        "round": found.round,
        "lines": lines,
        "may_give": (open_to_firm and actor.acts_for(found.organisation_id)) or corrects,
        "corrects": corrects,
    }
    return render(request, "placement/ranking.html", context)


def _give(request: HttpRequest, actor: Actor, seat: SeatGroup) -> None:
    given: dict[int, Decimal | None] = {}
    for name, text in request.POST.items():
        student = whole_number(name.removeprefix("points_")) if name.startswith("points_") else None
        if student is not None:
            given[student] = _points(str(text))
    give_points(actor=actor, seat_id=seat.pk, points=given, now=clock.now())


def _points(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise ChanjiaoError("listing.not_a_number", value=text[:20]) from None


@require_POST
def joined(request: HttpRequest, pk: int) -> HttpResponse:
    """The student of an accepted offer has come."""
    actor, now = known_actor(request), clock.now()
    seat = whole_number(request.POST.get("seat", ""))
    back = reverse("placement:seat", args=[seat]) if seat else reverse("placement:list")
    words = _("Noted that the student has come")
    return deed(request, back, words, lambda: record_joining(actor=actor, pk=pk, joined_on=now.date(), now=now))


def _from_need(need: Need) -> dict[str, object]:
    """What a need for posts says of a seat already."""
    return {
        "firm": need.organisation_id,
        "title": need.title,
        "capacity": need.left,
        "description": need.summary,
        "pay": need.fields.get("pay_low"),
        "lodging": need.fields.get("lodging", False),
        "programme_codes": need.programme_code,
        "levels": [need.education_level] if need.education_level else [],
    }


def _from_agreement(actor: Actor, pk: int) -> dict[str, object]:
    """What an agreement in force says of a seat already: the post, how many, what is paid."""
    found = agreement(actor, pk)
    told, counted = found.fields, kind_of(found.row.kind).counted
    return {
        "firm": next((one.organisation_id for one in found.parties if one.role == "enterprise"), None),
        "title": told.get("post") or found.row.title,
        "capacity": told.get(counted),
        "pay": told.get("pay") or told.get("wage"),
        "insured": told.get("insurance", False),
    }


def _filters(query: QueryDict) -> rounds.SeatFilters:
    return rounds.SeatFilters(
        text=query.get("q", "")[:100],
        firm=whole_number(query.get("firm", "")),
        own=query.get("own") == "1",
        free=query.get("free") == "1",
        sort=query.get("sort", "firm"),
    )


def _columns(shows_counts: bool) -> list[Column[SeatGroup]]:
    counted: list[Column[SeatGroup]] = [
        Column(_("Listed by"), lambda seat: getattr(seat, "listed", None), 10),
        Column(_("Places held"), lambda seat: getattr(seat, "held", None), 10),
    ]
    return [
        Column(_("Name in files"), lambda seat: seat.name_in_files, 12),
        Column(_("Enterprise"), lambda seat: seat.organisation.name, 28),
        Column(_("Seat"), lambda seat: seat.title, 28),
        Column(_("Number of places"), lambda seat: seat.capacity, 8),
        Column(_("Least number to open"), lambda seat: seat.minimum, 10),
        Column(_("Pay"), lambda seat: seat.pay, 10),
        Column(_("Lodging is provided"), lambda seat: seat.lodging, 10),
        Column(_("Travel zone"), lambda seat: seat.zone, 14),
        *(counted if shows_counts else []),
    ]


def _applicant_columns() -> list[Column[tuple[results.Applicant, object, str]]]:
    return [
        Column(_("Alias"), lambda line: line[0].alias, 14),
        Column(_("Level of study"), lambda line: line[1], 18),
        Column(_("Programme"), lambda line: line[2] or line[0].programme_code, 24),
        Column(_("Average mark"), lambda line: line[0].mark, 10),
        Column(_("Points by rules"), lambda line: line[0].by_rules, 10),
        Column(_("Points by hand"), lambda line: line[0].by_hand, 10),
    ]
