"""Words, drawings and dates: filters and the smallest tags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chanjiao.interfaces.web import wording
from chanjiao.interfaces.web.administration.words import action_word, kind_of_object, task_word
from chanjiao.interfaces.web.deed_words import doer_of, note_of, word_of
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
