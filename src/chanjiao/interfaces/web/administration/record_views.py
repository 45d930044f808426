"""The audit record and the events: lists with filters and export, and one change with before and after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from chanjiao.core import selectors
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.administration.entry import administering
from chanjiao.interfaces.web.administration.words import action_word, column_word, kind_of_object, value_word
from chanjiao.interfaces.web.deed_words import doer_of, note_of, word_of
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.links import link_for, links_for

PAGE = 50


@dataclass(frozen=True, slots=True)
class Changed:
    """One column of a change in words; None where the column was not there."""

    column: str
    before: str
    after: str


def record(request: HttpRequest) -> HttpResponseBase:
    """Every change: who, acting for whom, what, when."""
    actor = administering(request)
    found = selectors.audit_records(actor, _filters(request))
    columns = [*_common(), Column[AuditRecord](_("Action"), lambda one: action_word(one.action), 24), *_objects()]
    columns += [
        Column[AuditRecord](_("Before"), lambda one: _plain(one.before), 40),
        Column[AuditRecord](_("After"), lambda one: _plain(one.after), 40),
    ]
    file = exported(request, found.iterator(500), columns, "record")
    if file:
        return file
    names = [(name, action_word(name)) for name in selectors.actions_recorded(actor)]
    return _page(request, actor, "administration/record.html", found, names)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One change, column by column."""
    actor = administering(request)
    one = selectors.audit_records(actor).filter(pk=pk).first()
    if one is None:
        raise ChanjiaoError("record.not_found")
    told = {
        "one": one,
        "word": action_word(one.action),
        "changes": changes_of(one),
        "kind": kind_of_object(one.object_type),
        "url": link_for(actor, one.object_type, one.object_id),
    }
    return render(request, "administration/change.html", told)


def event_list(request: HttpRequest) -> HttpResponseBase:
    """Every deed, from which assessment will be computed."""
    actor = administering(request)
    found = selectors.events(actor, _filters(request))
    columns = [*_common(), Column[Event](_("Event"), lambda one: word_of(one.name), 20), *_objects()]
    columns += [
        Column[Event](_("Amount"), lambda one: one.amount, 10),
        Column[Event](_("Unit"), lambda one: one.unit, 8),
        Column[Event](_("Note"), note_of, 30),
    ]
    file = exported(request, found.iterator(500), columns, "events")
    if file:
        return file
    names = [(name, word_of(name)) for name in selectors.event_names(actor)]
    return _page(request, actor, "administration/events.html", found, names)


def changes_of(one: AuditRecord) -> list[Changed]:
    """The columns that a change touched, in words."""
    return [
        Changed(
            column_word(one.object_type, name),
            value_word(one.object_type, name, one.before.get(name)),
            value_word(one.object_type, name, one.after.get(name)),
        )
        for name in sorted({*one.before, *one.after})
        if one.before or one.after.get(name) not in (None, "", [], {})
    ]


def _page(request: HttpRequest, actor: Actor, template: str, found: Any, names: list[tuple[str, str]]) -> HttpResponse:
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    urls = links_for(actor, ((one.object_type, one.object_id) for one in page))
    rows = [(one, urls.get((one.object_type, one.object_id), "")) for one in page]
    return render(request, template, {"page": page, "rows": rows, "names": names, "filters": request.GET})


def _filters(request: HttpRequest) -> selectors.RecordFilters:
    given = request.GET
    return selectors.RecordFilters(
        person=given.get("person", "").strip(),
        organisation=given.get("organisation", "").strip(),
        name=given.get("name", ""),
        object=given.get("object", "").strip(),
        object_type=given.get("object_type", ""),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _common() -> list[Column[Any]]:
    return [
        Column[Any](_("Time"), lambda one: one.at, 18),
        Column[Any](_("Person"), lambda one: doer_of(one.actor_name), 14),
        Column[Any](_("Acting for"), lambda one: one.organisation_name, 26),
    ]


def _objects() -> list[Column[Any]]:
    return [
        Column[Any](_("Kind of object"), lambda one: kind_of_object(one.object_type), 14),
        Column[Any](_("Object"), lambda one: one.object_name, 40),
    ]


def _plain(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""
