"""The mark for words that readers see. Translating them is the interfaces' work."""

from __future__ import annotations


def N_(words: str) -> str:  # noqa: N802  (the usual name of a marker for message extraction)
    """The words, unchanged; the message catalogue gathers what is marked so."""
    return words
