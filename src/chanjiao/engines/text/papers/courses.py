"""Course outlines: name, programmes, hours, credits, content, what one can do afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers.fields import SEEN, TOLD, first_facts, read_field
from chanjiao.engines.text.papers.labels import Labelled, labelled
from chanjiao.engines.text.papers.level import lines, points, without_mark
from chanjiao.engines.text.papers.skills import abilities_in
from chanjiao.engines.text.papers.tables import rows_of, without_tables
from chanjiao.engines.text.papers.values import Fact, PaperKind, Part

KIND = PaperKind.COURSE_OUTLINE
MANY = ("programme", "content", "skill")
_HEADLINE = re.compile(
    r"(?m)^[ \t]*+[《“]?([^《》“”\n]{2,30}?)[》”]?[ \t]*+(?:课程)?(?:教学大纲|课程标准|课程大纲|教学标准|标准)"
)
_HOURS = re.compile(r"(\d{1,4})\s*(?:个)?(?:学时|课时)|(?:学时|课时)[：:\s]*(\d{1,4})")
_CREDITS = re.compile(r"(\d{1,2}(?:\.\d)?)\s*(?:个)?学分|学分[：:\s]*(\d{1,2}(?:\.\d)?)")
_UNIT = re.compile(r"(?:项目|模块|单元|任务|第)\s*[一二三四五六七八九十\d]+(?:章|单元|部分)?[：:、.\s]*")


def courses_of(text: str) -> tuple[tuple[Fact, ...], tuple[Part, ...]]:
    """The course that an outline tells of."""
    rows = rows_of(text, KIND)
    prose = without_tables(text, rows)
    facts = [fact for one in labelled(prose, KIND) for fact in _read(prose, one)]
    units = [cell.span for row in rows for cell in row.cells if cell.field == "content"]
    facts += [fact for span in units if not text[slice(*span)].isdigit() for fact in _contents(text, span)]
    facts += _headline(text)
    if not any(fact.field == "content" for fact in facts):
        facts += [Fact("content", one[1], one.span(1), SEEN) for one in _CHAPTER.finditer(text)]
    if not any(fact.field == "programme" for fact in facts):
        facts += [Fact("programme", one[1], one.span(1), SEEN) for one in _FOR.finditer(text[:200])]
    facts += _number("hours", _HOURS, prose, (0, len(text)), SEEN)
    facts += _number("credits", _CREDITS, prose, (0, len(text)), SEEN)
    own = first_facts(facts, many=MANY)
    return (), (Part(own),) if own else ()


_CHAPTER = re.compile(r"(?m)^[ \t]*第[一二三四五六七八九十\d]{1,3}[章单讲][元]?[ \t：:、]*([^\n，。；]{2,40}?)[ \t]*$")
_FOR = re.compile(r"[（(·\s]([\u4e00-\u9fff]{2,16})专业(?=[\s·，、；）)])")


def _headline(text: str) -> Iterator[Fact]:
    """The name in front of 课程标准; where these words stand alone, the first line of the outline."""
    found = next((one for one in _HEADLINE.finditer(text) if one[1] not in ("课程", "教学", "本课程")), None)
    if found:
        yield Fact("title", found[1], found.span(1), 0.9)
        return
    start, end = next(lines(text), (0, 0))
    if _HEADLINE.search(text) and 2 <= end - start <= 24:
        yield Fact("title", text[start:end].strip(), (start, end), SEEN)


def _read(text: str, one: Labelled) -> Iterable[Fact]:
    span = (one.first, one.last)
    match one.field:
        case "ignored" | "employer" | "contact" | "phone" | "deadline" | "credit_code":
            return ()
        case "hours_credits":
            return [*_number("hours", _HOURS, text, span), *_number("credits", _CREDITS, text, span)]
        case "hours" | "credits":
            bare = re.compile(r"\s*(\d{1,4}(?:\.\d)?)").match(text, *span)
            return [_numeric(one.field, bare[1], bare.span(1), TOLD)] if bare else ()
        case "content":
            return _contents(text, span)
        case "skill":
            return abilities_in(text, *span, TOLD)
    return read_field(one.field, text, *span)


def _contents(text: str, span: Span) -> Iterator[Fact]:
    for first, last in points(text, *span):
        unit = _UNIT.match(text, first, last)
        place = unit.end() if unit else without_mark(text, first, last)
        if place < last:
            yield Fact("content", text[place:last], (place, last), TOLD)


def _number(field: str, pattern: re.Pattern[str], text: str, span: Span, confidence: float = TOLD) -> list[Fact]:
    found = pattern.search(text, *span)
    if not found:
        return []
    group = 1 if found[1] else 2
    return [_numeric(field, found[group], found.span(group), confidence)]


def _numeric(field: str, words: str, span: Span, confidence: float) -> Fact:
    number = float(words)
    return Fact(field, int(number) if number.is_integer() else number, span, confidence)
