"""Forms of founding: a document, one fact, the acceptance."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.facts import SLOTS, Fact, FactKind, Slot, Value
from chanjiao.apps.members.rules import DEFAULT_TERM_YEARS
from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.web.founding.words import SLOT_HELP, SLOT_WORDS, choice_words

LONGEST_TERM = 20


class DocumentForm(forms.Form):
    """A document, pasted or as a file."""

    text = forms.CharField(
        label=_("Paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("A founding notice or a news story, damaged or clean"),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf,.xlsx,.html,.htm,text/plain"}),
        help_text=_("Text, Word (docx), Excel (xlsx), PDF with text or a web page, up to 10 MB"),
    )

    def content(self, limit: int) -> tuple[bytes | str, str]:
        """What to read, with its name; an upload beyond `limit` is refused before it is read."""
        text, file = self.cleaned_data["text"], self.cleaned_data["file"]
        if text.strip() and file:
            raise ChanjiaoError("founding.two_documents", field="file")
        if file:
            if file.size > limit:
                raise ChanjiaoError("text.too_large", field="file", size=file.size, limit=limit)
            return file.read(), file.name
        if not text.strip():
            raise ChanjiaoError("founding.no_document", field="text")
        return text, ""


class AcceptForm(forms.Form):
    """The term that memberships get."""

    term_years = forms.IntegerField(
        label=_("Term of the memberships"), min_value=1, max_value=LONGEST_TERM, initial=DEFAULT_TERM_YEARS
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class FactForm(forms.Form):
    """One fact: a field for each slot of its kind; several values stand one a line."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: object, kind: FactKind, names: Iterable[str] = (), fact: Fact | None = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.kind = kind
        for slot in SLOTS[kind]:
            self.fields[slot.name] = _field(kind, slot)
            if fact is not None:
                self.initial[slot.name] = _initial(slot, fact)

    def values(self) -> dict[str, Value]:
        """What was typed, by slot."""
        return {slot.name: self._value(slot) for slot in SLOTS[self.kind]}

    def _value(self, slot: Slot) -> Value:
        typed = self.cleaned_data[slot.name]
        if not slot.many:
            return str(typed)
        return tuple(typed) if slot.choices else tuple(re.split(r"[\n、；;]+", typed))


def _field(kind: FactKind, slot: Slot) -> forms.Field:
    words: dict[str, Any] = {
        "label": SLOT_WORDS[slot.name],
        "required": slot.required,
        "help_text": SLOT_HELP.get(slot.name, ""),
    }
    if slot.choices:
        choices = choice_words(kind, slot)
        if slot.many:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **words)
        return forms.ChoiceField(choices=choices, **words)
    if slot.many:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, **words)
    return forms.CharField(max_length=slot.longest, **words)


def _initial(slot: Slot, fact: Fact) -> object:
    if not slot.many:
        return fact.one(slot.name)
    return list(fact.many(slot.name)) if slot.choices else "\n".join(fact.many(slot.name))
