"""Words for the facts of a founding document, in the language of the request."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from chanjiao.apps.members import fact_words
from chanjiao.apps.members.facts import FactKind, Slot

Words = str | Promise

KIND_WORDS: dict[FactKind, Words] = {kind: gettext_lazy(words) for kind, words in fact_words.KIND_WORDS.items()}
SLOT_WORDS: dict[str, Words] = {name: gettext_lazy(words) for name, words in fact_words.SLOT_WORDS.items()}
SLOT_HELP: dict[str, Words] = {name: gettext_lazy(words) for name, words in fact_words.SLOT_HELP.items()}
CERTAINTY_WORDS: dict[str, Words] = {name: gettext_lazy(words) for name, words in fact_words.CERTAINTY_WORDS.items()}


def choice_words(kind: FactKind, slot: Slot) -> list[tuple[str, Words]]:
    """The choices of a slot with their words, in the order of the slot."""
    return [(value, value_words(kind, slot.name, value)) for value in slot.choices]


def value_words(kind: FactKind, name: str, value: str) -> Words:
    """A stored value in words; itself where it is free text."""
    words = fact_words.CHOICE_WORDS.get((kind, name), {}).get(value)
    return gettext_lazy(words) if words else value
