"""Rounds: the list, one round with its next step, the plan, the check of the rules, the deeds of a secretariat."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from chanjiao.apps.placement.actions.close_stage import close_rankings, close_round, close_wishes
from chanjiao.apps.placement.actions.open_second_round import open_second_round
from chanjiao.apps.placement.actions.open_wishes import SEED_BITS, open_wishes
from chanjiao.apps.placement.actions.plan_round import edit_round, plan_round
from chanjiao.apps.placement.actions.publish_results import publish_results
from chanjiao.apps.placement.actions.set_internship_rule import set_internship_rule
from chanjiao.apps.placement.actions.set_travel_times import set_travel_times
from chanjiao.apps.placement.models import PlacementRound, RoundState
from chanjiao.apps.placement.rights import runs_round
from chanjiao.apps.placement.rules.states import Deed
from chanjiao.apps.placement.selectors import results, rounds, students
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.engines.table_faults import bad_value
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.placement.entry import deed, page_of, version_of
from chanjiao.interfaces.web.placement.forms import NewRoundForm, RoundForm, round_values, suggested_dates
from chanjiao.interfaces.web.placement.words import breach_words, rule_words

STAGES = (
    (RoundState.DRAFT, gettext_noop("Set up")),
    (RoundState.WISHES, gettext_noop("Wishes")),
    (RoundState.RANKING, gettext_noop("Rankings")),
    (RoundState.ALLOCATION, gettext_noop("Trial runs")),
    (RoundState.DECIDED, gettext_noop("Final run")),
    (RoundState.PUBLISHED, gettext_noop("Answers and appeals")),
    (RoundState.CLOSED, gettext_noop("Round concluded")),
)
DEEDS: dict[Deed, tuple[Callable[..., PlacementRound], str]] = {
    Deed.CLOSE_WISHES: (close_wishes, gettext_noop("Wishes are closed; firms may go on ranking")),
    Deed.CLOSE_RANKINGS: (close_rankings, gettext_noop("Rankings are closed; make a trial run")),
    Deed.PUBLISH: (publish_results, gettext_noop("Published; every placed student has an offer")),
    Deed.CLOSE: (close_round, gettext_noop("The round is concluded")),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage in the row above a round."""

    label: str
    here: bool
    done: bool


def round_list(request: HttpRequest) -> HttpResponseBase:
    """The rounds open to the reader; or the same as a file."""
    actor = actor_of(request)
    found = rounds.rounds(actor)
    file = exported(request, found, _columns(results.wish_counts(found)), "rounds")
    if file is not None:
        return file
    page = page_of(request, found)
    counts = results.wish_counts(page.object_list)
    lines = [(one, counts.get(one.pk, 0)) for one in page.object_list]
    may_plan = rounds.consortia_to_run(actor).exists() if actor.is_known else False
    is_student = students.is_placement_student(actor)
    context = {"page": page, "lines": lines, "may_plan": may_plan, "is_student": is_student}
    return render(request, "placement/list.html", context)


def _columns(lists: dict[int, int]) -> list[Column[PlacementRound]]:
    return [
        Column(_("Round"), lambda one: one.title, 36),
        Column(_("Consortium"), lambda one: one.consortium.organisation.name, 32),
        Column(_("State"), lambda one: one.get_state_display(), 14),
        Column(_("Number of places"), lambda one: one.places, 10),  # type: ignore[attr-defined]
        Column(_("Wish lists"), lambda one: lists.get(one.pk, 0), 10),
        Column(_("Wishes until"), lambda one: one.wishes_until, 18),
        Column(_("At the seat from"), lambda one: one.starts_on, 12),
        Column(_("At the seat until"), lambda one: one.ends_on, 12),
    ]


def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: where it stands, what is next for the reader, what anybody may check."""
    actor = actor_of(request)
    found = rounds.placement_round(actor, pk)
    runs = runs_round(actor, found)
    context = {
        "round": found,
        "stages": stages_of(found),
        "runs": runs,
        "lottery": getattr(found, "lottery", None),
        "run": results.published_run(found),
        "progress": results.progress_of(found),
        "place_count": sum(found.seats.values_list("capacity", flat=True)),
        "groups": found.seats.count(),
        "blocked": sum(fault.blocks for fault in rounds.seat_faults(actor, pk)) if runs else 0,
        "may_enter": rounds.may_edit_seats(actor, found),
        "own_seats": found.seats.filter(organisation_id=actor.organisation_id or 0).count() if _acts(actor) else 0,
        "is_student": students.is_placement_student(actor),
        "keeps_students": actor.is_known and students.students(actor).exists(),
        "open_appeals": found.appeals.filter(state="open").count() if runs else 0,
        "is_over": {name: getattr(found, name) <= clock.now() for name in ("wishes_until", "rankings_until")},
        "followers": [one for one in rounds.rounds(actor) if one.follows_id == pk],
    }
    return render(request, "placement/round.html", context)


def _acts(actor: Actor) -> bool:
    return actor.is_known and actor.acts_for(actor.organisation_id)


def stages_of(round_: PlacementRound) -> list[Stage]:
    """The stages of a round, those before its state done."""
    at = [state.value for state, label in STAGES].index(round_.state)
    return [Stage(_(label), index == at, index < at) for index, (state, label) in enumerate(STAGES)]


def add(request: HttpRequest) -> HttpResponse:
    """The form for a new round."""
    actor = known_actor(request)
    consortia = rounds.consortia_to_run(actor)
    require(consortia.exists())
    form = NewRoundForm(
        request.POST or None, consortia=consortia, initial=suggested_dates(clock.now(), timezone.localdate())
    )
    if request.method == "POST" and form.is_valid():
        consortium = form.cleaned_data["consortium"].pk
        try:
            made = plan_round(actor=actor, consortium_id=consortium, plan=form.plan(), now=clock.now())
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return redirect("placement:round", pk=made.pk)
    return _form_page(request, form, None, _("Plan a round"))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for the plan of a draft."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    require(runs_round(actor, found))
    form = RoundForm(request.POST or None, initial=round_values(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_round(actor=actor, pk=pk, version=version, plan=form.plan(), now=clock.now())
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return redirect("placement:round", pk=pk)
    return _form_page(request, form, found, _("Edit the plan"))


def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a second round over what is left."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    require(runs_round(actor, found))
    dates = suggested_dates(clock.now(), timezone.localdate())
    own = round_values(found) | dates | {"starts_on": found.starts_on, "ends_on": found.ends_on}
    form = RoundForm(request.POST or None, initial=own | {"title": _("%s: second round") % found.title})
    if request.method == "POST" and form.is_valid():
        try:
            made = open_second_round(actor=actor, pk=pk, plan=form.plan(), now=clock.now())
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return redirect("placement:round", pk=made.pk)
    return _form_page(request, form, found, _("Second round"))


def _form_page(request: HttpRequest, form: RoundForm, found: PlacementRound | None, title: str) -> HttpResponse:
    back = reverse("placement:round", args=[found.pk]) if found else reverse("placement:list")
    context = {"form": form, "round": found, "title": title, "back": back}
    return render(request, "placement/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
def advance(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the round, from the button that offers it."""
    actor, version = known_actor(request), version_of(request)
    back = reverse("placement:round", args=[pk])
    if step == Deed.OPEN_WISHES:
        words = _("Wishes are open, and the lottery is committed to")
        seed = secrets.randbits(SEED_BITS)
        opening = partial(open_wishes, actor=actor, pk=pk, version=version, seed=seed, now=clock.now())
        return deed(request, back, words, opening)
    if step not in DEEDS:
        raise ChanjiaoError("record.not_found")
    act, words = DEEDS[Deed(step)]
    return deed(request, back, _(words), partial(act, actor=actor, pk=pk, version=version, now=clock.now()))


def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules of internships and ways of a round, and what its seats break; a draft's may be changed here."""
    actor = known_actor(request)
    found = rounds.placement_round(actor, pk)
    faults = rounds.seat_faults(actor, pk)
    if request.method == "POST":
        back = reverse("placement:rules", args=[pk])
        return deed(request, back, _("Saved"), lambda: _keep_rules(request, actor, found))
    context = {
        "round": found,
        "rules": [(rule, rule_words(rule.code)) for rule in found.internship_rules.all()],
        "severities": found.internship_rules.model._meta.get_field("severity").choices,
        "faults": [(fault, breach_words(fault.breach)) for fault in faults],
        "ways": "\n".join(f"{one.home},{one.zone},{one.minutes}" for one in found.travel_times.all()),
        "is_draft": found.state == RoundState.DRAFT,
    }
    return render(request, "placement/rules.html", context)


def _keep_rules(request: HttpRequest, actor: Actor, found: PlacementRound) -> None:
    now, told = clock.now(), request.POST
    for rule in found.internship_rules.all():
        set_internship_rule(
            actor=actor,
            round_id=found.pk,
            code=rule.code,
            bound=_decimal(told.get(f"{rule.code}_bound", "")),
            severity=told.get(f"{rule.code}_severity", ""),
            source=told.get(f"{rule.code}_source", ""),
            now=now,
        )
    set_travel_times(actor=actor, round_id=found.pk, minutes=_ways(told.get("ways", "")), now=now)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise ChanjiaoError("listing.not_a_number", value=text) from None


def _ways(text: str) -> dict[tuple[str, str], int]:
    """Lines of home, zone, minutes; a line that cannot be read is told by its number."""
    found: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip() for part in line.replace("，", ",").split(",")]
        if not any(parts):
            continue
        if len(parts) != 3 or not (parts[2].isascii() and parts[2].isdigit()) or len(parts[2]) > 5:
            raise bad_value(str(number), _("Ways"), line[:60], _("from, to, minutes"))
        found[parts[0][:40], parts[1][:40]] = int(parts[2])
    return found
