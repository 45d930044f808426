"""The parts of a list: chips, heads that sort, pager, export; all keep the other parameters of the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext as _

from chanjiao.interfaces.web import wording

register = template.Library()


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The query of the present address with parameters changed (empty values removed, the page number dropped).

    It begins with `?` even where nothing is left, so that it may stand alone or after the address of another page.
    """
    request: HttpRequest = context["request"]
    values = request.GET.copy()
    values.pop("page", None)
    for name, value in changes.items():
        values.pop(name, None)
        if value not in (None, ""):
            values[name] = str(value)
    return "?" + values.urlencode()


@register.inclusion_tag("components/chips.html", takes_context=True)
def chips(
    context: template.Context, name: str, choices: Iterable[tuple[Any, ...]], label: object = "", all: bool = True
) -> dict[str, object]:
    """Links that set the query parameter `name`; choices are (value, label) or (value, label, count)."""
    chosen = context["request"].GET.get(name, "")
    options = [
        {
            "label": choice[1],
            "count": choice[2] if len(choice) > 2 else None,
            "here": str(choice[0]) == chosen,
            "url": query(context, **{name: "" if str(choice[0]) == chosen else choice[0]}),
        }
        for choice in choices
        if choice[0] != ""
    ]
    return {"label": label, "options": options, "all": all and query(context, **{name: ""}), "none": not chosen}


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, name: str, label: object, kind: str = "", default: str = ""
) -> dict[str, object]:
    """A column head that sorts by `name` (then `-name`); `default` is the list's own order."""
    now = context["request"].GET.get("sort") or default
    next_sort = f"-{name}" if now == name else name
    order = "ascending" if now == name else "descending" if now == f"-{name}" else ""
    return {"label": label, "kind": kind, "order": order, "url": query(context, sort=next_sort)}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> dict[str, object]:
    """Links to the pages of a list, with the filters kept."""
    numbers = [
        {
            "number": number,
            "url": query(context) if number == 1 else _page_url(context, number),
            "here": number == page.number,
        }
        if isinstance(number, int)
        else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "numbers": numbers,
        "previous": _page_url(context, page.previous_page_number()) if page.has_previous() else "",
        "next": _page_url(context, page.next_page_number()) if page.has_next() else "",
    }


def _page_url(context: template.Context, number: int) -> str:
    base = query(context)
    return f"{base}{'&' if base.startswith('?') else '?'}page={number}"


@register.inclusion_tag("components/list_bar.html", takes_context=True)
def list_bar(
    context: template.Context, count: int, export: bool = True, noun: object = "", part: str = ""
) -> dict[str, object]:
    """The line above a list: how many, density, export of exactly what is seen; `part` names one list of several."""
    formats = [(name, query(context, format=name, part=part)) for name in ("xlsx", "csv")] if export and count else []
    return {"count": count, "noun": wording.noun_of(count, str(noun or _("records"))), "formats": formats}
