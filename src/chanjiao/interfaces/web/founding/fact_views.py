"""One fact of a draft: its form in place, changed, added, removed. With HTMX the board answers, else the page."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chanjiao.apps.members import selectors
from chanjiao.apps.members.actions.correct_founding import add_fact, correct_founding, remove_fact
from chanjiao.apps.members.facts import FactKind, FactSheet
from chanjiao.apps.members.models import Founding, FoundingState
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.founding.forms import FactForm
from chanjiao.interfaces.web.founding.views import draft_context, founder, sent_version
from chanjiao.interfaces.web.founding.words import KIND_WORDS
from chanjiao.interfaces.web.members.forms import refuse


def change(request: HttpRequest, pk: int, fact_id: str) -> HttpResponse:
    """The form of one fact; sent, the fact as typed."""
    actor = founder(request)
    founding = _draft(request, pk)
    fact = FactSheet.from_json(founding.facts).get(fact_id)
    form = FactForm(request.POST or None, kind=fact.kind, fact=fact, initial={"version": founding.version})
    if request.method == "POST" and form.is_valid():
        try:
            changed = correct_founding(
                actor=actor,
                founding_id=pk,
                version=form.cleaned_data["version"],
                fact_id=fact_id,
                values=form.values(),
                now=clock.now(),
            )
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return _board(request, changed, fact_id)
    return _form_page(request, founding, form, reverse("founding:change_fact", args=[pk, fact_id]), fact_id)


def add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of a new fact; sent, the draft with it."""
    actor = founder(request)
    founding = _draft(request, pk)
    if kind not in set(FactKind):
        raise ChanjiaoError("record.not_found")
    form = FactForm(request.POST or None, kind=FactKind(kind), initial={"version": founding.version})
    if request.method == "POST" and form.is_valid():
        try:
            changed = add_fact(
                actor=actor,
                founding_id=pk,
                version=form.cleaned_data["version"],
                kind=FactKind(kind),
                values=form.values(),
                now=clock.now(),
            )
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return _board(request, changed, f"f{changed.facts['last_id']}")
    return _form_page(request, founding, form, reverse("founding:add_fact", args=[pk, kind]), f"new-{kind}")


@require_POST
def remove(request: HttpRequest, pk: int, fact_id: str) -> HttpResponse:
    """The draft without the fact."""
    actor = founder(request)
    version = sent_version(request)
    try:
        changed = remove_fact(actor=actor, founding_id=pk, version=version, fact_id=fact_id, now=clock.now())
    except ChanjiaoError as error:
        if error.code != "record.stale" or not getattr(request, "htmx", False):
            raise
        return _board(request, selectors.founding(actor, pk), "", problems=sentences(error))
    return _board(request, changed, "")


def _draft(request: HttpRequest, pk: int) -> Founding:
    founding = selectors.founding(founder(request), pk)
    if founding.state != FoundingState.DRAFT:
        raise ChanjiaoError("state.refused", state=founding.get_state_display())
    return founding


def _board(request: HttpRequest, founding: Founding, fact_id: str, problems: Sequence[str] = ()) -> HttpResponse:
    if not getattr(request, "htmx", False):
        address = reverse("founding:draft", args=[founding.pk])
        return redirect(f"{address}#fact-{fact_id}" if fact_id else address)
    return render(
        request, "founding/_board.html", {**draft_context(founding), "touched": fact_id, "problems": problems}
    )


def _form_page(request: HttpRequest, founding: Founding, form: FactForm, address: str, place: str) -> HttpResponse:
    context = {
        "founding": founding,
        "form": form,
        "address": address,
        "place": place,
        "label": KIND_WORDS[form.kind],
        "is_new": place.startswith("new-"),
    }
    if not getattr(request, "htmx", False):
        return render(request, "founding/fact.html", context, status=422 if form.errors else 200)
    response = render(request, "founding/_fact_form.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = f"#fact-{place}", "outerHTML"
    return response
