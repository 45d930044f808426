"""Visit reports (访企拓岗): who visited whom and when, and each need of the firm: posts, interns, graduates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers import names
from chanjiao.engines.text.papers.common import common_facts
from chanjiao.engines.text.papers.fields import SEEN, TOLD, first_facts, read_field
from chanjiao.engines.text.papers.labels import Labelled, labelled
from chanjiao.engines.text.papers.level import points, sentences
from chanjiao.engines.text.papers.tables import Row, rows_of
from chanjiao.engines.text.papers.values import Fact, PaperKind, Part

KIND = PaperKind.VISIT_REPORT
_HEAD = ("visitor", "visited_on", "host", "outcome", "lodging")
_GROUPS = {"demand": "employment", "intern": "internship", "employ": "employment"}
_LED = re.compile(
    r"(?:(?:院长|书记|校长|主任|处长|老师)|(?<![\u4e00-\u9fff]))([\u4e00-\u9fff]{2,3}?)(?:老师)?(?=带队|率队|带领|率|一行)"
)
_HOST = re.compile(
    r"(?:经理|总监|主任|部长|院长|负责人|董事长|厂长)(?!热情)([\u4e00-\u9fff]{2,3}?)(?:热情)?(?=接待|陪同)"
    r"|([\u4e00-\u9fff](?:经理|总监|主任|部长|院长|董事长|厂长))(?:热情)?(?=接待|陪同)"
    r"|([\u4e00-\u9fff](?:经理|总监|主任|部长|院长|董事长|厂长|女士|先生))(?=介绍)"
)
_AGREED = re.compile(r"就([^，。；\n]{2,20}?)达成|达成([^，。；\n]{2,16}?(?:协议|共识))|(签订[^，。；\n]{2,16}?协议)")
_COUNTED = r"(?<!\d)\d{1,4}\s*(?:余|多)?\s*[名人个位](?!月)"
_NEED = re.compile(rf"[^。；;，\n]*?{_COUNTED}[^。；;\n]*?(?=，[^。；;，\n]*?{_COUNTED}|[。；;\n]|$)")


def visits_of(text: str) -> tuple[tuple[Fact, ...], tuple[Part, ...]]:
    """The head of a visit report, and one part for each need that it tells."""
    rows = [row for row in rows_of(text, KIND) if any(cell.field.startswith("demand") for cell in row.cells)]
    if rows:
        return _of_table(text, rows)
    labels = labelled(text, KIND)
    common = [f for one in labels if one.field in _HEAD for f in _head_facts(text, one.field, one.first, one.last)]
    common += [*common_facts(text, labels), *_told(text)]
    parts = [part for group in _GROUPS for part in _group(text, group, labels)]
    return first_facts(fact for fact in common if fact.field != "deadline"), tuple(parts or _sentences(text))


def _head_facts(text: str, field: str, first: int, last: int) -> Iterable[Fact]:
    if field == "outcome":
        other = re.compile(r"其他[（(]([^）)]+)[）)]").match(text, first, last)
        first, last = other.span(1) if other else (first, last)
    return read_field(field, text, first, last)


def _of_table(text: str, rows: list[Row]) -> tuple[tuple[Fact, ...], tuple[Part, ...]]:
    parts = []
    for row in rows:
        facts: list[Fact] = []
        for cell in row.cells:
            group, _, what = cell.field.partition("_")
            facts += _of_group(text, what, cell.span) if group in _GROUPS else read_field(cell.field, text, *cell.span)
        parts.append(_part(facts, "employment"))
    return (), tuple(parts)


def _group(text: str, group: str, labels: list[Labelled]) -> list[Part]:
    """The needs of one group of labels: one, or one for each counted line behind the label."""
    own = [one for one in labels if one.field.partition("_")[0] == group]
    if len(own) == 1:
        listed = [one for one in points(text, own[0].first, own[0].last) if _programme(text, one, bare=False)]
        if len(listed) > 1:
            return [_part(_of_group(text, "", span), _GROUPS[group]) for span in listed]
    anew = [number for number, one in enumerate(own) if one.label == own[0].label]
    needs = (own[start:end] for start, end in pairwise([*anew, len(own)]))
    return [part for need in needs for part in _need(text, group, need)]


def _need(text: str, group: str, own: list[Labelled]) -> list[Part]:
    """What labels that stand once tell of one need."""
    facts = [fact for one in own for fact in _of_group(text, one.field.partition("_")[2], (one.first, one.last))]
    counted = any(fact.field in ("quantity", "pay_low") for fact in facts)
    return [_part(facts, _GROUPS[group])] if facts and (counted or group == "demand") else []


def _of_group(text: str, what: str, span: Span) -> list[Fact]:
    match what:
        case "code":
            code = re.compile(r"\d{6}[A-Z]*").search(text, *span)
            return [Fact("programme_code", code[0], code.span(), TOLD)] if code else []
        case "level":
            return list(read_field("education", text, *span))
        case "count":
            return [*_programme(text, span, bare=False), *read_field("quantity", text, *span)]
        case "pay":
            return list(read_field("pay", text, *span))
    pay = re.compile(r"薪|报酬|补助|补贴|起薪|\d[\d—-]*\s*元/月").search(text, *span)
    rest = read_field("pay", text, pay.start(), span[1]) if pay else ()
    upto = pay.start() if pay else span[1]
    code = re.compile(r"[（(](\d{6})[）)]").search(text, *span)
    found = [*_programme(text, span, bare=True), *read_field("quantity", text, span[0], upto, SEEN), *rest]
    found += read_field("education", text, *span)
    return [*found, Fact("programme_code", code[1], code.span(1), TOLD)] if code else found


def _programme(text: str, span: Span, *, bare: bool) -> list[Fact]:
    known = names.programmes_in(text, *span)
    if known:
        return [Fact("programme", text[slice(*known[0])], known[0], TOLD)]
    told = names.programmes_told(text, *span)
    if told:
        return [Fact("programme", text[slice(*told[0])], told[0], SEEN)]
    first = re.compile(r"[^\s，。；（(\d]{2,20}").match(text, *span) if bare else None
    return [Fact("programme", first[0], first.span(), SEEN)] if first else []


def _part(facts: list[Fact], engagement: str) -> Part:
    own = first_facts(facts)
    return Part((*own, Fact("engagement", engagement, (0, 0), 0.9)))


def _told(text: str) -> list[Fact]:
    """Who led the visit and who received it, as running text tells."""
    found = []
    for field, pattern in (("visitor", _LED), ("host", _HOST)):
        one = pattern.search(text)
        if one:
            group = one.lastindex or 1
            found.append(Fact(field, one[group], one.span(group), SEEN))
    agreed = _AGREED.search(text)
    if agreed:
        found.append(Fact("outcome", agreed[agreed.lastindex or 1], agreed.span(agreed.lastindex or 1), SEEN))
    day = read_field("visited_on", text, 0, min(len(text), 60), SEEN)
    return [*found, *day, *read_field("lodging", text, 0, len(text), SEEN)]


def _sentences(text: str) -> Iterable[Part]:
    """The needs that sentences tell: with a number of posts or of interns."""
    needs = (need for span in sentences(text, 0, len(text)) for need in _NEED.finditer(text, *span))
    for one in needs:
        span = one.span()
        count = read_field("quantity", text, *span, SEEN)
        if not count or not re.search(r"岗位|招|实习|就业|需求|用工|毕业生", one[0]):
            continue
        programme = _programme(text, span, bare=False)
        is_intern = re.search(r"实习(?!基地)", one[0]) is not None
        facts = [*count, *programme, *read_field("education", text, *span, SEEN), *_pay(text, span)]
        yield _part(facts, "internship" if is_intern else "employment")


def _pay(text: str, span: Span) -> list[Fact]:
    """Pay of a sentence: 月薪5500元左右，起薪不低于4800元 is a range from the starting pay up."""
    word = re.compile(r"月薪|薪|月收入|每(?:人每)?月(?=\d)|补贴|报酬|补助|工资").search(text, *span)
    return list(read_field("pay", text, word.start(), span[1], SEEN)) if word else []
