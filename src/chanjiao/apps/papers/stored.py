"""A reading in JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chanjiao.engines.text.papers import Fact, Paper, PaperKind, Part, Proposal
from chanjiao.engines.text.papers.values import Evidence


def to_json(paper: Paper) -> dict[str, Any]:
    """What is stored of a reading: all but the text, which the document holds."""
    stored = dict(paper.as_contract())
    del stored["text"]
    return stored


def from_json(text: str, stored: Mapping[str, Any]) -> Paper:
    """The reading that `to_json` wrote."""
    return Paper(
        text=text,
        kind=PaperKind(stored["kind"]),
        confidence=stored["confidence"],
        evidence=tuple(Evidence(one["words"], tuple(one["span"])) for one in stored["evidence"]),
        common=tuple(map(_fact, stored["common"])),
        parts=tuple(
            Part(tuple(map(_fact, one["facts"])), tuple(map(_proposal, one["codes"]))) for one in stored["parts"]
        ),
    )


def _fact(one: Mapping[str, Any]) -> Fact:
    return Fact(one["field"], one["value"], tuple(one["span"]), one["confidence"], one["source"])


def _proposal(one: Mapping[str, Any]) -> Proposal:
    return Proposal(
        system=one["system"],
        code=one["code"],
        name=one["name"],
        rank=one["rank"],
        score=one["score"],
        span=tuple(one["span"]),
        is_sure=one["sure"],
    )
