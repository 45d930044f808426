"""The list of agreements, one agreement, and its exact text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from chanjiao.apps.cooperation import selectors
from chanjiao.apps.cooperation.kinds import AgreementKind, kind_of
from chanjiao.apps.cooperation.models import AgreementState, VersionState
from chanjiao.apps.cooperation.publicity_selectors import publicities_of
from chanjiao.apps.cooperation.shown import AgreementView, PartyView
from chanjiao.apps.cooperation.text import is_heading
from chanjiao.apps.exchange.places import posting_places
from chanjiao.apps.placement.selectors.rounds import seats_of_agreement
from chanjiao.apps.projects.selectors import projects_of
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.cooperation import lists, words
from chanjiao.interfaces.web.cooperation.forms import EndForm, ReasonForm
from chanjiao.interfaces.web.cooperation.publicity_words import on_agreement
from chanjiao.interfaces.web.deed_words import doer_of, tone_of, word_of
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import exported


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history."""

    at: datetime
    text: str
    who: str
    tone: str


def agreements(request: HttpRequest) -> HttpResponseBase:
    """The reader's agreements, those that wait for their signature first; or the same as a file."""
    actor, filters = known_actor(request), lists.filters_of(request.GET)
    found = selectors.agreements(actor, filters)
    file = exported(request, lists.lines_of(found), lists.columns(), "agreements")
    if file is not None:
        return file
    page = Paginator(found, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    counts = selectors.state_counts(actor)
    context = {
        "page": page,
        "lines": list(lists.lines_of(page.object_list)),
        "filters": filters,
        "is_narrowed": filters != selectors.Filters(sort=filters.sort),
        "states": [(value, label, counts[value]) for value, label in AgreementState.choices if counts[value]],
        "kinds": words.kinds(),
        "waiting": selectors.signatures_due(actor).count(),
        "may_draft": any(actor.acts_for(place.organisation_id) for place in posting_places(actor)),
    }
    return render(request, "cooperation/list.html", context)


def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: what it is, who owes what now, what the rules say, and what happened."""
    actor = known_actor(request)
    view = selectors.agreement(actor, pk, _version_asked(actor, pk, request))
    kind = kind_of(view.row.kind)
    step, tone = words.next_step(view, view.parties)
    publicities = publicities_of(actor, pk)
    price_step, price_tone = on_agreement(next(iter(publicities), None), is_owed=view.owes_publicity)
    context = _context(view, kind) | {
        "price_step": price_step,
        "price_tone": price_tone,
        "publicities": publicities,
        "step": step,
        "tone": tone,
        "changes": _changes(actor, view, kind),
        "checks": words.checks(view),
        "projects": projects_of(actor, pk),
        "seats": seats_of_agreement(actor, pk),
        "history": [_entry(one) for one in each_once(selectors.history(actor, pk))],
        "decline_form": ReasonForm(initial={"version": view.row.version}, auto_id="decline_%s"),
        "amend_form": ReasonForm(auto_id="amend_%s"),
        "end_form": EndForm(initial={"version": view.row.version}, auto_id="end_%s"),
    }
    return render(request, "cooperation/agreement.html", context)


def text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The exact text of one version, as it is signed and printed."""
    told = selectors.exact_text(known_actor(request), pk, number)
    lines = told.text.splitlines()
    context = {
        "told": told,
        "title": lines[0],
        "lines": [(line, is_heading(line)) for line in lines[1:]],
        "state": words.version_state_words(told.state),
    }
    return render(request, "cooperation/text.html", context)


def _version_asked(actor: Actor, pk: int, request: HttpRequest) -> int | None:
    """The version in the address; else one that the reader drafts or that waits, else the current one."""
    asked = whole_number(request.GET.get("version"))
    if asked is not None:
        return asked
    waiting = (VersionState.DRAFT, VersionState.PROPOSED)
    found = [one.number for one in selectors.agreement(actor, pk).versions if one.state in waiting]
    return max(found, default=None)


def _context(view: AgreementView, kind: AgreementKind) -> dict[str, object]:
    row = view.row
    return {
        "view": view,
        "row": row,
        "title": view.title or row.number,
        "kind": words.kind_words(row.kind),
        "state": words.state_words(row.state),
        "version_state": words.version_state_words(view.shown.state),
        "term": words.term_words(view.starts_on, view.ends_on),
        "fields": words.particulars(kind, view.fields),
        "parties": [(one, words.ROLE_WORDS[one.role], _is_yours_to_name(one, view)) for one in view.parties],
        "versions": [(one, words.version_state_words(one.state)) for one in reversed(view.versions)],
        "may": {deed.value: True for deed in view.deeds},
    }


def _is_yours_to_name(party: PartyView, view: AgreementView) -> bool:
    """Whether the reader may say who signs for the party: until one of them has."""
    is_open = view.shown.state in (VersionState.DRAFT, VersionState.PROPOSED)
    return party.is_ours and is_open and not any(one.signed_at for one in party.signatories)


def _changes(actor: Actor, view: AgreementView, kind: AgreementKind) -> list[tuple[str, str, str]]:
    """What a later version changes of the one before it."""
    before = [one.number for one in view.versions if one.number < view.shown.number]
    if not before:
        return []
    return words.changed_between(kind, selectors.agreement(actor, view.row.id, max(before)), view)


def each_once(events: Iterable[Event]) -> list[Event]:
    """Deeds that are credited to several parties, told once."""
    told: dict[tuple[str, datetime], Event] = {}
    for one in events:
        told.setdefault((one.name, one.at), one)
    return list(told.values())


def _entry(one: Event) -> Entry:
    return Entry(one.at, word_of(one.name), doer_of(one.actor_name), tone_of(one.name))
