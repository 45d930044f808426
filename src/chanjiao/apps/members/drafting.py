"""From what the text engine extracts to a sheet of facts that people correct."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from chanjiao.apps.members.facts import SLOTS, FactKind, FactSheet, Value
from chanjiao.apps.members.naming import SHORTEST, short_forms
from chanjiao.apps.members.rules import plain_text
from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.text import extract_repaired, repair
from chanjiao.engines.text.asked import Ask, with_model
from chanjiao.engines.text.facts import Extraction, Organisation, Requirement, Span

ORGANS = ("指导委员会", "理事会", "秘书处")
"""Organs of a consortium are no organisations of their own."""

ZONES = ("开发区", "经开区", "高新区", "园区")
"""A zone's name before a zone's name is its neighbour in a list and no place."""

TEXT_LIMIT = 200_000
"""Characters of a document that are read; a founding story has some thousands."""

UNSURE = 0.5
"""Confidence of what the text does not say itself and we concluded."""


def read_text(original: str, ask: Ask | None = None) -> tuple[Extraction, FactSheet]:
    """What the text tells, repaired, and its facts; `founding.no_consortium` where it founds nothing.

    Where a larger model is given it is asked too, and the sheet's notes say so.
    `founding.too_long` beyond `TEXT_LIMIT` characters.
    """
    if len(original) > TEXT_LIMIT:
        raise ChanjiaoError("founding.too_long", limit=TEXT_LIMIT)
    extraction = extract_repaired(repair(original).text)
    if not extraction.consortia:
        raise ChanjiaoError("founding.no_consortium")
    if ask is None:
        return extraction, fact_sheet(extraction)
    extraction = with_model(extraction, ask)
    answered = bool(extraction.model and extraction.model["answered"])
    return extraction, replace(fact_sheet(extraction), notes=("model_answered" if answered else "model_failed",))


def fact_sheet(extraction: Extraction) -> FactSheet:
    """The facts of an extraction in the order in which they are shown, cut to what can be stored."""
    sheet = FactSheet()
    for kind, values, spans, confidence in _facts(extraction):
        sheet = sheet.with_fact(kind, _fitting(kind, values), spans=spans, confidence=round(confidence, 2))
    return sheet


_WIDE = {",": "，", ";": "；", ":": "："}
_NARROW = re.compile(r"(?<=[\u4e00-\u9fff”》])[,;:](?=[\u4e00-\u9fff“《])")

_Row = tuple[FactKind, dict[str, Value], Iterable[Span], float]


def _facts(extraction: Extraction) -> Iterable[_Row]:
    led, aliases = _led_consortia(extraction), {body.name: body.aliases for body in extraction.organisations}
    for one in extraction.consortia:
        values: dict[str, Value] = {
            "name": one.name, "kind": one.kind, "park": one.park, "founding_document": one.founding_document,
            "aliases": aliases.get(one.name, ()),
        }  # fmt: skip
        yield FactKind.CONSORTIUM, values, one.spans, one.confidence
    for body in extraction.organisations:
        if body.type != "consortium" and not body.name.endswith(ORGANS) and not _is_told_fully(body, extraction):
            yield _organisation(body, led.get(body.name, ()))
    for person in extraction.people:
        values = {
            "name": person.name, "organisation": person.org, "title": person.title, "actions": person.actions
        }  # fmt: skip
        yield FactKind.PERSON, values, person.spans, person.confidence
    event = extraction.event
    if event.name or event.date:
        count = str(event.attendance or "")
        values = {"name": event.name or event.date, "date": event.date, "place": event.place, "attendance": count}
        yield FactKind.EVENT, values, event.spans, event.confidence
    for document in extraction.documents:
        values = {"title": document.title, "action": document.action, "read_by": document.read_by}
        yield FactKind.DOCUMENT, values, document.spans, document.confidence
    for requirement in extraction.requirements:
        yield from _goals(extraction.text, requirement)
    for credit in extraction.credits:
        for name in credit.names:
            yield FactKind.CREDIT, {"name": name, "label": credit.role}, credit.spans, credit.confidence


def _organisation(body: Organisation, consortia: tuple[str, ...]) -> _Row:
    name = _with_place(body)
    aliases = tuple(alias for alias in (body.name, *body.aliases) if alias != name)
    values: dict[str, Value] = {
        "name": name, "type": body.type, "roles": body.roles, "aliases": aliases, "consortia": consortia
    }  # fmt: skip
    return FactKind.ORGANISATION, values, body.spans, min(body.confidence, UNSURE) if consortia else body.confidence


def _is_told_fully(body: Organisation, extraction: Extraction) -> bool:
    """Whether a zone without its place (高新区) is one that the text names in full elsewhere."""
    bare = body.name.removeprefix("市")
    if body.type != "park" or len(bare) >= SHORTEST:
        return False
    others = (other for other in extraction.organisations if other.type == "park" and other is not body)
    return any(form.endswith(bare) for other in others for form in (other.name, *short_forms(other.name)))


def _with_place(body: Organisation) -> str:
    """The longest form that only puts a place before the name: a directory holds 澄浦市发改委, not 发改委."""
    forms = [form for form in body.aliases if form.endswith(body.name)]
    placed = [form for form in forms if not form.removesuffix(body.name).endswith(ZONES)]
    return max((body.name, *placed), key=len)


def _led_consortia(extraction: Extraction) -> dict[str, tuple[str, ...]]:
    """Several lead enterprises and as many consortia: each leads one, in the order of the text (分别)."""
    founded = [one.name for one in extraction.consortia if one.kind != "group"]
    leads = [body for body in extraction.organisations if "lead_enterprise" in body.roles]
    if len(leads) != len(founded) or len(founded) == 1:
        return {}
    return {body.name: (name,) for body, name in zip(leads, founded, strict=True)}


def _goals(text: str, requirement: Requirement) -> Iterable[_Row]:
    for item in requirement.items:
        values: dict[str, Value] = {"text": typeset(item), "kind": requirement.kind, "by": requirement.by}
        yield FactKind.GOAL, values, _spans_of_item(text, item, requirement.spans), requirement.confidence


def typeset(text: str) -> str:
    """The text with full-width commas and semicolons between Chinese characters, where a crawl left narrow ones.

    >>> typeset("精准对接,提高深度")
    '精准对接，提高深度'
    """
    return _NARROW.sub(lambda mark: _WIDE[mark[0]], text)


def _spans_of_item(text: str, item: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where one item stands within its requirement; the whole requirement where its words were joined anew."""
    for start, end in spans or ((0, len(text)),):
        place = text.find(item, start, end)
        if place >= 0:
            return ((place, place + len(item)),)
    return spans


def _fitting(kind: FactKind, values: dict[str, Value]) -> dict[str, Value]:
    cut: dict[str, Value] = {}
    for slot in SLOTS[kind]:
        value = values.get(slot.name, ())
        parts = [plain_text(part)[: slot.longest] for part in ([value] if isinstance(value, str) else value)]
        known = [part for part in parts if part and (not slot.choices or part in slot.choices)]
        cut[slot.name] = tuple(dict.fromkeys(known)) if slot.many else (known[0] if known else "")
    return cut
