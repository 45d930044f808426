"""A founding as the page shows it: the source cut at the facts' spans, and the facts in cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chanjiao.apps.members.facts import SLOTS, Fact, FactKind, FactSheet
from chanjiao.interfaces.web.founding.words import CERTAINTY_WORDS, KIND_WORDS, SLOT_WORDS, Words, value_words
from chanjiao.interfaces.web.lit import Mark, Piece, pieces
from chanjiao.interfaces.web.wording import listed

TONES = {"sure": "done", "likely": "", "check": "waits", "person": "live"}
TITLE_SLOTS = {kind: slots[0].name for kind, slots in SLOTS.items()}


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


@dataclass(frozen=True, slots=True)
class Section:
    """The facts of one kind."""

    kind: str
    label: Words
    cards: tuple[Card, ...]
    to_check: int


def source_pieces(text: str, facts: Iterable[Fact]) -> list[Piece]:
    """The text cut where facts begin and end."""
    return pieces(text, (Mark(fact.id, fact.spans, fact.kind.value) for fact in facts))


def in_order(sheet: FactSheet) -> list[Fact]:
    """The facts as the board lists them."""
    return [fact for kind in FactKind for fact in sheet.of(kind)]


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
            rows.append(Row(SLOT_WORDS[slot.name], listed(str(word) for word in words)))
    return Card(
        id=fact.id,
        kind=fact.kind.value,
        title=fact.title,
        rows=tuple(rows),
        tags=tuple(tags),
        certainty=fact.certainty,
        certainty_words=CERTAINTY_WORDS[fact.certainty],
        tone=TONES[fact.certainty],
    )
