"""How well repair undoes each damage: character errors against the text as it was."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from chanjiao.engines.text.damage import STYLES, damage
from chanjiao.engines.text.repair import repair


def character_errors(texts: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Style → (errors after repair, characters), over all texts; `clean` counts changes to undamaged texts.

    >>> character_errors(["产教融合成立大会"])["annotated"]
    (0, 8)
    """
    known = list(texts)
    counts = {"clean": (sum(repair(text).text != text for text in known), len(known))}
    for style in STYLES:
        wrong = sum(
            _distance(text, repair(damage(text, seed=seed, style=style)).text) for seed, text in enumerate(known)
        )
        counts[style] = (wrong, sum(len(text) for text in known))
    return counts


def _distance(wanted: str, found: str) -> int:
    return int(Levenshtein.distance(wanted, found))
