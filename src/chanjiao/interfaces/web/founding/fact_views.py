"""One fact of a draft: its form in place, changed, added, removed. With HTMX the board answers, else the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chanjiao.apps.members import selectors
from chanjiao.apps.members.actions.correct_founding import (
    add_fact,
    confirm_fact,
    correct_founding,
    merge_facts,
    remove_fact,
)
from chanjiao.apps.members.facts import FactKind, FactSheet
from chanjiao.apps.members.models import Founding, FoundingState
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.founding.forms import FactForm
from chanjiao.interfaces.web.founding.shown import in_order
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
def confirm(request: HttpRequest, pk: int, fact_id: str) -> HttpResponse:
    """The draft with the fact confirmed; the reader goes on to the next doubtful one."""

    def act(actor: Actor, version: int) -> Founding:
        return confirm_fact(actor=actor, founding_id=pk, version=version, fact_id=fact_id, now=clock.now())

    return _done(request, pk, act, lambda changed: _next_doubtful(changed, fact_id))


@require_POST
def merge(request: HttpRequest, pk: int, fact_id: str) -> HttpResponse:
    """The draft with the fact that was sent taken up by this one."""

    def act(actor: Actor, version: int) -> Founding:
        other = request.POST.get("other", "")
        return merge_facts(actor=actor, founding_id=pk, version=version, fact_id=other, into=fact_id, now=clock.now())

    return _done(request, pk, act, lambda changed: fact_id)


@require_POST
def remove(request: HttpRequest, pk: int, fact_id: str) -> HttpResponse:
    """The draft without the fact."""
    after = _after(selectors.founding(founder(request), pk), fact_id)

    def act(actor: Actor, version: int) -> Founding:
        return remove_fact(actor=actor, founding_id=pk, version=version, fact_id=fact_id, now=clock.now())

    return _done(request, pk, act, lambda changed: after)


def _done(
    request: HttpRequest, pk: int, act: Callable[[Actor, int], Founding], touched: Callable[[Founding], str]
) -> HttpResponse:
    """The board after a deed, at the fact where the reader goes on; with HTMX a stale board says so."""
    actor = founder(request)
    try:
        changed = act(actor, sent_version(request))
    except ChanjiaoError as error:
        if error.code not in ("record.stale", "founding.other_kind") or not getattr(request, "htmx", False):
            raise
        return _board(request, selectors.founding(actor, pk), "", problems=sentences(error))
    return _board(request, changed, touched(changed))


def _next_doubtful(founding: Founding, fact_id: str) -> str:
    """The doubtful fact behind this one as the board orders them, the first of all behind the last, else this one."""
    listed = in_order(FactSheet.from_json(founding.facts))
    at = next((place for place, fact in enumerate(listed) if fact.id == fact_id), 0)
    doubtful = [fact.id for fact in (*listed[at + 1 :], *listed[:at]) if fact.certainty == "check"]
    return doubtful[0] if doubtful else fact_id


def _after(founding: Founding, fact_id: str) -> str:
    """The neighbour of a fact."""
    ids = [fact.id for fact in in_order(FactSheet.from_json(founding.facts))]
    at = ids.index(fact_id) if fact_id in ids else -1
    return (ids[at + 1 : at + 2] or ids[at - 1 : at] or [""])[0] if at >= 0 else ""


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
