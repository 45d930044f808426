"""How one is told: one's own letters, who answers for an organisation, and its groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.accounts.selectors import oneself
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.members.rights import may_edit
from chanjiao.apps.members.selectors import organisation
from chanjiao.apps.notices import selectors
from chanjiao.apps.notices.actions.keep_bots import add_bot, end_bot
from chanjiao.apps.notices.actions.keep_contacts import name_contact
from chanjiao.apps.notices.actions.set_rhythm import set_rhythm
from chanjiao.apps.notices.models import BotKind, Contact, Rhythm
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.form_errors import add_refusal
from chanjiao.interfaces.web.notices.forms import BotForm, ContactForm, PreferenceForm


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the settings."""

    label: str
    url: str
    here: bool


def preference(request: HttpRequest) -> HttpResponse:
    """How often one wants letters, and when not."""
    actor = known_actor(request)
    wish = selectors.preference(actor)
    stored = {"rhythm": wish.rhythm, "quiet_from": wish.quiet_from, "quiet_until": wish.quiet_until}
    form = PreferenceForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        rhythm = Rhythm(told.pop("rhythm"))
        set_rhythm(actor=actor, rhythm=rhythm, now=clock.now(), **told)
        messages.success(request, _("Saved"))
        return redirect("notices:settings")
    context = {"form": form, "email": oneself(actor).email, "tabs": _tabs(actor, None, "settings")}
    return render(request, "notices/settings.html", context, status=422 if form.errors else 200)


def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers letters for an organisation: the first contact, and the second where the first is silent."""
    actor = known_actor(request)
    body = organisation(actor, pk)
    named = selectors.contacts_of(actor, body)
    place = int(request.POST["place"]) if request.POST.get("place") in ("1", "2") else 0
    forms = {one: _contact_form(request, named.get(one), one, sent=one == place) for one in (1, 2)}
    if place and forms[place].is_valid():
        told = forms[place].cleaned_data
        try:
            name_contact(actor=actor, organisation_id=pk, place=place, now=clock.now(), **told)
        except ChanjiaoError as error:
            if error.code == "action.denied":
                raise
            add_refusal(forms[place], error)
        else:
            messages.success(request, _("Saved"))
            return redirect("notices:contacts", pk=pk)
    context = {
        "body": body,
        "forms": [
            (_("First contact"), 1, forms[1]),
            (_("Second contact, asked when no answer came by the deadline"), 2, forms[2]),
        ],
        "may_edit": may_edit(actor, body),
        "tabs": _tabs(actor, body, "contacts"),
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "notices/contacts.html", context, status=422 if wrong else 200)


def bots(request: HttpRequest, pk: int) -> HttpResponse:
    """The group bots of an organisation, and the form to add one."""
    actor = known_actor(request)
    body = organisation(actor, pk)
    standing = selectors.bots_of(actor, body)
    form = BotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind = BotKind(told.pop("kind"))
        try:
            add_bot(actor=actor, organisation_id=pk, kind=kind, now=clock.now(), **told)
        except ChanjiaoError as error:
            if error.code == "action.denied":
                raise
            add_refusal(form, error)
        else:
            messages.success(request, _("Set up; the first message is on its way to the group"))
            return redirect("notices:bots", pk=pk)
    context = {
        "body": body,
        "bots": standing,
        "form": form,
        "may_edit": may_edit(actor, body),
        "tabs": _tabs(actor, body, "bots"),
    }
    return render(request, "notices/bots.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """A bot says nothing more."""
    ended = end_bot(actor=known_actor(request), pk=pk, now=clock.now())
    messages.success(request, _("“%(group)s” receives nothing more") % {"group": ended.name})
    return redirect("notices:bots", pk=ended.organisation_id)


def _contact_form(request: HttpRequest, named: Contact | None, place: int, *, sent: bool) -> ContactForm:
    stored = {"name": named.name, "email": named.email} if named else {}
    return ContactForm(request.POST if sent else None, initial=stored, auto_id=f"id_{place}_%s")


def _tabs(actor: Actor, body: Organisation | None, here: str) -> list[Tab]:
    """One's own settings, and those of the organisation looked at or acted for."""
    pk = body.pk if body else actor.organisation_id
    tabs = [Tab(_("My letters"), reverse("notices:settings"), here == "settings")]
    if pk is not None and (body is not None or actor.belongs_to(pk)):
        tabs.append(Tab(_("Contacts for replies"), reverse("notices:contacts", args=[pk]), here == "contacts"))
        tabs.append(Tab(_("Group bots"), reverse("notices:bots", args=[pk]), here == "bots"))
    return tabs
