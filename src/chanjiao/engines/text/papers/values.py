"""What a paper says, as frozen values: facts with their spans, gathered in parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from chanjiao.engines.text.facts import Span

Value = str | int | float | bool


class PaperKind(StrEnum):
    """What kind of document a text is."""

    JOB_ADVERTISEMENT = "job_advertisement"
    VISIT_REPORT = "visit_report"
    TECHNICAL_PROBLEM = "technical_problem"
    COURSE_OUTLINE = "course_outline"
    POLICY_NOTICE = "policy_notice"
    STORY = "story"
    OTHER = "other"


READ_KINDS = tuple(kind for kind in PaperKind if kind not in (PaperKind.STORY, PaperKind.OTHER))
"""The kinds that are read into facts; a story is read by `extract`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `value` typed, `span` its words in the text ((0, 0) where it was concluded), confidence in [0, 1].

    `source` says who read it: `rules`, or `model` where a larger model was asked.
    """

    field: str
    value: Value
    span: Span
    confidence: float = 1.0
    source: str = "rules"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A national code proposed for a part: for which words, in which place, how alike in [0, 1].

    `is_sure` holds for at most one proposal of a system: its name or another name of it stands in the text.
    """

    system: str
    code: str
    name: str
    rank: int
    score: float
    span: Span
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One post, one line of a visit, one problem, one course, one notice."""

    facts: tuple[Fact, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    def all(self, field: str) -> tuple[Fact, ...]:
        """The facts of one field, in the order of the text."""
        return tuple(fact for fact in self.facts if fact.field == field)

    def first(self, field: str) -> Fact | None:
        """The first fact of a field."""
        return next((fact for fact in self.facts if fact.field == field), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that speak for the kind of the document."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Paper:
    """A document read: its kind with the words that say so, what holds for all parts, and the parts."""

    text: str
    kind: PaperKind
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    common: tuple[Fact, ...] = ()
    parts: tuple[Part, ...] = ()

    def whole(self, number: int) -> Part:
        """A part with the common facts that it does not overrule."""
        part = self.parts[number]
        own = {fact.field for fact in part.facts}
        return replace(part, facts=(*part.facts, *(fact for fact in self.common if fact.field not in own)))

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span[0] : span[1]]

    def as_contract(self) -> dict[str, object]:
        """The object of the file contract, ready for JSON."""
        return {
            "text": self.text,
            "kind": self.kind.value,
            "confidence": round(self.confidence, 2),
            "evidence": [{"words": one.words, "span": list(one.span)} for one in self.evidence],
            "common": [self._fact(fact) for fact in self.common],
            "parts": [
                {
                    "facts": [self._fact(fact) for fact in part.facts],
                    "codes": [self._proposal(one) for one in part.proposals],
                }
                for part in self.parts
            ],
        }

    def _fact(self, fact: Fact) -> dict[str, object]:
        return {
            "field": fact.field,
            "value": fact.value,
            "words": self.words(fact.span),
            "span": list(fact.span),
            "confidence": round(fact.confidence, 2),
            "source": fact.source,
        }

    def _proposal(self, one: Proposal) -> dict[str, object]:
        return {
            "system": one.system,
            "code": one.code,
            "name": one.name,
            "rank": one.rank,
            "score": round(one.score, 3),
            "words": self.words(one.span),
            "span": list(one.span),
            "sure": one.is_sure,
        }
