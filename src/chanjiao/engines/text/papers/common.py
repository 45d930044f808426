"""Who writes, whom to ask, until when: what every kind of paper tells once for all its parts."""

from __future__ import annotations

import re

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers import names
from chanjiao.engines.text.papers.fields import SEEN, first_facts, read_field
from chanjiao.engines.text.papers.labels import Labelled
from chanjiao.engines.text.papers.level import lines
from chanjiao.engines.text.papers.values import Fact

COMMON = ("employer", "credit_code", "contact", "phone", "deadline")
_UNTIL = re.compile(
    r"(?:请于|应于|于|截至|截止)?[^，。；\n]{0,3}?((?:20\d\d\s*[年.\-/]\s*)?\d{1,2}\s*[月.\-/]\s*\d{1,2}日?)(?:\s*\d{1,2}(?:[:：]\d\d|[时点]))?\s*(?:下班)?(?:之?前|截止|以前)"
)
_CONTACT = re.compile(
    rf"(?:联系人?|找)[：:]?\s*(?=[\u4e00-\u9fff]{{2,4}})|[，,\s/]\s*(?=[\u4e00-\u9fff]{{1,3}}(?:{names._TITLE}))"
)
_HEADLINE = re.compile(
    r"\s*(?:【[^】]*】)?\s*([^\s，。：:【】]{2,20}?)(?:\s|关于|20\d\d(?:届|年)|(?:急|诚)?招(?:聘|募))"
)


def common_facts(text: str, labels: list[Labelled]) -> tuple[Fact, ...]:
    """The facts of the common fields, from labels first, else as running text tells them."""
    facts = [fact for one in labels if one.field in COMMON for fact in read_field(one.field, text, one.first, one.last)]
    facts += _seen(text)
    return first_facts([fact for fact in facts if fact.field in COMMON])


def _seen(text: str) -> list[Fact]:
    found: list[Fact] = []
    firm = _firm(text)
    if firm:
        found.append(Fact("employer", text[slice(*firm)], firm, SEEN))
    code = names.credit_code_in(text, 0, len(text))
    if code:
        found.append(Fact("credit_code", text[slice(*code)], code, 0.9))
    until = _UNTIL.search(text)
    if until:
        found += read_field("deadline", text, *until.span(1), 0.85)
    phone = names.phone_in(text, 0, len(text))
    if phone:
        found.append(Fact("phone", text[slice(*phone)], phone, 0.9))
        found += _person_near(text, phone)
    return found


def _firm(text: str) -> Span | None:
    firms = names.firms_in(text, 0, len(text))
    if firms:
        return firms[0]
    first = next(lines(text), (0, 0))
    headline = _HEADLINE.match(text, *first)
    return headline.span(1) if headline and not re.search(r"招|聘|岗位|关于", headline[1]) else None


def _person_near(text: str, phone: Span) -> list[Fact]:
    """The person named right before or after a telephone number."""
    after = re.compile(r"\s*[（(，,]?\s*").match(text, phone[1])
    assert after is not None
    person = names.person_at(text, after.end(), min(len(text), after.end() + 6))
    if person and (text[person[1] : person[1] + 1] in ("", "）", ")", "\n", "。") or text[person[1] - 1] not in "名"):
        return [Fact("contact", text[slice(*person)], person, SEEN)]
    close = re.compile(r"(?:^|[\s，。；])([\u4e00-\u9fff]{2,3})\s*[：:]?\s*$").search(
        text[max(0, phone[0] - 8) : phone[0]]
    )
    if close and names.person_at(close[1], 0, len(close[1])):
        start = max(0, phone[0] - 8) + close.start(1)
        return [Fact("contact", close[1], (start, start + len(close[1])), SEEN)]
    before = list(_CONTACT.finditer(text, max(0, phone[0] - 24), phone[0]))
    for one in reversed(before):
        person = names.person_at(text, one.end(), phone[0])
        if person:
            return [Fact("contact", text[slice(*person)], person, SEEN)]
    return []
