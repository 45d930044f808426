"""How alike two short texts are, with the words behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from chanjiao.engines.matching.items import Evidence
from chanjiao.engines.matching.letters import grams, normalised
from chanjiao.engines.matching.postings import summed


@dataclass(frozen=True, slots=True)
class Similarity:
    """A likeness in [0, 1] and what stands behind it."""

    value: float
    evidence: tuple[Evidence, ...] = ()


def similarity(one: str, other: str) -> Similarity:
    """The likeness of two texts: 1 for equal ones, 0 where nothing is shared.

    >>> similarity("数控车床操作工", "数控车工").evidence[0].need
    '数控车'
    """
    left, right = _vector(one), _vector(other)
    value = sum(weight * right.get(feature, 0.0) for feature, weight in left.items())
    words = shared_words(one, other) if value > 0 else ()
    return Similarity(min(1.0, value), tuple(Evidence("word", word, word, round(min(1.0, value), 4)) for word in words))


@lru_cache(maxsize=20_000)
def _vector(text: str) -> dict[int, float]:
    bags = summed(*grams([text]), 1)
    features, weights = bags.of(0)
    weights = np.sqrt(weights)
    length = float(np.sqrt((weights**2).sum())) or 1.0
    return dict(zip(features.tolist(), (weights / length).tolist(), strict=True))


@lru_cache(maxsize=50_000)
def shared_words(one: str, other: str, most: int = 4) -> tuple[str, ...]:
    """The longest stretches of at least two characters that stand in both texts, longest first.

    >>> shared_words("新能源汽车维修工", "汽车维修（新能源方向）")
    ('汽车维修', '新能源')
    """
    left, right = normalised(one)[:400], normalised(other)[:2000]
    found: list[str] = []
    taken = [False] * len(left)
    for size in range(min(len(left), 12), 1, -1):
        for start in range(len(left) - size + 1):
            piece = left[start : start + size]
            if any(taken[start : start + size]) or piece != piece.strip() or not _whole(piece, left, right):
                continue
            found.append(piece)
            taken[start : start + size] = [True] * size
            if len(found) == most:
                return tuple(found)
    return tuple(found)


def _whole(piece: str, left: str, right: str) -> bool:
    """Whether the piece stands in the other text, and as whole words where it is written in letters."""
    if piece.isascii():
        return f" {piece} " in f" {right} " and f" {piece} " in f" {left} "
    return piece in right
