"""The parts of a page: head, panels, facts, dialogs, what stands where nothing is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chanjiao.interfaces.web.templatetags.words import icon

register = template.Library()


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


@register.inclusion_tag("components/empty.html")
def empty(
    title: object, text: object = "", url: str = "", action: object = "", drawing: str = "list-details"
) -> dict[str, object]:
    """What stands where a list has no rows: why, and what to do."""
    return {"title": title, "text": text, "url": url, "action": action, "drawing": drawing}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, object]:
    """What happened, newest first; entries have at, text, and optionally who, url, tone, note."""
    return {"entries": entries}
