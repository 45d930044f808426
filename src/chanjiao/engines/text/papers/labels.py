"""Labels of forms and notices (岗位名称：…), and the stretch of text that each one governs."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter

from chanjiao.engines.text.papers.values import PaperKind

# A label stands at the start of a line, behind a mark or a blank, and before a colon, a tab, or alone on its line.
_BEFORE = r"(?:(?<=[\n\t。；;，,、 （(【】])|\A)"
_COUNTED = r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]\s*|\d{1,2}[）)、.．]\s*|[-•●·*▶►★☆◆◇■□▪]\s*)?"
_AFTER = r"(?:人)?(?:[（(][^（）()\n]{1,12}[）)])?\s*(?:[:：\t|】]|(?=\n)|(?<=[ \u3000]))"
_COUNTED_LINE = r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[）)、.．])[ \t]*"
_UNKNOWN = r"[^\s:：，。；;、（）()|\d“”《》【】]{2,14}"
_UNKNOWN_AFTER = (
    r"(?:[（(][^（）()\n]{1,12}[）)])?(?:[ ]*[:：\t|】]|(?<=\n..)[ \u3000]|(?<=\n...)[ \u3000]|(?<=\n....)[ \u3000])"
)
_SPOKEN = r"(?:为|是|均?在(?=[\u4e00-\u9fff]{2}))|(?<=[^\s。；，]{4})\s*(?=\d)"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with the stretch it governs: `start` where the label stands, `first:last` its value."""

    field: str
    label: str
    start: int
    first: int
    last: int


@cache
def _table(name: str) -> tuple[tuple[str, str, str], ...]:
    text = files("chanjiao.engines.text.papers").joinpath(name).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((kind, field, words) for kind, field, words in rows)


@cache
def _known(kind: PaperKind) -> dict[str, str]:
    """Label → field, for one kind."""
    rows = [row for row in _table("labels.tsv") if row[0] in ("*", kind)]
    return {label: field for _, field, words in rows for label in words.split()}


@cache
def _stems(kind: PaperKind) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((field, re.compile(words)) for one, field, words in _table("stems.tsv") if one in ("*", kind))


def field_of(label: str, kind: PaperKind) -> str:
    """The field that a label is about: by its own words, else by its stem; nothing where it is about none.

    >>> field_of("希望合作方式", PaperKind.TECHNICAL_PROBLEM), field_of("备忘", PaperKind.TECHNICAL_PROBLEM)
    ('cooperation_mode', '')
    """
    known = _known(kind).get(label)
    return known or next((field for field, stem in _stems(kind) if stem.search(label)), "")


@cache
def _pattern(kind: PaperKind) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_known(kind), key=len, reverse=True))
    return re.compile(
        f"{_BEFORE}{_COUNTED}(?:({words})(?:{_AFTER}|{_SPOKEN})|({_UNKNOWN}){_UNKNOWN_AFTER})"
        f"|(?<=\\n){_COUNTED_LINE}({_UNKNOWN})(?=[ \\t]*\\n)"
    )


def labelled(text: str, kind: PaperKind) -> list[Labelled]:
    """Every label of a kind with what it governs: up to the next label or heading, in the order of the text."""
    told = [(one, field) for one in _pattern(kind).finditer(text) if (field := field_of(_label(one), kind))]
    stops = [one.start() for one, _ in told[1:]] + [len(text)]
    return [
        Labelled(field, _label(one), one.start(), one.end(), _end_of(text, one, stop, field))
        for (one, field), stop in zip(told, stops, strict=False)
    ]


def _label(one: re.Match[str]) -> str:
    return one[one.lastindex or 1]


_LONG = frozenset(
    "asked note demand intern skill content target condition amount proof overview ignored audience contact".split()
)
_HEADING = re.compile(
    r"\n[ \t]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+条"
    r"|[^\n，。；]{2,24}[（(]\d+[名人][）)]\s*(?=\n))"
)
_CONTINUED = re.compile(r"\n[ \t]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[-•●·*①-⑳▶►★☆◆◇■□▪])")
_UNIT = re.compile(r"\n[ \t]*(?:项目|模块|单元|任务|第)\s*[一二三四五六七八九十\d]+")


def _end_of(text: str, label: re.Match[str], stop: int, field: str) -> int:
    """Where a value ends: at its line's end, a list goes on over its counted lines, a heading ends all.

    A line counted in the manner of the label's own line is the next point beside it.
    """
    first, own = label.end(), _manner(text, label.start())
    while first < stop and text[first] in " \t\n":
        first += 1
    heading = _HEADING.search(text, first, stop)
    stop = heading.start() if heading else stop
    line = text.find("\n", first, stop)
    if field not in _LONG:
        cell = text.find("\t", first, line if line >= 0 else stop)
        if cell > first:
            return cell
        full = text.find("。", first, line if line >= 0 else stop)
        return full if full >= 0 else line if line >= 0 else stop
    while line >= 0 and _goes_on(text, line, stop, own):
        line = text.find("\n", line + 1, stop)
    return line if line >= 0 else stop


def _goes_on(text: str, line: int, stop: int, own: str) -> bool:
    if _CONTINUED.match(text, line, stop):
        return not own or _manner(text, line + 1) != own
    return _UNIT.match(text, line, stop) is not None or _is_row(text, line, stop)


def _manner(text: str, place: int) -> str:
    """How a line is counted: the marks around its number, with 0 for a digit and 一 for a numeral."""
    mark = re.compile(r"\s*([（(]?)(\d{1,2}|[一二三四五六七八九十]{1,3})([）)、.．])").match(text, place)
    return f"{mark[1]}{'0' if mark[2].isdigit() else '一'}{mark[3]}" if mark else ""


def _is_row(text: str, line: int, stop: int) -> bool:
    after = text.find("\n", line + 1, stop)
    return "\t" in text[line + 1 : after if after >= 0 else stop]


def between(found: list[Labelled], start: int, end: int) -> list[Labelled]:
    """Those of the labels, which stand in the order of the text, that begin in a stretch."""
    first = bisect_left(found, start, key=attrgetter("start"))
    return found[first : bisect_left(found, end, lo=first, key=attrgetter("start"))]
