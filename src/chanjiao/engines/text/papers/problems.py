"""Technical problems: what is asked, which figures are to be reached, for how much, in which form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers.common import COMMON, common_facts
from chanjiao.engines.text.papers.fields import SEEN, TOLD, first_facts, read_field
from chanjiao.engines.text.papers.labels import Labelled, between, labelled
from chanjiao.engines.text.papers.level import points, sentences, trimmed
from chanjiao.engines.text.papers.tables import Row, rows_of
from chanjiao.engines.text.papers.values import Fact, PaperKind, Part

KIND = PaperKind.TECHNICAL_PROBLEM
MANY = ("keyword", "target")
_MEASURED = re.compile(
    r"\d\s*(?:%|％|％以下|秒|s|ms|元|mm|μm|ppm|倍|小时|分钟|次|℃|度|dB|MPa|Hz|万次|年)|[≤≥<>＜＞]|不超过|不低于|小于|大于"
)
_TROUBLE = re.compile(r"(?:在|针对|遇到|存在)([^，。；\n]{4,60}?)(?:的?)(?:技术难题|技术瓶颈|技术问题|难题)")
_AIM = re.compile(
    r"(?:[^，。；\n]*，(?=希望|力争|要求|需))?[^，。；\n]*(?:降到|降至|减少|提高|达到|控制在|提升|缩短|小于|低于|不超过|[≤≥<>＜＞])[^，。；\n]*\d[^，。；\n]*"
)
_NUMBERED = re.compile(r"(?m)^[ \t]*(?:榜单|难题|需求|项目|课题)[一二三四五六七八九十\d]+[：:、.\s]\s*([^\n]{3,60})$")
_FIELD = re.compile(r"属于?([^，。；\n]{2,12}?)(?:技术)?领域")


def problems_of(text: str) -> tuple[tuple[Fact, ...], tuple[Part, ...]]:
    """Who asks, and each problem."""
    rows = [row for row in rows_of(text, KIND) if any(cell.field == "title" for cell in row.cells)]
    if rows:
        return (), tuple(_of_row(text, row) for row in rows)
    labels = labelled(text, KIND)
    common = common_facts(text, labels)
    titled = [one.span(1) for one in _NUMBERED.finditer(text)]
    if len(titled) > 1:
        stops = [start for start, _ in titled[1:]] + [len(text)]
        parts = [_listed(text, span, stop, labels) for span, stop in zip(titled, stops, strict=True)]
        return (), tuple(parts)
    part = _problem(text, [one for one in labels if one.field not in COMMON], 0, len(text))
    return common, (part,) if part.facts else ()


def _problem(text: str, labels: list[Labelled], start: int, end: int) -> Part:
    facts = [
        fact for one in labels for fact in _read(one.field, text, (one.first, min(one.last, end)), _unit(text, one))
    ]
    known = {fact.field for fact in facts}
    facts += [fact for fact in _told(text, start, end) if fact.field not in known]
    return Part(first_facts(facts, many=MANY))


def _unit(text: str, one: Labelled) -> str:
    """What a label says in parentheses (万元)."""
    return text[one.start : one.first].partition("（")[2]


def _listed(text: str, title: Span, stop: int, labels: list[Labelled]) -> Part:
    """One of several numbered problems, with who asks and until when."""
    inside = between(labels, title[0], stop)
    part = _problem(text, inside, title[1], stop)
    return Part((Fact("title", text[slice(*title)], title, TOLD), *(f for f in part.facts if f.field != "title")))


def _of_row(text: str, row: Row) -> Part:
    facts = [fact for cell in row.cells for fact in _read(cell.field, text, cell.span, cell.unit)]
    return Part(first_facts(facts, many=MANY))


def _read(field: str, text: str, span: Span, unit: str) -> Iterable[Fact]:
    if field == "ignored":
        return ()
    if field == "target":
        return _targets(text, span)
    if field == "overview":
        first, last = trimmed(text, *span, edges=" \t\n；;：:")
        return [Fact("overview", text[first:last], (first, last), TOLD)] if first < last else []
    if field == "budget" and "万" in unit:
        bare = re.compile(r"\d+(?:\.\d+)?").search(text, *span)
        number = float(bare[0]) if bare else 0.0
        return [Fact("budget", int(number) if number.is_integer() else number, bare.span(), TOLD)] if bare else []
    return read_field(field, text, *span)


def _targets(text: str, span: Span) -> Iterator[Fact]:
    """Figures to be reached; what stands behind a comma and measures nothing belongs to the point before."""
    for first, last in points(text, *span):
        begun = None
        for one, other in points(text, first, last, commas=True):
            if begun is not None and _MEASURED.search(text, one, other):
                yield Fact("target", text[slice(*begun)], begun, TOLD)
                begun = None
            begun = (begun[0] if begun else one, other)
        if begun is not None:
            yield Fact("target", text[slice(*begun)], begun, TOLD)


def _told(text: str, begin: int, end: int) -> Iterator[Fact]:
    """What running text tells of a problem."""
    named = re.compile(r"【(?:技术)?(?:难题|需求)】\s*([^\n，。]{3,40})").search(text, begin, end)
    if named:
        yield Fact("title", named[1], named.span(1), SEEN)
    trouble = None if named else _TROUBLE.search(text, begin, end)
    if trouble:
        first = text.rfind("在", trouble.start(1), trouble.end(1))
        start = first + 1 if trouble.start(1) <= first < trouble.start(1) + 26 else trouble.start(1)
        yield Fact("title", text[start : trouble.end(1)], (start, trouble.end(1)), SEEN)
    aims = (aim for span in sentences(text, begin, end) for aim in _AIM.finditer(text, *span))
    for aim in aims:
        now = re.compile(r"目前|现在|(?:客户|我们)?要求(?=[^，。]*(?:小于|低于|不超过))").match(text, *aim.span())
        span = (now.end() if now else aim.start(), aim.end())
        yield Fact("target", text[slice(*span)], span, SEEN)
    money = re.compile(r"(?:预算|投入|投资|经费|悬赏)[^，。；\n]*").search(text, begin, end)
    if money:
        yield from read_field("budget", text, *money.span(), SEEN)
    yield from read_field("cooperation_mode", text, begin, end, SEEN)
    yield from read_field("research_type", text, begin, end, SEEN)
    field = _FIELD.search(text, begin, end)
    if field:
        yield Fact("technical_field", field[1], field.span(1), SEEN)
