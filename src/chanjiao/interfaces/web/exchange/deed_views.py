"""What a button on a listing's page does: submit, review, close, renew."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.exchange.actions.close_listing import close_listing
from chanjiao.apps.exchange.actions.review_listing import Verdict
from chanjiao.apps.exchange.actions.submit_listing import submit_listing
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import AnyListing, CloseReason, ListingState
from chanjiao.apps.matching.actions.post_and_match import rematch, renew_and_match, review_and_match
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.forms import CloseForm, RenewForm, ReviewForm

Choice = TypeVar("Choice", bound=Enum)


@require_POST
def submit(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    """The draft goes to review; what is missing sends the writer to the form."""
    actor, version = known_actor(request), _version(request)
    try:
        listing = submit_listing(actor=actor, side=side, pk=pk, version=version, now=clock.now())
    except Rejected as error:
        messages.error(request, "；".join(sentences(error)))
        return redirect("exchange:edit", side=side, pk=pk)
    rematch(listing=listing, now=clock.now())
    opened = listing.state == ListingState.OPEN
    messages.success(request, _("Open to all") if opened else _("Sent to the secretariat for review"))
    return redirect(f"exchange:{side}", pk=pk)


@require_POST
def review(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    """The secretariat approves, returns or refuses, and goes on with its queue."""
    actor, form = known_actor(request), ReviewForm(request.POST)
    words = {
        Verdict.APPROVE: _("Approved and open to all"),
        Verdict.RETURN: _("Returned to its writer"),
        Verdict.REFUSE: _("Refused and closed"),
    }

    def judge() -> AnyListing:
        verdict = _choice(Verdict, form.cleaned_data["verdict"], "verdict")
        done = review_and_match(
            actor=actor,
            side=side,
            pk=pk,
            version=form.cleaned_data["version"],
            verdict=verdict,
            note=form.cleaned_data["note"],
            now=clock.now(),
        )
        messages.success(request, words[verdict])
        return done

    return _done(request, form, judge, back=_page(side, pk), onward="exchange:review")


@require_POST
def close(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    """The listing is closed."""
    actor, form = known_actor(request), CloseForm(request.POST)

    def shut() -> AnyListing:
        reason = _choice(CloseReason, form.cleaned_data["reason"], "reason")
        version = form.cleaned_data["version"]
        done = close_listing(actor=actor, side=side, pk=pk, version=version, reason=reason, now=clock.now())
        rematch(listing=done, now=clock.now())
        messages.success(request, _("Concluded"))
        return done

    return _done(request, form, shut, back=_page(side, pk))


@require_POST
def renew(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    """The listing stays open, or is open again."""
    actor, form = known_actor(request), RenewForm(request.POST)

    def again() -> AnyListing:
        told = form.cleaned_data
        done = renew_and_match(
            actor=actor, side=side, pk=pk, version=told["version"], expires_on=told["expires_on"], now=clock.now()
        )
        messages.success(request, _("Renewed"))
        return done

    return _done(request, form, again, back=_page(side, pk))


def _done(
    request: HttpRequest, form: forms.Form, deed: Callable[[], AnyListing], *, back: str, onward: str = ""
) -> HttpResponse:
    """To `onward`, else `back`, after the deed; what the sender can mend is told at `back`, the rest is raised."""
    if not form.is_valid():
        wrong = (f"{form.fields[name].label or name}: {errors[0]}" for name, errors in form.errors.items())
        messages.error(request, "；".join(wrong))
        return redirect(back)
    try:
        deed()
    except ChanjiaoError as error:
        if not isinstance(error, Rejected) and error.code not in ("record.stale", "state.refused"):
            raise
        messages.error(request, "；".join(sentences(error)))
        return redirect(back)
    return redirect(onward or back)


def _choice(choices: type[Choice], text: str, field: str) -> Choice:
    try:
        return choices(text)
    except ValueError:
        raise Rejected([ChanjiaoError("listing.bad_choice", field=field, value=text)]) from None


def _page(side: Side, pk: int) -> str:
    return reverse(f"exchange:{side}", args=[pk])


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
