"""The official lists: what was published when, one edition, and publishing the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.exchange import list_selectors
from chanjiao.apps.exchange.actions.publish_list import publish_list
from chanjiao.apps.exchange.kinds import FIELDS, Field, Kind
from chanjiao.apps.exchange.list_selectors import EditionFilters
from chanjiao.apps.exchange.models import ListEdition
from chanjiao.apps.exchange.official_lists import COLUMN_WORDS, FOUR, LISTS, THREE, ListCode
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.words import kind_words, level_words, unit_words, value_words
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.frame import scope_of

PAGE_SIZE = 25
Row = Mapping[str, Any]


def lists(request: HttpRequest) -> HttpResponseBase:
    """The three lists and the four, each with its latest edition, and the editions before; these as a file, too."""
    actor, scope = actor_of(request), scope_of(request)
    latest = list_selectors.latest(actor, scope)
    code = request.GET.get("list", "")
    found = list_selectors.editions(actor, EditionFilters(code=code, consortium=scope))
    file = exported(request, found, _edition_columns(), "editions")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "forms": [
            (_("The three lists of the construction standard"), [_head(one, latest) for one in THREE]),
            (_("The four lists of regional practice"), [_head(one, latest) for one in FOUR]),
        ],
        "page": page,
        "lines": [(one, title_of(one.code)) for one in page.object_list],
        "codes": [(one.value, title_of(one)) for one in ListCode],
        "publishable": list_selectors.publishable(actor),
    }
    return render(request, "exchange/lists.html", context)


def _edition_columns() -> list[Column[ListEdition]]:
    return [
        Column(_("List"), lambda one: title_of(one.code), 24),
        Column(_("Number"), lambda one: one.number, 8),
        Column(_("Consortium"), lambda one: str(one.consortium), 32),
        Column(_("Published"), lambda one: one.published_at, 18),
        Column(_("Rows"), lambda one: one.row_count, 8),
    ]


def edition(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One edition as it was published; or the same as a file."""
    actor = actor_of(request)
    found = list_selectors.edition(actor, pk)
    columns = columns_of(found)
    file = exported(request, found.rows, columns, f"{found.code}-{found.number}")
    if file is not None:
        return file
    new, changed = set(found.added) if found.number > 1 else set(), set(found.changed)
    rows: list[Row] = [row for row in found.rows if request.GET.get("changed") != "1" or row["number"] in new | changed]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    public = list_selectors.still_public(actor, page.object_list)
    context = {
        "edition": found,
        "title": title_of(found.code),
        "heads": [column.label for column in columns[2:]],
        "page": page,
        "lines": [
            {
                "row": row,
                "route": f"exchange:{row['side']}" if (row["side"], row["listing"]) in public else "",
                "cells": [(column.label, column.value(row)) for column in columns[2:]],
                "is_new": row["number"] in new,
                "is_changed": row["number"] in changed,
            }
            for row in page.object_list
        ],
    }
    return render(request, "exchange/list_edition.html", context)


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """A list is published as it reads now."""
    actor = known_actor(request)
    code, consortium = request.POST.get("list", ""), request.POST.get("consortium", "")
    if code not in set(ListCode) or not consortium.isdecimal() or len(consortium) > 18:
        raise ChanjiaoError("request.malformed")
    try:
        made = publish_list(actor=actor, code=ListCode(code), consortium_id=int(consortium), now=clock.now())
    except ChanjiaoError as error:
        if error.code not in ("list.empty", "record.stale"):
            raise
        messages.error(request, sentences(error)[0])
        return redirect("exchange:lists")
    told = {"list": title_of(made.code), "number": made.number, "count": made.row_count}
    messages.success(request, _("%(list)s, edition %(number)s is published: %(count)s rows") % told)
    return redirect("exchange:list_edition", pk=made.pk)


def title_of(code: str) -> str:
    """The list's name."""
    return _(LISTS[ListCode(code)].title)


def columns_of(found: ListEdition) -> list[Column[Row]]:
    """The columns of an edition as the page and its files show them."""
    told = LISTS[ListCode(found.code)]
    fields = {field.name: field for side, kind in told.holds for field in FIELDS[side, kind]}
    return [_column(name, fields.get(name)) for name in told.columns]


def _column(name: str, field: Field | None) -> Column[Row]:
    label = COLUMN_WORDS.get(name) or (field.label if field else name)
    width = {"title": 34, "summary": 50, "organisation": 28, "skills": 30, "credit_code": 21}.get(name, 14)
    return Column(_(label), lambda row: _words(name, field, row.get(name, "")), width)


def _words(name: str, field: Field | None, value: Any) -> Any:
    if value in ("", None):
        return ""
    if name == "kind":
        return kind_words(Kind(value))
    if name == "education_level":
        return level_words(value)
    if name == "unit":
        return unit_words(value)
    return value_words(field, value) if field is not None else value


def _head(code: ListCode, latest: dict[ListCode, ListEdition]) -> dict[str, object]:
    return {"code": code.value, "title": title_of(code), "edition": latest.get(code)}
