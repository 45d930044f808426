"""A founding as the page shows it: the source cut at the facts' spans, and the facts in cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from chanjiao.apps.members.facts import SLOTS, Fact, FactKind, FactSheet
from chanjiao.interfaces.web.founding.words import CERTAINTY_WORDS, KIND_WORDS, SLOT_WORDS, Words, value_words

TONES = {"sure": "done", "likely": "", "check": "waits", "person": "live"}
TITLE_SLOTS = {kind: slots[0].name for kind, slots in SLOTS.items()}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source; `facts` are the ids of the facts that stand there, `kind` that of the narrowest."""

    text: str
    facts: str
    kind: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a fact in words."""

    label: Words
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """A fact as shown."""

    id: str
    kind: str
    title: str
    rows: tuple[Row, ...]
    tags: tuple[Words, ...]
    certainty: str
    certainty_words: Words
    tone: str
    has_span: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The facts of one kind."""

    kind: str
    label: Words
    cards: tuple[Card, ...]
    to_check: int


def pieces(text: str, facts: Iterable[Fact]) -> list[Piece]:
    """The text cut wherever a span begins or ends, each piece with the facts that hold it; nothing is lost."""
    listed = list(facts)
    cuts = {0, len(text)}
    for fact in listed:
        for start, end in fact.spans:
            cuts |= {min(start, len(text)), min(end, len(text))}
    places = sorted(cuts)
    seen: set[str] = set()
    found = []
    for start, end in pairwise(places):
        here = sorted((fact for fact in listed if _holds(fact, start, end)), key=lambda fact: _width(fact, start))
        new = [fact.id for fact in here if fact.id not in seen]
        seen.update(new)
        kind = here[0].kind.value if here else ""
        anchor = f"span-{new[0]}" if new else ""
        found.append(Piece(text[start:end], " ".join(fact.id for fact in here), kind, anchor))
    return found


def sections(sheet: FactSheet) -> list[Section]:
    """Every kind with its cards, in the order of kinds."""
    shown = []
    for kind in FactKind:
        cards = tuple(card(fact) for fact in sheet.of(kind))
        to_check = sum(1 for one in cards if one.certainty == "check")
        shown.append(Section(kind.value, KIND_WORDS[kind], cards, to_check))
    return shown


def card(fact: Fact) -> Card:
    """A fact in words: kinds and roles as tags, the rest as rows."""
    rows, tags = [], []
    for slot in SLOTS[fact.kind]:
        if slot.name == TITLE_SLOTS[fact.kind] or not fact.many(slot.name):
            continue
        words = [value_words(fact.kind, slot.name, value) for value in fact.many(slot.name)]
        if slot.choices:
            tags.extend(words)
        else:
            rows.append(Row(SLOT_WORDS[slot.name], "、".join(str(word) for word in words)))
    return Card(
        id=fact.id,
        kind=fact.kind.value,
        title=fact.title,
        rows=tuple(rows),
        tags=tuple(tags),
        certainty=fact.certainty,
        certainty_words=CERTAINTY_WORDS[fact.certainty],
        tone=TONES[fact.certainty],
        has_span=bool(fact.spans),
    )


def _holds(fact: Fact, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in fact.spans)


def _width(fact: Fact, place: int) -> int:
    return min(last - first for first, last in fact.spans if first <= place < last)
