"""A founding draft as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chanjiao.apps.members import fact_words
from chanjiao.apps.members.facts import SLOTS, Fact, FactKind, FactSheet
from chanjiao.apps.members.plan import Plan, founding_date, measure_of
from chanjiao.core.words import translate
from chanjiao.engines.words import N_


def say(words: str, language: str) -> str:
    """`words` in `language`; called so that the catalogue finds them."""
    return translate(words, language)


OUTCOME_WORDS = {
    "consortia": fact_words.KIND_WORDS[FactKind.CONSORTIUM],
    "organisations": fact_words.KIND_WORDS[FactKind.ORGANISATION],
    "memberships": N_("Memberships"),
    "posts": N_("Posts of people"),
    "goals": N_("Goals"),
}


PLAIN_SLOTS = ("organisation", "title", "by", "label", "date")
"""Values that speak for themselves."""


def draft_lines(sheet: FactSheet, planned: Plan, language: str) -> Iterator[str]:
    """The facts by kind, then the memberships that follow from them, in words of `language`."""
    for kind in FactKind:
        facts = sheet.of(kind)
        if facts:
            yield f"{translate(fact_words.KIND_WORDS[kind], language)} ({len(facts)})"
            for fact in facts:
                yield f"  {_line(fact, language)}"
    day = founding_date(sheet)
    if day is not None:
        yield f"{say('Founded on', language)}: {day.isoformat()}"
    yield f"{say('Memberships', language)} ({len(planned.memberships)})"
    for one in planned.consortia:
        yield f"  {one.name}"
        yield from _members(planned, one.name, language)
    if planned.unplaced:
        names = "、".join(planned.unplaced)
        yield say("Without an organisation, so not entered: %(names)s", language) % {"names": names}


def outcome_lines(outcome: Mapping[str, Mapping[str, Sequence[str]]], language: str) -> list[str]:
    """What an accepted founding made and what was there already, a line a kind."""
    words = say("{kind}: {made} new, {known} known already", language)
    return [
        words.format(
            kind=translate(label, language), made=len(outcome["made"][kind]), known=len(outcome["known"][kind])
        )
        for kind, label in OUTCOME_WORDS.items()
    ]


def _members(planned: Plan, consortium: str, language: str) -> Iterator[str]:
    roles: dict[str, list[str]] = {}
    for one in planned.memberships:
        if one.consortium == consortium:
            office = translate(fact_words.OFFICE_WORDS[one.office], language) if one.office else ""
            roles.setdefault(one.role, []).append(f"{one.organisation} ({office})" if office else one.organisation)
    for role, names in roles.items():
        yield f"    {translate(fact_words.ROLE_WORDS[role], language)}: {'、'.join(names)}"


def _line(fact: Fact, language: str) -> str:
    parts = [fact.title]
    for slot in SLOTS[fact.kind][1:]:
        values = fact.many(slot.name)
        words = fact_words.CHOICE_WORDS.get((fact.kind, slot.name), {})
        if values:
            shown = "、".join(translate(words[value], language) if value in words else value for value in values)
            is_plain = slot.choices or slot.name in PLAIN_SLOTS
            parts.append(shown if is_plain else f"{translate(fact_words.SLOT_WORDS[slot.name], language)}: {shown}")
    if fact.kind is FactKind.GOAL and fact.one("kind") == "hope" and measure_of(fact.title):
        parts.append(translate(fact_words.MEASURE_WORDS[measure_of(fact.title)], language))
    if fact.certainty == "check":
        parts.append(f"[{translate(fact_words.CERTAINTY_WORDS['check'], language)}]")
    return " · ".join(parts)
