"""The text engine: bytes into text, damaged text into sound text, a story into facts; see docs/algorithms/text.md."""

from __future__ import annotations

from chanjiao.engines.text.damage import damage
from chanjiao.engines.text.decode import SIZE_LIMIT, decode
from chanjiao.engines.text.extract import extract, extract_repaired
from chanjiao.engines.text.facts import (
    Consortium,
    Credit,
    Document,
    Event,
    Extraction,
    Organisation,
    Person,
    Requirement,
)
from chanjiao.engines.text.repair import Change, Repaired, repair

__all__ = [
    "SIZE_LIMIT",
    "Change",
    "Consortium",
    "Credit",
    "Document",
    "Event",
    "Extraction",
    "Organisation",
    "Person",
    "Repaired",
    "Requirement",
    "damage",
    "decode",
    "extract",
    "extract_repaired",
    "repair",
]
