"""Entering and editing a need or an offer: the kind first, then its fields."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chanjiao.apps.exchange import selectors
from chanjiao.apps.exchange.actions.edit_listing import edit_listing
from chanjiao.apps.exchange.actions.submit_listing import submit_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import AnyListing, ListingState
from chanjiao.apps.exchange.places import posting_places
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.exchange.templates import repeated, templates_of
from chanjiao.apps.matching.actions.post_and_match import post_and_match, rematch
from chanjiao.apps.members.selectors import organisation
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.exchange.forms import ListingForm, differences, starting_values, stored_values
from chanjiao.interfaces.web.exchange.words import ABOUT_KINDS, SIDE_WORDS, kind_words
from chanjiao.interfaces.web.members.forms import refuse

EARLIER = 5
"""Earlier listings that are offered to be repeated."""
Beginnings = tuple[tuple[tuple[int, str], ...], tuple[tuple[str, str], ...]]


def post(request: HttpRequest, side: Side) -> HttpResponse:
    """The form for a new need or offer; without a kind in the address, the choice of one."""
    actor = known_actor(request)
    places = posting_places(actor)
    require(bool(places))
    kind = _kind(request.GET.get("kind", ""))
    if kind is None:
        return _choose_kind(request, side)
    draft = request.POST.get("save") == "draft"
    initial = begun(request, actor, side, kind)
    form = ListingForm(request.POST or None, side=side, kind=kind, places=places, draft=draft, initial=initial)
    if request.method == "POST" and form.is_valid():
        organisation_id, consortium_id = form.place()
        try:
            listing = post_and_match(
                actor=actor,
                side=side,
                kind=kind,
                organisation_id=organisation_id,
                consortium_id=consortium_id,
                content=form.content(Content()),
                now=clock.now(),
                submit=not draft,
            )
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            messages.success(request, _told(listing))
            return redirect(f"exchange:{side}", pk=listing.pk)
    return _form_page(request, form, side, kind, beginnings=_beginnings(actor, side, kind))


def edit(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    """The form for a listing that the reader may edit; a stale one shows both versions."""
    actor = known_actor(request)
    listing, content = selectors.content(actor, side, pk)
    kind, draft = Kind(listing.kind), request.POST.get("save") == "draft"
    stored = stored_values(content, listing.version)
    form = ListingForm(request.POST or None, side=side, kind=kind, draft=draft, initial=stored)
    if request.method == "POST" and form.is_valid():
        try:
            changed = _store(actor, listing, form, content, submit=request.POST.get("save") == "submit")
        except ChanjiaoError as error:
            if error.code == "record.stale":
                return _conflict_page(request, form, listing, stored)
            refuse(form, error)
        else:
            messages.success(request, _told(changed))
            return redirect(f"exchange:{side}", pk=pk)
    return _form_page(request, form, side, kind, listing)


def _store(actor: Actor, listing: AnyListing, form: ListingForm, base: Content, *, submit: bool) -> AnyListing:
    now, side = clock.now(), listing.side
    version = form.cleaned_data["version"] or 0
    changed = edit_listing(actor=actor, side=side, pk=listing.pk, version=version, content=form.content(base), now=now)
    if submit and changed.state == ListingState.DRAFT:
        changed = submit_listing(actor=actor, side=side, pk=listing.pk, version=changed.version, now=now)
    rematch(listing=changed, now=now)
    return changed


def _conflict_page(
    request: HttpRequest, form: ListingForm, listing: AnyListing, stored: dict[str, object]
) -> HttpResponse:
    """The form again with what was sent, beside what is stored now; sending it again replaces that."""
    sent = request.POST.copy()
    sent["version"] = str(listing.version)
    again = ListingForm(sent, side=listing.side, kind=Kind(listing.kind))
    again.is_valid()
    conflict = differences(form, request.POST, stored)
    return _form_page(request, again, listing.side, Kind(listing.kind), listing, conflict=conflict, status=409)


def _form_page(
    request: HttpRequest,
    form: ListingForm,
    side: Side,
    kind: Kind,
    listing: AnyListing | None = None,
    *,
    conflict: list[tuple[object, object, object]] | None = None,
    status: int = 200,
    beginnings: Beginnings = ((), ()),
) -> HttpResponse:
    context = {
        "beginnings": beginnings,
        "form": form,
        "side": side,
        "side_words": SIDE_WORDS[side],
        "kind_words": kind_words(kind),
        "listing": listing,
        "is_draft": listing is None or listing.state == ListingState.DRAFT,
        "conflict": conflict,
        "back": reverse(f"exchange:{side}", args=[listing.pk]) if listing else reverse(f"exchange:{side}s"),
    }
    return render(request, "exchange/form.html", context, status=422 if form.errors and status == 200 else status)


def _choose_kind(request: HttpRequest, side: Side) -> HttpResponse:
    kinds = [(kind.value, kind_words(kind), ABOUT_KINDS[kind]) for kind in Kind]
    other = Side.OFFER if side is Side.NEED else Side.NEED
    context = {"side": side, "side_words": SIDE_WORDS[side], "kinds": kinds, "other": other}
    return render(request, "exchange/choose_kind.html", context)


def starting(actor: Actor, kind: Kind) -> dict[str, object]:
    """What a new listing starts with: the contact, place and branch of the actor's own organisation."""
    body = organisation(actor, actor.organisation_id) if actor.organisation_id else None
    contact = (body.contact_name, body.contact_phone) if body else ("", "")
    return starting_values(
        kind,
        timezone.localdate(clock.now()),
        region=body.region_code if body else "",
        industry=body.industry_code if body and body.type == "enterprise" else "",
        contact=contact,
    )


def begun(request: HttpRequest, actor: Actor, side: Side, kind: Kind) -> dict[str, object]:
    """What the form begins with: a template or an earlier listing where the address names one, and the usual values."""
    usual, today = starting(actor, kind), timezone.localdate(clock.now())
    named, number = request.GET.get("template", ""), request.GET.get("like", "")
    templates = templates_of(side, kind)
    if named.isdecimal() and len(named) < 3 and int(named) < len(templates):
        return usual | _filled(templates[int(named)].content)
    earlier = selectors.kept_listing(actor, side, number) if number else None
    if earlier is None or earlier.kind != kind:
        return usual
    return usual | _filled(repeated(earlier.content, today))


def _filled(content: Content) -> dict[str, object]:
    return {name: value for name, value in stored_values(content, 0).items() if value not in ("", None)}


def _beginnings(actor: Actor, side: Side, kind: Kind) -> Beginnings:
    """(number or place, words) of the templates and of what was posted before."""
    chinese = (get_language() or "zh-hans") != "en"
    templates = tuple((place, one.zh if chinese else one.en) for place, one in enumerate(templates_of(side, kind)))
    earlier = selectors.kept_of_kind(actor, side, kind, limit=EARLIER)
    return templates, tuple((one.number, one.content.title) for one in earlier)


def _kind(text: str) -> Kind | None:
    return Kind(text) if text in set(Kind) else None


def _told(listing: AnyListing) -> str:
    words = {
        ListingState.DRAFT: _("Saved as a draft; only your organisation sees it"),
        ListingState.SUBMITTED: _("Sent to the secretariat for review"),
        ListingState.OPEN: _("Saved and open to all"),
    }
    return words.get(ListingState(listing.state), _("Saved"))
