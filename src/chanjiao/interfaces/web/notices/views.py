"""The inbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.notices import selectors
from chanjiao.apps.notices.actions.read_notice import read_all, read_notice
from chanjiao.apps.notices.models import Notice
from chanjiao.core import clock
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.administration.words import kind_of_object
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.notices.words import Line, line_of, place_for

PAGE_SIZE = 25


def inbox(request: HttpRequest) -> HttpResponseBase:
    """The reader's notices; or the same as a file."""
    actor, filters = known_actor(request), _filters(request.GET)
    found = selectors.inbox(actor, filters)
    file = exported(request, _lines(found.iterator(500)), _columns(), "notices")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": list(_lines(page.object_list)),
        "filters": filters,
        "is_narrowed": filters != selectors.Filters(),
        "unread": selectors.unread_count(actor),
        "objects": [(label, kind_of_object(label), count) for label, count in selectors.object_counts(actor)],
    }
    return render(request, "notices/inbox.html", context)


def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """What the notice is about; it counts as read."""
    actor = known_actor(request)
    place = place_for(actor, read_notice(actor=actor, pk=pk, now=clock.now()))
    if not place:
        messages.info(request, _("What this notice is about is no longer open to you, or has no page of its own"))
    return redirect(place or "notices:inbox")


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Everything in the inbox counts as read."""
    read_all(actor=known_actor(request), now=clock.now())
    messages.success(request, _("Everything is marked as read"))
    return redirect("notices:inbox")


def unread(request: HttpRequest) -> HttpResponse:
    """How many notices are unread, for the top bar."""
    answer = render(request, "home/waiting_count.html", {"count": selectors.unread_count(known_actor(request))})
    patch_cache_control(answer, private=True, max_age=15)
    return answer


def _filters(query: QueryDict) -> selectors.Filters:
    return selectors.Filters(
        unread=query.get("unread") == "1", waiting=query.get("waiting") == "1", about=query.get("about", "")
    )


def _lines(rows: Iterable[Notice]) -> Iterator[Line]:
    return (line_of(row) for row in rows)


def _columns() -> list[Column[Line]]:
    return [
        Column(_("Sent"), lambda line: line.notice.sent_at, 18),
        Column(_("Notice"), lambda line: line.text, 60),
        Column(_("To"), lambda line: line.to, 28),
        Column(_("Deadline"), lambda line: line.notice.deadline, 18),
        Column(_("Read"), lambda line: line.notice.read_at, 18),
        Column(_("Read by"), lambda line: line.notice.read_by, 14),
        Column(_("Settled"), lambda line: line.notice.settled_at, 18),
    ]
