"""What the views of placement share: deeds behind buttons, paging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from chanjiao.core.errors import ChanjiaoError, Kind, kind_of
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.lists import whole_number

PAGE_SIZE = 25


def deed(request: HttpRequest, back: str, words: str, do: Callable[[], object]) -> HttpResponse:
    """Back to where the button stood, with what was done or why not; what one may not see or do stays an error page."""
    try:
        do()
    except ChanjiaoError as error:
        if kind_of(error) in (Kind.DENIED, Kind.NOT_FOUND):
            raise
        messages.error(request, " ".join(sentences(error)))
    else:
        messages.success(request, words)
    return redirect(back)


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """The page of a list that the address asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def version_of(request: HttpRequest) -> int:
    """The version that was read, as the form sends it back."""
    return whole_number(request.POST.get("version", "")) or 0
