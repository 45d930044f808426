"""Matching in three stages: hard conditions, retrieval, ranking; each can be replaced."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import fsum
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.matching.conditions import CONDITIONS, Condition
from chanjiao.engines.matching.factors import MEASURES, Strength, texts_of
from chanjiao.engines.matching.index import Index, positions
from chanjiao.engines.matching.items import Factor, Gap, Item, MatchResult, Options, Pair
from chanjiao.engines.matching.likeness import encode_ahead
from chanjiao.engines.matching.weights import STANDARD

ENGINE_ID = "chanjiao.matching"
UNTOLD = frozenset({"wishes", "replies"})  # factors that nobody is asked to raise by filling in
ENGINE_VERSION = "0.1.0"


class Retriever(Protocol):
    """Brings the likeliest items of an index to one item of the other side."""

    def retrieve(self, item: Item, index: Index, permitted: NDArray[np.bool_], count: int) -> Sequence[int]:
        """At most `count` places in the index, all permitted, best first; ties by place."""


class Ranker(Protocol):
    """Scores one pair in factors."""

    def score(self, need: Item, offer: Item) -> float:
        """The score alone: exactly the sum of the factors' values."""

    def factors(self, need: Item, offer: Item) -> tuple[tuple[Factor, ...], tuple[Gap, ...]]:
        """The factors whose values add up to the score, and what holds it down."""


class SparseRetriever:
    """Retrieval by the cosines of titles, texts and codes."""

    def retrieve(self, item: Item, index: Index, permitted: NDArray[np.bool_], count: int) -> Sequence[int]:
        """At most `count` permitted places by falling score; without any likeness the first places."""
        return index.nearest(item, permitted, count)


class FactorRanker:
    """Ranking by weighted factors: what is unknown adds nothing and is named as missing."""

    def __init__(self, options: Options) -> None:
        weights = options.weights or STANDARD
        self._shares = dict(weights.by_kind)

    def score(self, need: Item, offer: Item) -> float:
        """The sum of the factors' values, without their evidence."""
        shares = self._shares.get(need.kind, ())
        strengths = [(weight, MEASURES[code](need, offer, False).value) for code, weight in shares]
        return fsum([weight * _bounded(value) for weight, value in strengths if value])

    def factors(self, need: Item, offer: Item) -> tuple[tuple[Factor, ...], tuple[Gap, ...]]:
        """The factors of one pair by falling value, and its gaps by falling gain."""
        found: list[Factor] = []
        gaps: list[Gap] = []
        for code, weight in self._shares.get(need.kind, ()):
            strength = MEASURES[code](need, offer, True)
            value = _bounded(strength.value)
            if value > 0:
                found.append(Factor(code, weight * value, weight, value, strength.evidence))
            gaps += _gaps(code, weight, strength)
        found.sort(key=lambda one: (-one.value, one.code))
        gaps.sort(key=lambda one: (-one.gain, one.factor))
        return tuple(found), tuple(gaps)


def _bounded(value: float) -> float:
    return min(1.0, max(0.0, value))


def _gaps(code: str, weight: float, strength: Strength) -> list[Gap]:
    gain = weight * (1.0 - min(1.0, strength.value))
    if code in UNTOLD or gain < 0.005:
        return []
    side: Literal["need", "offer", "both"] = strength.unsaid or "both"
    if strength.unsaid:
        return [Gap("missing", code, side, gain)]
    if strength.unmet:
        return [Gap("skills", code, "offer", gain, (("names", "、".join(strength.unmet)),))]
    return [Gap("short", code, side, gain)] if gain >= 0.03 else []


@dataclass(frozen=True, slots=True)
class Stages:
    """The three stages of a run."""

    conditions: tuple[Condition, ...] = CONDITIONS
    retriever: Retriever | None = None
    ranker: Ranker | None = None


def match(
    needs: Iterable[Item],
    offers: Iterable[Item],
    *,
    top: int = 10,
    options: Options | None = None,
    stages: Stages | None = None,
) -> MatchResult:
    """The best offers of every need: at most `top` each, every pair keeping the hard conditions, best first.

    Deterministic; ties by id of the offer. Repeated ids within a side are an `matching.duplicate_id` error.

    >>> result = match([Item("n1", "need", "post", "挖掘机司机")],
    ...                [Item("o1", "offer", "post", "挖掘机操作工（工程机械专业）"),
    ...                 Item("o2", "offer", "product", "挖掘机")])
    >>> [(pair.need, pair.offer, pair.rank) for pair in result.pairs], result.refused
    ([('n1', 'o1', 1)], (('kind', 1),))
    """
    options = options or Options()
    asked = sorted(_still_open(needs, options), key=lambda item: item.id)
    given = sorted(_still_open(offers, options), key=lambda item: item.id)
    positions(asked)
    index = Index(given)
    found = [match_one(need, index, top=top, options=options, stages=stages) for need in asked]
    refused: Counter[str] = Counter()
    for need in asked:
        refused.update(_refused(need, index, stages or Stages()))
    return MatchResult(
        ENGINE_ID,
        ENGINE_VERSION,
        problem_hash(asked, given, top=top, options=options),
        options,
        tuple(pair for pairs in found for pair in pairs),
        tuple(sorted(refused.items())),
    )


def _still_open(items: Iterable[Item], options: Options) -> list[Item]:
    today = options.today
    return [item for item in items if today is None or item.open_until is None or item.open_until >= today]


def _refused(need: Item, index: Index, stages: Stages) -> Counter[str]:
    left = np.ones(len(index), np.bool_)
    counted: Counter[str] = Counter()
    for condition in stages.conditions:
        kept = index.keeps(need, condition)
        refused = int((left & ~kept).sum())
        if refused:
            counted[condition.name] = refused
        left &= kept
    return counted


def match_one(
    item: Item, index: Index, *, top: int = 10, options: Options | None = None, stages: Stages | None = None
) -> tuple[Pair, ...]:
    """The best pairs of one need or offer with the items of an index of the other side, best first."""
    options, stages = options or Options(), stages or Stages()
    permitted = index.permitted(item, stages.conditions)
    if not permitted.any():
        return ()
    if not options.personalised:
        return _neutral(item, index, permitted, top)
    retriever = stages.retriever or SparseRetriever()
    ranker = stages.ranker or FactorRanker(options)
    others = [index.recall(place) for place in retriever.retrieve(item, index, permitted, max(top, options.candidates))]
    encode_ahead(text for one in (item, *others) for text in texts_of(one))
    scored = [(ranker.score(*_as_sides(item, other)), other) for other in others]
    kept = [(score, other) for score, other in scored if score >= options.least_score]
    kept.sort(key=lambda pair: (-pair[0], pair[1].id))
    return tuple(_pair(item, other, ranker, rank) for rank, (_, other) in enumerate(kept[:top], start=1))


def _neutral(item: Item, index: Index, permitted: NDArray[np.bool_], top: int) -> tuple[Pair, ...]:
    others = [index.items[place] for place in np.flatnonzero(permitted)[:top]]
    sides = [_as_sides(item, other) for other in others]
    return tuple(Pair(need.id, offer.id, rank, 0.0, ()) for rank, (need, offer) in enumerate(sides, start=1))


def _as_sides(item: Item, other: Item) -> tuple[Item, Item]:
    return (item, other) if item.side == "need" else (other, item)


def _pair(item: Item, other: Item, ranker: Ranker, rank: int) -> Pair:
    need, offer = _as_sides(item, other)
    factors, gaps = ranker.factors(need, offer)
    return Pair(need.id, offer.id, rank, fsum(factor.value for factor in factors), factors, gaps)


def problem_hash(needs: Sequence[Item], offers: Sequence[Item], *, top: int, options: Options) -> str:
    """A SHA-256 of everything that decides the answer; the order of the items does not matter.

    >>> one, two = Item("a", "need", "post", "焊工"), Item("b", "need", "post", "钳工")
    >>> problem_hash([one, two], [], top=5, options=Options()) == problem_hash([two, one], [], top=5, options=Options())
    True
    """
    digest = hashlib.sha256(f"{ENGINE_ID} {ENGINE_VERSION} {top} {options!r}".encode())
    for side in (needs, offers):
        digest.update(b"\x00side")
        for item in sorted(side, key=lambda one: one.id):
            digest.update(repr(tuple(getattr(item, field.name) for field in fields(item))).encode())
    return digest.hexdigest()
