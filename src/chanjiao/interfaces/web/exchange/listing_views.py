"""The page of a need or an offer: what it is, what now, its matches, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.exchange import selectors
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import CloseReason, ListingState, SourceKind
from chanjiao.apps.exchange.rules import OPEN_FOR, Deed
from chanjiao.apps.exchange.selectors import Step
from chanjiao.apps.exchange.shown import ListingView
from chanjiao.apps.matching.selectors import matches_of
from chanjiao.core import clock
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.deed_words import doer_of
from chanjiao.interfaces.web.exchange.forms import CloseForm, RenewForm, ReviewForm
from chanjiao.interfaces.web.exchange.lists import lines_of
from chanjiao.interfaces.web.exchange.words import SIDE_WORDS, level_words, particulars, quantity_words
from chanjiao.interfaces.web.matching.lists import lines_of as match_lines

SHOWN_MATCHES = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history."""

    at: datetime
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Now:
    """What is up with the listing, and whether somebody waits."""

    text: str
    tone: str = ""
    note: str = ""


def listing(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    """One need or offer as the reader may see it."""
    actor = actor_of(request)
    view = selectors.listing(actor, side, pk)
    row, inside = view.row, view.confidential is not None
    found = matches_of(actor, side, pk)
    until = timezone.localdate(clock.now()) + OPEN_FOR
    matches = match_lines(found[:SHOWN_MATCHES], actor)
    context = {
        "view": view,
        "row": row,
        "neutral": found.is_neutral,
        "side_words": SIDE_WORDS[side],
        "line": lines_of(actor, [row])[0],
        "level": level_words(row.education_level),
        "left": quantity_words(row.quantity - row.taken, row.unit) if row.taken else "",
        "fields": particulars(side, row.kind, view.fields),
        "confidential_fields": particulars(side, row.kind, view.confidential.fields) if view.confidential else [],
        "source": SourceKind(view.source).label,
        "close_reason": CloseReason(row.close_reason).label if row.close_reason else "",
        "may_repeat": actor.acts_for(row.organisation_id) and not actor.sees_all,
        "may": {deed.value: True for deed in view.deeds},
        "now": _now(view, sum(1 for one in matches if one.row.to_answer)),
        "matches": matches,
        "match_count": found.count(),
        "history": [_entry(step, side) for step in selectors.history(actor, side, pk)] if inside else [],
        "close_form": CloseForm(initial={"version": row.version}, auto_id="close_%s"),
        "renew_form": RenewForm(initial={"version": row.version, "expires_on": until}, auto_id="renew_%s"),
        "return_form": ReviewForm(initial={"version": row.version, "verdict": "return"}, auto_id="return_%s"),
        "refuse_form": ReviewForm(initial={"version": row.version, "verdict": "refuse"}, auto_id="refuse_%s"),
    }
    return render(request, "exchange/listing.html", context)


def _now(view: ListingView, owed: int) -> Now | None:
    """What the reader should know or do next; nothing for strangers."""
    if view.confidential is None:
        return None
    state = ListingState(view.row.state)
    if state == ListingState.SUBMITTED and Deed.REVIEW in view.deeds:
        return Now(_("Waits for your review. Is it complete? Does the public part tell nothing confidential?"), "waits")
    if state == ListingState.DRAFT and view.review_note:
        return Now(_("The secretariat returned this; change it and submit it again."), "waits", view.review_note)
    if owed:
        return Now(_("%(count)s matches below wait for your answer.") % {"count": owed}, "waits")
    told = {
        ListingState.DRAFT: (_("Only your organisation sees this draft. Once submitted, it is reviewed."), "waits"),
        ListingState.SUBMITTED: (_("The secretariat reviews this; once approved it is open to all."), "waits"),
        ListingState.EXPIRED: (_("Its time is over. Renew it, and it is matched again; or close it."), "bad"),
        ListingState.MATCHED: (_("All of it is taken by accepted matches. Close it once the work is done."), "done"),
    }
    return Now(*told[state]) if state in told else None


def _entry(step: Step, side: Side) -> Entry:
    words = {
        "post_listing": _("Entered"),
        "edit_listing": _("Edited"),
        "submit_listing": _("Submitted"),
        "review_listing": _("Reviewed"),
        "renew_listing": _("Renewed"),
        "fill_listing": _("Taken by an accepted match"),
    }
    parts = [words.get(step.action, ""), str(ListingState(step.state).label) if step.state else ""]
    text = " → ".join(part for part in parts if part)
    who = doer_of(step.person)
    return Entry(step.at, text, f"{who} · {step.organisation}" if step.organisation else who)
