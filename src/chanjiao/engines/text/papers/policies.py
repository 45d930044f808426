"""Policy notices: title, who issued it and when under which number, for whom, conditions, amounts, proofs, deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers import dates
from chanjiao.engines.text.papers.common import common_facts
from chanjiao.engines.text.papers.fields import SEEN, TOLD, first_facts
from chanjiao.engines.text.papers.labels import labelled
from chanjiao.engines.text.papers.level import lines, points, sentences, trimmed
from chanjiao.engines.text.papers.values import Fact, PaperKind, Part

KIND = PaperKind.POLICY_NOTICE
MANY = ("issuer", "condition", "amount", "proof")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[（(]20\d\d[〕\]）)]\s*\d{1,4}\s*号")
_ISSUER = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:人民政府办公室|人民政府|办公室|委员会|教育厅|[\u4e00-\u9fff]{2,10}(?:局|厅|部|委|办)|[\u4e00-\u9fff]{2,12}?(?:管委会|管理委员会|总工会|联合会|工商联|协会))(?=[\s关印]|$)"
)
_TITLE_END = re.compile(r"(?<=》)的通知|的(?:通知|公告|通告|意见|决定|办法)|申报指南的?通知")
_NO_GRANT = re.compile(r"通知|20\d\d〕|材料|申报|登记")
_ARTICLES = {
    "audience": re.compile(
        r"(?:本办法|本通知|本细则|本政策)?适用于([^。；\n]+)|所称(?:企业|单位|机构|人员|对象)，?(?:是)?指([^。；\n]+)"
    ),
    "condition": re.compile(
        r"应当?(?:同时)?(?:符合|具备|满足)(?:下列|以下)条件[：:]?|(?:须|应|应当|需)(?:同时)?(?:符合|具备|满足)[：:]"
    ),
    "proof": re.compile(r"(?:提交|提供|报送)(?:下列|以下)(?:申请)?材料[：:]?|(?:须|应|应当|需)(?:提交|提供|报送)[：:]"),
}
_GRANTED = re.compile(r"补助|补贴|奖励|资助|减免|抵免")
_COUNTED = re.compile(r"\n[ \t]*(?:[（(]?[一二三四五六七八九十]+[）)、]|第[一二三四五六七八九十]+条)")
_ARTICLE = re.compile(r"\n[ \t]*第[一二三四五六七八九十]+条|\n(?=[^\n]{2,40}(?:局|厅|部|委员会)\s*(?:\n|$))")


def policies_of(text: str) -> tuple[tuple[Fact, ...], tuple[Part, ...]]:
    """Whom to ask about a notice, and what it says."""
    labels = labelled(text, KIND)
    facts = [*_head(text), *_signature(text)]
    for one in labels:
        if one.field in ("audience", "condition", "amount", "proof"):
            facts += _read(one.field, text, (one.first, one.last))
    known = {fact.field for fact in facts}
    facts += [fact for fact in _articles(text) if fact.field not in known]
    common = common_facts(text, labels)
    facts += [fact for fact in common if fact.field == "deadline"]
    asked = tuple(fact for fact in common if fact.field in ("contact", "phone"))
    return asked, (Part(first_facts(facts, many=MANY)),)


def _head(text: str) -> Iterator[Fact]:
    """Title (which may run over two lines), number, and the issuers that stand before 关于."""
    number = _NUMBER.search(text)
    if number:
        yield Fact("number", number[0], number.span(), TOLD)
    start = next(lines(text), (0, 0))[0]
    end = _TITLE_END.search(text, start, min(len(text), start + 300))
    if not end:
        line = re.compile(r"[^\n]{4,60}(?:公告|通告|通知)(?=\s*\n)").search(text)
        if line:
            yield Fact("title", line[0], line.span(), 0.85)
        return
    about = text.rfind("关于", start, end.start())
    first = text.rfind("\n", start, end.start()) + 1 if about < 0 else max(text.rfind("\n", start, about) + 1, start)
    yield Fact("title", text[first : end.end()].replace("\n", ""), (first, end.end()), TOLD)
    for one in _ISSUER.finditer(text, start, about if about >= 0 else end.start()):
        yield Fact("issuer", one[0], one.span(), 0.9)


def _signature(text: str) -> Iterator[Fact]:
    """The issuers and the day at the foot."""
    foot = list(lines(text))[-6:]
    for first, last in reversed(foot):
        day = dates.day_in(text, first, last)
        if day and last - first <= 14 and day[0][0] != "-":
            yield Fact("issued_on", day[0], day[1:], TOLD)
            break
    else:
        return
    for start, stop in foot:
        if stop - start > 60 or re.search(r"[，。：:、]", text[start:stop]):
            continue
        for one in _ISSUER.finditer(text, start, stop):
            yield Fact("issuer", one[0], one.span(), 0.9)


def _read(field: str, text: str, span: Span) -> list[Fact]:
    if field == "audience":
        first, last = trimmed(text, *span)
        stop = text.find("。", first, last)
        last = stop if stop >= 0 else last
        return [Fact(field, text[first:last], (first, last), TOLD)] if first < last else []
    if field == "amount":
        return [Fact(field, text[slice(*one)], one, TOLD) for one in _sums(text, span)]
    return [Fact(field, text[slice(*one)], one, TOLD) for one in points(text, *span, commas=field == "proof")]


def _sums(text: str, span: Span) -> Iterator[Span]:
    """Points that name a sum each: at commas too, where both sides name one."""
    for first, last in points(text, *span):
        parts = list(points(text, first, last, commas=True))
        yield from (
            parts if all(re.search(r"\d[^，]*[元万%％]", text[slice(*one)]) for one in parts) else [(first, last)]
        )


def _articles(text: str) -> Iterator[Fact]:
    """What the articles of a regulation say."""
    audience = _ARTICLES["audience"].search(text)
    if audience:
        group = audience.lastindex or 1
        yield Fact("audience", audience[group], audience.span(group), SEEN)
    sent = re.compile(r"将([^。；\n]{4,80}?)(?:一式\S{1,3}份)?(?:报送|报|提交)(?:至|到)?").search(text)
    if sent and "、" in sent[1]:
        yield from (Fact("proof", text[slice(*one)], one, SEEN) for one in points(text, *sent.span(1), commas=True))
    for field in ("condition", "proof"):
        lead = _ARTICLES[field].search(text)
        if lead:
            stop = (_COUNTED if text[lead.end() :].lstrip()[:1].isdigit() else _ARTICLE).search(text, lead.end())
            for one in points(text, lead.end(), stop.start() if stop else len(text), commas=field == "proof"):
                yield Fact(field, text[slice(*one)], one, SEEN)
    for first, last in sentences(text, 0, len(text)):
        words = text[first:last]
        if not _GRANTED.search(words) or not re.search(r"\d", words) or _NO_GRANT.search(words):
            continue
        span = trimmed(text, first, last)
        lead = re.compile(r"第[一二三四五六七八九十]+条\s*").match(text, *span)
        span = (lead.end(), span[1]) if lead else span
        yield Fact("amount", text[slice(*span)], span, SEEN)
