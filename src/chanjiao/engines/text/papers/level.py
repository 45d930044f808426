"""A text made level for reading: same length, full-width letters and digits narrow, so that spans hold in both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chanjiao.engines.text.facts import Span

_NARROW = {0xFF01 + step: 0x21 + step for step in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
_KEPT = {ord(mark): mark for mark in "，：；（）！？"}
_TABLE = _NARROW | {code: ord(mark) for code, mark in _KEPT.items()}
_MARK = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|[-•●·*◆◇■□▪▶►★☆①-⑳])\s*"
)


def level(text: str) -> str:
    """The text with narrow letters, digits and blanks; its Chinese punctuation stays.

    >>> level("月薪６－８Ｋ，包住")
    '月薪6-8K，包住'
    """
    return text.translate(_TABLE)


def trimmed(text: str, start: int, end: int, edges: str = " \t\n。；;，,、：:|◆■●") -> Span:
    """The span without blanks and marks at its edges."""
    while start < end and text[start] in edges:
        start += 1
    while end > start and text[end - 1] in edges:
        end -= 1
    return start, end


def without_mark(text: str, start: int, end: int) -> int:
    """Where the words begin behind a counting mark (一、 1. （二） -)."""
    mark = _MARK.match(text, start, end)
    return mark.end() if mark else start


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The lines of a stretch that hold anything."""
    stop = len(text) if end is None else end
    for found in re.compile(r"[^\n]+").finditer(text, start, stop):
        if found[0].strip():
            yield found.span()


_LONGEST_SENTENCE = 400


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a stretch; one without an end is cut, so that no pattern looks farther than a sentence."""
    for found in re.compile(rf"[^。；;\n]{{1,{_LONGEST_SENTENCE}}}").finditer(text, start, end):
        yield found.span()


_BREAK = re.compile(r"[\n；;。]|(?<=[^\d\s（(])\s*(?=(?:[（(]?[一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.、．](?!\d)))")


def points(text: str, start: int, end: int, *, commas: bool = False) -> Iterator[Span]:
    """The points of a stretch: its lines, counted items and sentences, with `commas` what stands between commas too."""
    place = start
    breaks = [(one.start(), one.end()) for one in _BREAK.finditer(text, start, end)]
    for stop, onward in [*breaks, (end, end)]:
        first, last = trimmed(text, place, stop)
        first, last = trimmed(text, without_mark(text, first, last), last)
        if first < last:
            yield from _listed(text, first, last) if commas else ((first, last),)
        place = onward


def _listed(text: str, start: int, end: int) -> Iterator[Span]:
    depth, place = 0, start
    for at in range(start, end + 1):
        mark = text[at] if at < end else "，"
        depth += (mark in "（(") - (mark in "）)")
        if (mark in "，,、" and depth <= 0) or at == end:
            first, last = trimmed(text, place, at)
            if first < last:
                yield first, last
            place = at + 1
