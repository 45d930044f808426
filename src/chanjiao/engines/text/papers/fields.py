"""How the value of each field is read from the stretch of text that holds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from chanjiao.engines.text.numerals import number_of
from chanjiao.engines.text.papers import amounts, dates, names, skills
from chanjiao.engines.text.papers.choices import choice_in
from chanjiao.engines.text.papers.level import points, trimmed
from chanjiao.engines.text.papers.values import Fact

TOLD = 0.95
"""Confidence of what stands behind its label."""
SEEN = 0.75
"""Confidence of what is recognised in running text."""

Reader = Callable[[str, int, int, float], Iterable[Fact]]


def read_field(field: str, text: str, start: int, end: int, confidence: float = TOLD) -> tuple[Fact, ...]:
    """The facts that a stretch about `field` holds; a field without a reader of its own is its words."""
    reader = _READERS.get(field)
    if reader is not None:
        return tuple(reader(text, start, end, confidence))
    first, last = trimmed(text, start, end)
    return (Fact(field, text[first:last], (first, last), confidence),) if first < last else ()


def first_facts(facts: Iterable[Fact], *, many: Iterable[str] = ()) -> tuple[Fact, ...]:
    """The facts without a second of one field, but for those that may stand often; no value twice."""
    kept: list[Fact] = []
    for fact in facts:
        twice = any(one.field == fact.field and (fact.field not in many or one.value == fact.value) for one in kept)
        if not twice:
            kept.append(fact)
    return tuple(kept)


def _choice(field: str) -> Reader:
    def read(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
        found = choice_in(field, text, start, end)
        if found:
            yield Fact(field, found.value, (found.start, found.end), confidence)

    return read


def pay_facts(
    text: str, start: int, end: int, confidence: float = TOLD, *, label: str = "", unit: str = ""
) -> Iterator[Fact]:
    """Bounds of pay, or that it is settled in talks."""
    pay = amounts.pay_in(text, start, end, label=label, unit=unit)
    if pay is not None:
        span = (pay.start, pay.end)
        if pay.low is not None:
            yield Fact("pay_low", pay.low, span, confidence)
        if pay.high is not None:
            yield Fact("pay_high", pay.high, span, confidence)
        return
    talks = amounts.is_negotiable(text, start, end)
    if talks:
        yield Fact("pay_negotiable", True, talks.span(), confidence)


def _asked(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    """Subjects and degree in one cell."""
    for first, last in points(text, start, end, commas=True):
        if choice_in("education", text, first, last) is None:
            yield from _programme(text, first, last, confidence)
    yield from _choice("education")(text, start, end, confidence)


def _note(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    for field in ("lodging", "shift"):
        yield from _choice(field)(text, start, end, min(confidence, SEEN))


def _quantity(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    count = amounts.count_in(text, start, end, bare=confidence >= TOLD)
    if count is not None:
        yield Fact("quantity", count[0], count[1:], confidence)


def _day(field: str) -> Reader:
    def read(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
        day = dates.day_in(text, start, end)
        if day is not None:
            yield Fact(field, day[0], day[1:], confidence if day[0][0] != "-" else min(confidence, SEEN))

    return read


def _person(field: str) -> Reader:
    def read(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
        stop = re.compile(r"[（(，,；;\s\d]").search(text, *trimmed(text, start, end))
        span = names.person_at(text, start, stop.start() if stop else end)
        if span:
            yield Fact(field, text[slice(*span)], span, confidence)

    return read


def _contact(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    """A firm, a name and a number may stand behind one label."""
    for first, last in points(text, start, end, commas=True):
        if names.firms_in(text, first, last):
            continue
        yield from _person("contact")(text, first, last, confidence)
    yield from _phone(text, start, end, confidence)


def _phone(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    span = names.phone_in(text, start, end)
    if span:
        yield Fact("phone", text[slice(*span)], span, confidence)
        after = re.compile(r"[\s，（(]*").match(text, span[1], end)
        person = names.person_at(text, after.end() if after else span[1], end)
        if person and re.fullmatch(r"[）)\s]*", text[person[1] : end]):
            yield Fact("contact", text[slice(*person)], person, confidence)


def _employer(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    first, last = trimmed(text, start, end)
    note = re.search(r"[（(](?:统一|社会|信用)|[，,；;\t]", text[first:last])
    last = first + note.start() if note else last
    first, last = trimmed(text, first, last, edges=" （(《：:")
    if 3 < last - first <= 60:
        yield Fact("employer", text[first:last], (first, last), confidence)
    yield from _credit_code(text, start, end, confidence)


def _credit_code(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    span = names.credit_code_in(text, start, end)
    if span:
        yield Fact("credit_code", text[slice(*span)], span, confidence)


def _programme(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    for first, last in points(text, start, end, commas=True):
        word = re.compile(r"(?:等)?(?:相关)?专业").search(text, first, last)
        inside = names.programmes_in(text, first, last) or [(first, word.start() if word else last)]
        for span in inside:
            if span[0] < span[1] and "不限" not in text[slice(*span)]:
                known = bool(names.programmes_in(text, *span))
                yield Fact("programme", text[slice(*span)], span, confidence if known else min(confidence, SEEN))


def _list(field: str, commas: bool) -> Reader:
    def read(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
        for span in points(text, start, end, commas=commas):
            yield Fact(field, text[slice(*span)], span, confidence)

    return read


def _place(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    first, last = trimmed(text, start, end)
    stop = re.compile(r"[，,；;。]").search(text, first, last)
    last = stop.start() if stop else last
    if first < last:
        yield Fact("place", text[first:last], (first, last), confidence)


def _months(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    found = re.compile(r"(\d{1,2}|[一二两三四五六十]+)\s*(个?月(?![日\d])|年)").search(text, start, end)
    if found:
        number = number_of(found[1])
        yield Fact("months", number * (12 if found[2] == "年" else 1), found.span(), confidence)


def _budget(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    found = amounts.ten_thousands_in(text, start, end)
    if found:
        yield Fact("budget", found[0], found[1:], confidence)


_READERS: dict[str, Reader] = {
    "asked": _asked,
    "budget": _budget,
    "contact": _contact,
    "cooperation_mode": _choice("cooperation_mode"),
    "credit_code": _credit_code,
    "deadline": _day("deadline"),
    "education": _choice("education"),
    "employer": _employer,
    "engagement": _choice("engagement"),
    "host": _person("host"),
    "keyword": _list("keyword", commas=True),
    "lodging": _choice("lodging"),
    "months": _months,
    "note": _note,
    "pay": pay_facts,
    "phone": _phone,
    "place": _place,
    "programme": _programme,
    "proof": _list("proof", commas=True),
    "quantity": _quantity,
    "research_type": _choice("research_type"),
    "shift": _choice("shift"),
    "skill": skills.skills_in,
    "visited_on": _day("visited_on"),
    "visitor": _person("visitor"),
}
