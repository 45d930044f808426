"""A paper as its pages show it: the source cut where facts stand, the parts as tabs, kept facts in rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.apps.papers.models import PartState
from chanjiao.apps.papers.rules import FIELD_WORDS, Draft, fact_lines
from chanjiao.apps.papers.selectors import PaperView
from chanjiao.engines.text.papers import Fact, Paper
from chanjiao.interfaces.web.lit import Mark, Piece, pieces


@dataclass(frozen=True, slots=True)
class PartTab:
    """One part above the form."""

    label: str
    url: str
    here: bool
    state: str
    state_words: object


@dataclass(frozen=True, slots=True)
class FactRow:
    """The facts of one field of a kept paper."""

    name: str
    label: str
    facts: tuple[Fact, ...]


def tabs_of(view: PaperView, number: int) -> list[PartTab]:
    """Every part with its title and what became of it."""
    return [
        PartTab(
            label=_title(view.reading, row.number),
            url=reverse("papers:part", args=[view.id, row.number]),
            here=row.number == number,
            state=row.state,
            state_words=PartState(row.state).label,
        )
        for row in view.parts
    ]


def _title(paper: Paper, number: int) -> str:
    part = paper.parts[number]
    told, count = part.first("title") or part.first("programme"), part.first("quantity")
    if told is None:
        return _("Part %(number)d") % {"number": number + 1}
    return str(told.value)[:20] + (f" · {count.value}" if count else "")


def draft_pieces(paper: Paper, draft: Draft) -> list[Piece]:
    """The source cut where the fields of the form were read."""
    marks = [Mark(name, one.spans, name) for name, one in draft.filled.items() if one.spans]
    for name, ones in draft.proposals.items():
        if name not in draft.filled:
            marks.append(Mark(name, tuple(dict.fromkeys(one.span for one in ones)), name))
    return pieces(paper.text, marks)


def fact_rows(paper: Paper) -> list[FactRow]:
    """The facts of a kept paper."""
    lines = (line for number in range(len(paper.parts)) for line in fact_lines(paper.whole(number)))
    return [FactRow(field, _(FIELD_WORDS[field]), facts) for field, facts in lines]


def fact_pieces(paper: Paper) -> list[Piece]:
    """The source cut where the facts of a kept paper stand."""
    return pieces(paper.text, [Mark(row.name, _spans(row.facts), row.name) for row in fact_rows(paper)])


def _spans(facts: Iterable[Fact]) -> tuple[tuple[int, int], ...]:
    return tuple(fact.span for fact in facts if fact.span[1])
