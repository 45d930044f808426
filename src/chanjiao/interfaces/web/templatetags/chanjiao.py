"""The components' tags and filters; every template has them without loading. See templates/components/README.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chanjiao.interfaces.web import wording
from chanjiao.interfaces.web.administration.words import action_word, kind_of_object, task_word
from chanjiao.interfaces.web.charts import BarChart, ColumnChart, parts_of_score
from chanjiao.interfaces.web.deed_words import doer_of, note_of, word_of
from chanjiao.interfaces.web.flow_chart import FlowChart
from chanjiao.interfaces.web.line_chart import LineChart
from chanjiao.interfaces.web.places import page_of
from chanjiao.interfaces.web.wording import STATES, days_left, short_day

register = template.Library()
for words in (
    wording.amount,
    wording.percent,
    wording.day,
    wording.short_day,
    wording.moment,
    wording.ago,
    wording.browser,
    wording.kind_word,
    wording.listed,
    wording.in_a_row,
    wording.signed,
    page_of,
    action_word,
    kind_of_object,
    task_word,
    word_of,
    doer_of,
    note_of,
):
    register.filter(words)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite; hidden from screen readers unless it has a label."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"/></svg>', spoken, static("chanjiao/icons.svg"), name)


@register.simple_tag
def state(value: object, label: object = "") -> SafeString:
    """A badge for a state: colour, drawing and word together."""
    tone, drawing = STATES.get(str(value), ("", "circle-dashed"))
    return format_html('<span class="state {}">{}{}</span>', tone, icon(drawing), label or value)


@register.simple_tag
def badge(tone: str, label: object, drawing: str = "") -> SafeString:
    """A badge whose tone is given: waits, bad, done, live or empty."""
    drawing = drawing or {"waits": "clock", "bad": "alert-triangle", "done": "circle-check"}.get(tone, "")
    return format_html('<span class="state {}">{}{}</span>', tone, icon(drawing) if drawing else "", label)


@register.simple_tag
def deadline(day: date | datetime | None, done: bool = False) -> SafeString | str:
    """A date with the days that are left: amber within a week, red when past."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    left = (day - timezone.localdate()).days
    tone = "" if done or left > 7 else ("bad" if left < 0 else "waits")
    if not tone:
        return format_html('<time class="name" datetime="{}">{}</time>', day.isoformat(), short_day(day))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        day.isoformat(),
        short_day(day),
        badge(tone, days_left(day, timezone.localdate())),
    )


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


@register.simple_block_tag
def page_header(content: str, title: object, kicker: object = "", badge: object = "", under: object = "") -> SafeString:
    """The head of a page: kicker, title with its badge, a line under it, and the actions (block content)."""
    return format_html(
        '<header class="page-head"><div class="page-head-text">{}<h1>{}{}</h1>{}</div>{}</header>',
        format_html('<p class="kicker">{}</p>', kicker) if kicker else "",
        title,
        format_html(" {}", badge) if badge else "",
        format_html('<p class="under">{}</p>', under) if under else "",
        format_html('<div class="actions">{}</div>', content) if content.strip() else "",
    )


@register.simple_block_tag
def panel(
    content: str, title: object = "", *, note: object = "", url: str = "", more: object = "", flush: bool = False
) -> SafeString:
    """A framed part of a page with an optional title, note and link to more; `flush` lets a list fill it."""
    side = format_html('<a href="{}">{}</a>', url, more or _("All")) if url else format_html("{}", note)
    return format_html(
        '<section class="panel{}">{}{}</section>',
        " panel-flush" if flush else "",
        format_html('<div class="panel-head"><h2>{}</h2><span class="muted small">{}</span></div>', title, side)
        if title
        else "",
        content,
    )


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """The way to this page, made of `crumb` tags."""
    return format_html('<nav aria-label="{}"><ol class="crumbs">{}</ol></nav>', _("You are here"), content)


@register.simple_tag
def crumb(label: object, url: str = "") -> SafeString:
    """One step of the way; the last has no address."""
    if not url:
        return format_html('<li aria-current="page">{}</li>', label)
    return format_html('<li><a href="{}">{}</a></li>', url, label)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of facts in two columns, made of `fact` tags."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(label: object, value: object, url: str = "", wide: bool = False) -> SafeString | str:
    """One fact; nothing where there is no value."""
    if value is None or value == "":
        return ""
    shown = format_html('<a href="{}">{}</a>', url, value) if url else value
    return format_html("<div{}><dt>{}</dt><dd>{}</dd></div>", SafeString(' class="wide"' if wide else ""), label, shown)


@register.simple_block_tag
def ask(
    content: str, name: str, button: object, *, title: object = "", tone: str = "", drawing: str = ""
) -> SafeString:
    """A button that opens a dialog; the block content is the dialog's body, normally one form."""
    return format_html(
        '<button type="button" class="btn {}" data-opens="{}">{}{}</button>'
        '<dialog class="ask" id="{}" aria-labelledby="{}-title"><h2 id="{}-title">{}</h2>{}</dialog>',
        tone,
        name,
        icon(drawing) if drawing else "",
        button,
        name,
        name,
        name,
        title or button,
        content,
    )


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


@register.inclusion_tag("components/empty.html")
def empty(
    title: object, text: object = "", url: str = "", action: object = "", drawing: str = "list-details"
) -> dict[str, object]:
    """What stands where a list has no rows: why, and what to do."""
    return {"title": title, "text": text, "url": url, "action": action, "drawing": drawing}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: object = "", help: object = "", label: object = "") -> dict[str, object]:
    """A form field: label above, control with its unit, help, where its value was read if it was, error."""
    widget = bound.field.widget
    kind = _kind_of(widget)
    css = {"select": "form-select", "text": "form-control"}.get(kind, "")
    attrs: dict[str, str | bool] = {"class": f"{css} {widget.attrs.get('class', '')}".strip()} if css else {}
    return {
        "field": bound,
        "kind": kind,
        "control": bound.as_widget(attrs=attrs),
        "unit": unit,
        "help": help or bound.help_text,
        "label": label or bound.label,
        "optional": not bound.field.required and kind != "checkbox",
        "read": getattr(bound.field, "read", None),
    }


def _kind_of(widget: object) -> str:
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, FileInput):
        return "text"
    return "select" if isinstance(widget, Select) else "text"


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm, title: object = "") -> dict[str, object]:
    """Every error of the forms in one box on top, each a link to its field."""
    return {
        "title": title or _("This cannot be sent yet"),
        "fields": [bound for form in forms if form for bound in form if bound.errors],
        "others": [error for form in forms if form for error in form.non_field_errors()],
    }


@register.inclusion_tag("components/tile.html")
def tile(
    label: object, value: object, *, url: str = "", definition: object = "", unit: object = "", note: object = ""
) -> dict[str, object]:
    """One figure that opens to its rows; its definition shows on hover and focus."""
    return {"label": label, "value": value, "url": url, "definition": definition, "unit": unit, "note": note}


@register.inclusion_tag("components/score.html")
def score(total: float, factors: Iterable[tuple[Any, ...]], legend: bool = True) -> dict[str, object]:
    """A score from 0 to 1 as a bar made of its factors; factors are (label, points[, evidence]), adding up to it."""
    return {"total": round(100 * total), "parts": parts_of_score(factors), "legend": legend}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(chart: BarChart) -> dict[str, object]:
    """Horizontal bars with their labels and values, and the same figures as a table under them."""
    return {"chart": chart}


@register.inclusion_tag("components/column_chart.html")
def column_chart(chart: ColumnChart) -> dict[str, object]:
    """Columns over time, and the same figures as a table under them."""
    return {"chart": chart}


@register.inclusion_tag("components/line_chart.html")
def line_chart(chart: LineChart) -> dict[str, object]:
    """A line over years with bounds, and the same figures as a table under it."""
    return {"chart": chart}


@register.inclusion_tag("components/flow_chart.html")
def flow_chart(chart: FlowChart) -> dict[str, object]:
    """What flows from step to step, and the same figures as a table under it."""
    return {"chart": chart}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: object = "") -> dict[str, object]:
    """How far something is."""
    return {"done": done, "total": total, "label": label, "percent": round(100 * done / total) if total else 0}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, object]:
    """What happened, newest first; entries have at, text, and optionally who, url, tone, note."""
    return {"entries": entries}


@register.simple_tag
def marked(text: str, words: Iterable[str]) -> SafeString:
    """The text, escaped, with every occurrence of the words marked."""
    pieces = [text]
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    for word in wanted:
        pieces = [part for piece in pieces for part in _cut(piece, word)]
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p[1:]) if p.startswith("\0") else p,) for p in pieces)
    )


def _cut(piece: str, word: str) -> list[str]:
    if piece.startswith("\0"):
        return [piece]
    parts = piece.split(word)
    joined = [parts[0]]
    for part in parts[1:]:
        joined += ["\0" + word, part]
    return [part for part in joined if part]
