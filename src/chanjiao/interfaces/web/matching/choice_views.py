"""What people may choose about matching and ask of it: the order, refusal, and why a pair is proposed or not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.matching.actions.set_preference import set_organisation_preference, set_own_order
from chanjiao.apps.matching.explanations import Explanation, explanation
from chanjiao.apps.matching.preferences import Preference, preferences_of
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.matching.forms import OrderForm, OrganisationForm, WhyForm
from chanjiao.interfaces.web.matching.words import Teller, places_in


def choice(request: HttpRequest) -> HttpResponse:
    """The reader's own order; and, on the same page, what holds for their organisation."""
    actor = known_actor(request)
    if request.method == "POST":
        form = OrderForm(request.POST)
        if form.is_valid():
            set_own_order(actor=actor, is_ranked=form.cleaned_data["is_ranked"], now=clock.now())
            messages.success(request, _("Saved"))
            return redirect("matching:choice")
        return _choice_page(request, actor, own=form, status=422)
    return _choice_page(request, actor)


@require_POST
def organisation_choice(request: HttpRequest) -> HttpResponse:
    """The reader's organisation chooses."""
    actor, form = known_actor(request), OrganisationForm(request.POST)
    if not form.is_valid():
        return _choice_page(request, actor, organisation=form, status=422)
    set_organisation_preference(actor=actor, **form.cleaned_data, now=clock.now())
    messages.success(request, _("Saved"))
    return redirect("matching:choice")


def _choice_page(
    request: HttpRequest,
    actor: Actor,
    *,
    own: OrderForm | None = None,
    organisation: OrganisationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    held = preferences_of(actor)
    context = {
        "own_form": own or OrderForm(initial=_as_initial(held.own)),
        "organisation_form": organisation or OrganisationForm(initial=_as_initial(held.organisation)),
        "held": held,
    }
    return render(request, "matching/choice.html", context, status=status)


def _as_initial(held: Preference) -> dict[str, str]:
    return {"is_ranked": str(int(held.is_ranked)), "takes_part": str(int(held.takes_part))}


def why(request: HttpRequest) -> HttpResponse:
    """Why two listings, told by their numbers, are proposed to each other or are not."""
    actor = known_actor(request)
    form = WhyForm(request.GET) if {"need", "offer"} <= request.GET.keys() else WhyForm(initial=request.GET.dict())
    context: dict[str, object] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        try:
            told = explanation(actor, **form.cleaned_data, today=timezone.localdate(clock.now()))
            context |= _told(actor, told)
        except ChanjiaoError as error:
            if error.code != "record.not_found":
                raise
            form.add_error(None, sentences(error)[0])
            status = 404
    return render(request, "matching/why.html", context, status=status)


def _told(actor: Actor, told: Explanation) -> dict[str, object]:
    regions = places_in(told.factors) | {
        code for one in told.failures if one.condition == "region" for code in (one.need, one.offer)
    }
    places = {code: name for (_system, code), name in names_of(actor, [("region", one) for one in regions]).items()}
    teller = Teller(_, told.need.kind, places)
    return {
        "told": told,
        "failures": [teller.failure(one) for one in told.failures],
        "reasons": teller.reasons(told.factors, told.score),
        "bar": [(one.label, one.share) for one in teller.reasons(told.factors, told.score)],
        "gaps": [] if told.failures else teller.gaps(told.gaps)[:6],
        "least": round(100 * told.least),
        "points": round(100 * told.score),
    }
