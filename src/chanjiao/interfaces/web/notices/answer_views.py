"""The page behind the link of a letter: what it is about, and one button an answer.

Opening it changes nothing, because mail systems open every link to look for harm; only a sent form answers.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from chanjiao.apps.notices.actions.answer_by_link import answer_by_link
from chanjiao.apps.notices.links import link_view
from chanjiao.apps.notices.purposes import Given
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Kind, kind_of
from chanjiao.interfaces.web.errors import sentences, status_of
from chanjiao.interfaces.web.limits import limit_rate

A_MINUTE = 30
"""Requests that one address may send in a minute: enough for an office behind one, too few for guessing."""


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The question of a link, or the answer to it."""
    limit_rate(request, "answer-link", most=A_MINUTE, seconds=60)
    try:
        if request.method != "POST":
            return _question_page(request, token)
        return _answered(request, token)
    except ChanjiaoError as error:
        return _closed_page(request, error)


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    names = {"code": "answer", "choice": "choice", "note": "note", "day": "day"}
    given = Given(**{name: request.POST.get(sent, "") for name, sent in names.items()})
    try:
        _link, answer = answer_by_link(token=token, given=given, now=clock.now())
    except ChanjiaoError as error:
        if kind_of(error) is not Kind.INVALID:
            raise
        return _question_page(request, token, given, error)
    return render(request, "notices/answer_done.html", {"done": answer.done, "settles": answer.settles})


def _question_page(
    request: HttpRequest, token: str, given: Given | None = None, error: ChanjiaoError | None = None
) -> HttpResponse:
    view = link_view(token, now=clock.now())
    told = {
        "view": view,
        "given": given,
        "faults": sentences(error) if error else [],
    }
    return render(request, "notices/answer.html", told, status=status_of(error) if error else 200)


def _closed_page(request: HttpRequest, error: ChanjiaoError) -> HttpResponse:
    told = {"sentences": sentences(error)}
    return render(request, "notices/answer_closed.html", told, status=status_of(error))
