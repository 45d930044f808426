"""Forms of papers: the document, and a part of it as a listing whose fields know the words they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.exchange.places import Place
from chanjiao.apps.papers.models import PaperKind
from chanjiao.apps.papers.rules import Draft
from chanjiao.engines.text.papers import READ_KINDS, Paper, Proposal
from chanjiao.interfaces.web.exchange.forms import ListingForm
from chanjiao.interfaces.web.founding.forms import DocumentForm
from chanjiao.interfaces.web.founding.shown import TONES
from chanjiao.interfaces.web.founding.words import CERTAINTY_WORDS

KINDS = [("", _("Tell by its words")), *((kind.value, PaperKind(kind.value).label) for kind in READ_KINDS)]


class PaperForm(DocumentForm):
    """A document to be read into drafts."""

    kind = forms.ChoiceField(label=_("Kind of document"), required=False, choices=KINDS)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].help_text = _(
            "A job advertisement, visit report, technical problem, course outline or policy notice, or an e-mail"
        )


@dataclass(frozen=True, slots=True)
class Read:
    """Under a field of the form: the words it was filled from, how sure, and the codes to choose from."""

    name: str
    words: str
    tone: str
    certainty: object
    proposals: tuple[Proposal, ...] = ()


class PartForm(ListingForm):
    """A part of a paper as a listing; `read` of a field says where its value came from."""

    def __init__(
        self, *args: Any, paper: Paper, draft_read: Draft, places: Sequence[Place], draft: bool, **kwargs: Any
    ) -> None:
        super().__init__(
            *args,
            side=draft_read.side,
            kind=draft_read.kind,
            places=places,
            draft=draft,
            **kwargs,
        )
        self.places = tuple(places)
        for name, field in self.fields.items():
            field.read = _read(name, paper, draft_read)  # type: ignore[attr-defined]


def _read(name: str, paper: Paper, draft: Draft) -> Read | None:
    filled, proposals = draft.filled.get(name), draft.proposals.get(name, ())
    if filled is None and not proposals:
        return None
    spans = filled.spans if filled else tuple(dict.fromkeys(one.span for one in proposals))
    words = "、".join(dict.fromkeys(paper.words(span) for span in spans))
    certainty = filled.certainty if filled else "check"
    # A sole code that is filled in already leaves no choice to offer.
    choices = () if filled and len(proposals) == 1 else proposals
    return Read(name, words, TONES[certainty], CERTAINTY_WORDS[certainty], choices)
