"""Where programmes lead: inferred links are judged, the site's own are entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.reference import link_selectors, selectors
from chanjiao.apps.reference.actions.judge_link import enter_link, judge_link, remove_link
from chanjiao.apps.reference.actions.load_reference import INFER
from chanjiao.apps.reference.models import Link
from chanjiao.apps.reference.rights import may_judge_links
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.reference import show, words

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """An inferred link with the names of both ends and its reasons in words."""

    link: Link
    programme: str
    occupation: str
    reasons: list[str]


def judging(request: HttpRequest) -> Actor:
    """Who asks, where they may judge links."""
    actor = known_actor(request)
    require(may_judge_links(actor))
    return actor


def links(request: HttpRequest) -> HttpResponseBase:
    """Inferred links, the unjudged first and the likeliest of them; or the same as a file."""
    actor, state = judging(request), request.GET.get("state", "")
    found = link_selectors.inferred_links(actor, state)
    file = exported(request, _rows(actor, found.iterator(500)), _columns(), "links")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = link_selectors.inferred_counts(actor)
    context = {
        "page": page,
        "rows": list(_rows(actor, page.object_list)),
        "states": [(value, _(label), counts[value]) for value, label in words.LINK_STATES.items()],
        "state": state,
    }
    return render(request, "reference/links.html", context)


@require_POST
def infer(request: HttpRequest) -> HttpResponse:
    """Links are inferred anew by a job; what was judged stays."""
    enqueue(INFER, actor=judging(request), now=clock.now(), key=INFER)
    messages.success(request, _("Links are being inferred anew; what was judged stays as it is"))
    return redirect("reference:links")


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """An inferred link is confirmed or rejected."""
    actor, verdict = judging(request), request.POST.get("verdict", "")
    if verdict not in ("confirm", "reject"):
        raise ChanjiaoError("option.unknown", name="verdict", value=verdict, expected="confirm, reject")
    link = judge_link(actor=actor, pk=pk, confirms=verdict == "confirm", now=clock.now())
    if request.POST.get("from") == "list":
        return redirect("reference:links")
    return redirect("reference:term", system="programme", code=link.programme_code)


@require_POST
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """The programme leads to an occupation that this site knows of."""
    actor, occupation = judging(request), request.POST.get("occupation", "").strip()
    try:
        enter_link(actor=actor, programme_code=code, occupation_code=occupation, now=clock.now())
    except ChanjiaoError as error:
        if error.field != "occupation":
            raise
        messages.error(request, " ".join(sentences(error)))
    return redirect("reference:term", system="programme", code=code)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A link that this site entered is taken out again."""
    code = remove_link(actor=judging(request), pk=pk, now=clock.now())
    return redirect("reference:term", system="programme", code=code)


def _rows(actor: Actor, found: Iterable[Link]) -> Iterator[Row]:
    rows = iter(found)
    while chunk := list(islice(rows, 200)):
        asked = [("programme", one.programme_code) for one in chunk]
        asked += [("occupation", one.occupation_code) for one in chunk]
        names = selectors.names_of(actor, asked)
        for one in chunk:
            programme = names.get(("programme", one.programme_code), one.programme_code)
            occupation = names.get(("occupation", one.occupation_code), one.occupation_code)
            yield Row(one, programme, occupation, show.link_reasons(link_selectors.reasons_of(one)))


def _columns() -> list[Column[Row]]:
    return [
        Column[Row](_("Programme code"), lambda row: row.link.programme_code),
        Column[Row](_("Programme"), lambda row: row.programme, 24),
        Column[Row](_("Code of the minor group"), lambda row: row.link.occupation_code),
        Column[Row](_("Minor group"), lambda row: row.occupation, 24),
        Column[Row](_("Likelihood"), lambda row: row.link.score),
        Column[Row](_("State"), lambda row: row.link.get_state_display()),
        Column[Row](_("Reasons"), lambda row: "；".join(row.reasons), 60),
        Column[Row](_("Judged by"), lambda row: row.link.judged_by),
    ]
