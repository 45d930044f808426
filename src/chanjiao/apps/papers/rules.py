"""From a part of a paper to the fields of a need. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chanjiao.apps.exchange.kinds import Kind, Side, Value, fields_of
from chanjiao.apps.exchange.rules import LENGTHS, LONGEST_OPEN, LONGEST_SKILL, LONGEST_VALUE, MOST_SKILLS
from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers import Fact, Paper, PaperKind, Part, Proposal
from chanjiao.engines.words import N_

LISTED = {
    PaperKind.JOB_ADVERTISEMENT: Kind.POST,
    PaperKind.VISIT_REPORT: Kind.POST,
    PaperKind.TECHNICAL_PROBLEM: Kind.TECHNICAL_PROBLEM,
}
"""Kinds of document whose parts become needs; the others are kept with their facts."""

SURE, LIKELY = 0.85, 0.7
_LISTS = {"skill": "skills", "keyword": "skills", "target": "target"}
_CODES = {
    "occupation": "occupation_code",
    "programme": "programme_code",
    "industry": "industry_code",
    "region": "region_code",
}
_SAME = ("title", "quantity", "education", "contact", "phone", "deadline")
_COLUMNS = {
    "education": "education_level",
    "contact": "contact_name",
    "phone": "contact_phone",
    "deadline": "expires_on",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A value for a field of the form, the places of the words it came from, and how sure the reading is."""

    value: object
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0

    @property
    def certainty(self) -> str:
        """The confidence as a word: sure, likely or check."""
        return "sure" if self.confidence >= SURE else "likely" if self.confidence >= LIKELY else "check"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a part fills in: values by field of the form, and codes that a person may choose."""

    side: Side
    kind: Kind
    filled: Mapping[str, Filled]
    proposals: Mapping[str, tuple[Proposal, ...]]

    @property
    def values(self) -> dict[str, object]:
        """Field of the form → value."""
        return {name: one.value for name, one in self.filled.items()}


def draft_of(paper: Paper, number: int, today: date) -> Draft:
    """The need that a part of the paper tells.

    Codes are filled in only where a proposal is sure. A day in the past, or a deadline too far off, is left out.
    """
    kind, whole = LISTED[paper.kind], paper.whole(number)
    filled = _filled(whole, kind, today)
    proposals = {_CODES[system]: tuple(ones) for system, ones in _by_system(whole.proposals).items()}
    for name, ones in proposals.items():
        if ones[0].is_sure:
            filled[name] = Filled(ones[0].code, (ones[0].span,), 0.9)
    if "title" not in filled:
        filled |= _title(whole)
    filled |= _summary(paper, whole)
    return Draft(Side.NEED, kind, filled, proposals)


def _filled(whole: Part, kind: Kind, today: date) -> dict[str, Filled]:
    names = {field.name for field in fields_of(Side.NEED, kind)}
    typed = {field.name: field for field in fields_of(Side.NEED, kind)}
    found: dict[str, Filled] = {}
    for fact in whole.facts:
        name = _COLUMNS.get(fact.field, fact.field)
        if fact.field in _LISTS or name in found or fact.field not in (*names, *_SAME):
            continue
        value: object = fact.value
        if name in typed and typed[name].value is Value.BOOLEAN:
            value = str(fact.value).lower()
        elif name == "expires_on":
            value = expiry(str(fact.value), today)
        elif isinstance(value, str):
            value = value[: LENGTHS.get(name, LONGEST_VALUE)]
        if value is not None:
            found[name] = Filled(value, (fact.span,) if fact.span[1] else (), fact.confidence)
    return found | _joined(whole)


def _joined(whole: Part) -> dict[str, Filled]:
    """Fields that several facts fill together."""
    found: dict[str, Filled] = {}
    for field, name in _LISTS.items():
        facts = whole.all(field)
        if facts and name not in found:
            mark = "、" if name == "skills" else "；"
            words = [str(fact.value)[:LONGEST_SKILL] if name == "skills" else str(fact.value) for fact in facts]
            value = mark.join(words[:MOST_SKILLS])[: None if name == "skills" else LONGEST_VALUE]
            found[name] = Filled(value, tuple(fact.span for fact in facts), min(fact.confidence for fact in facts))
    return found


def _title(whole: Part) -> dict[str, Filled]:
    """A visit tells of programmes rather than posts."""
    fact = whole.first("programme")
    return {"title": Filled(f"{fact.value}专业{_wanted(whole)}"[:80], (fact.span,), LIKELY)} if fact else {}


def _wanted(whole: Part) -> str:
    engagement = whole.first("engagement")
    return "实习生" if engagement is not None and engagement.value == "internship" else "毕业生"


_SAID = {"employment": "招聘", "internship": "招实习生", "apprenticeship": "招学徒", "order_class": "合办订单班"}
_YES = {"shift": "倒班", "lodging": "提供住宿"}


def _summary(paper: Paper, whole: Part) -> dict[str, Filled]:
    """The public words: what the notice itself tells of a problem; of a post, the facts in a line, no names."""
    overview = whole.first("overview")
    if overview is not None:
        return {"summary": Filled(str(overview.value)[: LENGTHS["summary"]], (overview.span,), overview.confidence)}
    parts = [*_words(whole)]
    return {"summary": Filled("，".join(parts)[: LENGTHS["summary"] - 1] + "。", (), LIKELY)} if parts else {}


def _words(whole: Part) -> Iterable[str]:
    engagement, title = whole.first("engagement"), whole.first("title")
    programmes = [str(fact.value) for fact in whole.all("programme")]
    if title is not None:
        yield f"{_SAID.get(str(engagement.value) if engagement else '', '')}{title.value}"
    elif programmes:
        yield f"招{'、'.join(programmes)}专业{_wanted(whole)}"
    if programmes and title is not None:
        yield "、".join(programmes) + "专业"
    skills = [str(fact.value) for fact in whole.all("skill")]
    if skills:
        yield "要求" + "、".join(skills)
    yield from (words for field, words in _YES.items() if (fact := whole.first(field)) and fact.value is True)


def _by_system(proposals: Iterable[Proposal]) -> dict[str, list[Proposal]]:
    found: dict[str, list[Proposal]] = {}
    for one in proposals:
        found.setdefault(one.system, []).append(one)
    return found


def expiry(day: str, today: date) -> date | None:
    """The day as the last one of a listing; a day without its year is the next one to come.

    >>> expiry("--03-01", date(2026, 10, 12)), expiry("2025-01-01", date(2026, 10, 12))
    (datetime.date(2027, 3, 1), None)
    """
    if match := re.fullmatch(r"--(\d\d)-(\d\d)", day):
        month, number = int(match[1]), int(match[2])
        try:
            here = date(today.year, month, number)
            found = here if here >= today else date(today.year + 1, month, number)
        except ValueError:
            return None
    else:
        found = date.fromisoformat(day)
    return found if today <= found <= today + min(LONGEST_OPEN, timedelta(days=366)) else None


FIELD_WORDS = {
    "amount": N_("Amounts"),
    "audience": N_("For whom"),
    "condition": N_("Conditions"),
    "contact": N_("Contact person"),
    "content": N_("Content"),
    "credits": N_("Credits"),
    "deadline": N_("Deadline"),
    "employer": N_("Organisation"),
    "hours": N_("Hours"),
    "issued_on": N_("Issued on"),
    "issuer": N_("Issued by"),
    "number": N_("Document number"),
    "phone": N_("Telephone"),
    "programme": N_("Programme"),
    "proof": N_("Proofs"),
    "skill": N_("Skills"),
    "title": N_("Title"),
}
"""Words for the facts of papers that are kept as they are."""


def fact_lines(whole: Part) -> list[tuple[str, tuple[Fact, ...]]]:
    """The facts of a kept paper by field, in the order of the text."""
    order = dict.fromkeys(fact.field for fact in whole.facts if fact.field in FIELD_WORDS)
    return [(field, whole.all(field)) for field in order]
