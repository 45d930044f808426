"""Odd forms of ordinary characters: radicals and compatibility ideographs of PDF copies, vertical punctuation."""

from __future__ import annotations

import re
import unicodedata

from chanjiao.engines.text.repair.result import Edit

_ODD = re.compile(
    "[\u2e80-\u2fd5\uf900-\ufad9\ufe10-\ufe19\ufe30-\ufe44\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)
_VERTICAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄",
        "，、。：；！？〖〗…：—（）{}〔〕【】《》〈〉“”‘’",
        strict=True,
    )
)


def odd_forms(text: str) -> list[Edit]:
    """The replacements of odd forms by ordinary ones, and of invisible marks beside ideographs by nothing."""
    if text.isascii() or not _ODD.search(text):
        return []
    edits = []
    for match in _ODD.finditer(text):
        new = _ordinary(match[0])
        if new != match[0]:
            edits.append(Edit(match.start(), match.end(), new, "form", 0.98))
    return edits


def _ordinary(char: str) -> str:
    if char in _VERTICAL:
        return _VERTICAL[char]
    if unicodedata.category(char) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", char)
