"""Every query against every candidate, the best few of each, in memory that does not grow with the pairs.

Texts become one sparse vector each (the three channels side by side, weighted so that a dot product is the score). A
first pass walks inverted lists of each text's strongest features only; a second works out the whole score of what it
brought. With `cut=None` the first pass reads everything and the answer is exact. Either way what shards bring can be
merged: with one rarity for all, `merged` gives exactly the answer of one shard that holds everything. Kernels are
compiled on first use (seconds, kept on disk after), run on every core, and leave the interpreter free.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.matching.letters import BUCKETS, Floats, Ints
from chanjiao.engines.matching.postings import Bags
from chanjiao.engines.matching.rarities import Rarities
from chanjiao.engines.matching.single import OneText
from chanjiao.engines.matching.titles import CHANNELS, Encoded, raw_texts, shares, title_model

STRONGEST = 12
BROUGHT = 64
TILE = 1 << 17  # candidates whose scores are added up together: they fit the second cache
AT_ONCE = 2_000  # queries that a thread works on together
_OFFSETS = {"letters": 0, "synonyms": BUCKETS, "domain": BUCKETS + 4096}
_FEATURES = BUCKETS + 8192
_ROOTS = np.sqrt([shares(False), shares(True)]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Best:
    """The best candidates of each query: places (−1 where there are fewer) and scores, one row a query, best first."""

    places: NDArray[np.int32]
    scores: Floats


@dataclass(frozen=True, slots=True)
class Brought:
    """What the first pass brought for each query, in no order, with whole scores; keys as in `compiled`, 0 for none."""

    keys: Ints
    scores: Floats

    def best(self, top: int) -> Best:
        """The best by whole score, ties by place."""
        from chanjiao.engines.matching import compiled

        shape = (len(self.keys), top)
        places, scores = np.full(shape, -1, np.int32), np.zeros(shape, np.float32)
        compiled.settle(self.keys, self.scores, places, scores)
        return Best(places, scores)


def fused(encoded: Encoded) -> Bags:
    """The three channels as one vector a text, each scaled to the root of its share; dot products are scores."""
    from chanjiao.engines.matching import compiled

    channels = tuple(encoded.channel(name) for name in CHANNELS)
    starts = channels[0].starts + channels[1].starts + channels[2].starts
    feature, weight = np.empty(starts[-1], np.int64), np.empty(starts[-1], np.float32)
    at = starts[:-1].copy()
    for number, (name, one) in enumerate(zip(CHANNELS, channels, strict=True)):
        roots = _ROOTS[encoded.wide.astype(np.int8), number]
        compiled.fuse(one.starts, one.feature, one.weight, _OFFSETS[name], roots, at, feature, weight)
    return Bags(starts, feature, weight)


def strongest(bags: Bags, count: int) -> NDArray[np.bool_]:
    """Which entries are among their bag's `count` heaviest, ties in their order.

    >>> strongest(Bags(np.array([0, 3]), np.array([1, 2, 3]), np.array([0.1, 0.9, 0.5], np.float32)), 2).tolist()
    [False, True, True]
    """
    from chanjiao.engines.matching import compiled

    chosen = np.zeros(len(bags.feature), np.bool_)
    compiled.mark_strongest(bags.starts, bags.weight, count, chosen)
    return chosen


class Shard:
    """Some candidates, ready for any number of queries. Memory: about 1 kB a candidate of a dozen characters."""

    def __init__(self, texts: Sequence[str], *, cut: int | None = STRONGEST, rarity: Rarities | None = None) -> None:
        model, raw = title_model(), raw_texts(texts)
        self.rarity = rarity or model.blended(raw.counts)
        self._one = OneText(self.rarity, np.array([_OFFSETS[name] for name in CHANNELS]), _ROOTS)
        self.size = len(texts)
        self._cut, self._tiles = cut, max(1, -(-self.size // TILE))
        whole = fused(model.weighed(raw, self.rarity))
        self._number = np.zeros(_FEATURES, np.int32)
        self._number[whole.feature] = 1
        known = np.flatnonzero(self._number)
        self._number[known] = np.arange(1, len(known) + 1)
        self._rows = (whole.starts, self._number[whole.feature], whole.weight)
        self._lists = self._listed(whole, len(known))
        self._desks: list[tuple[Floats, Floats]] = []

    def _listed(self, whole: Bags, known: int) -> tuple[Ints, NDArray[np.int32], Floats]:
        """The candidates by tile and feature: where each list starts, places within the tile, weights."""
        kept = np.flatnonzero(strongest(whole, len(whole.feature) if self._cut is None else self._cut))
        owner = whole.owner[kept]
        number = owner // TILE * (known + 1) + self._number[whole.feature[kept]]
        order = np.argsort(number, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(number, minlength=self._tiles * (known + 1)))])
        return starts, (owner[order] % TILE).astype(np.int32), whole.weight[kept][order]

    def best(self, queries: Sequence[str], top: int) -> Best:
        """The best candidates of each query, ties by place; candidates with nothing in common are left out."""
        if len(queries) == 1:
            return self.brought(queries, top).best(top)
        found = in_parts(queries, lambda part: self.brought(part, top).best(top))
        places, scores = [one.places for one in found], [one.scores for one in found]
        return found[0] if len(found) == 1 else Best(np.concatenate(places), np.concatenate(scores))

    def brought(self, queries: Sequence[str], top: int) -> Brought:
        """What the first pass finds among these candidates for each query: enough for `top` of them."""
        from chanjiao.engines.matching import compiled

        whole = self._encoded(queries)
        asked = (whole.starts, self._number[whole.feature], whole.weight)
        keys = np.zeros((len(queries), top if self._cut is None else max(BROUGHT, top)), np.int64)
        everything = len(whole.feature) if self._cut is None else self._cut
        found, desk = self._desks.pop() if self._desks else self._new_desk()
        compiled.bring(asked, strongest(whole, everything), self._lists, self._tiles, found, keys)
        scores = (keys >> 32).astype(np.int32).view(np.float32)
        if self._cut is not None:
            compiled.rescore(asked, self._rows, keys, desk, scores)
        self._desks.append((found, desk))
        return Brought(keys, scores)

    def _encoded(self, queries: Sequence[str]) -> Bags:
        if len(queries) == 1:
            return self._one.read(queries[0])
        return fused(title_model().weighed(raw_texts(queries), self.rarity))

    def _new_desk(self) -> tuple[Floats, Floats]:
        """Room for a score of each candidate of a tile and for a weight of each feature; a thread has it for itself."""
        from chanjiao.engines.matching.compiled import BLOCK

        room = TILE if self._tiles > 1 else -(-self.size // BLOCK) * BLOCK
        return np.zeros(room, np.float32), np.zeros(len(self._lists[0]) // self._tiles + 1, np.float32)


def in_parts(queries: Sequence[str], answer: Callable[[Sequence[str]], Best]) -> list[Best]:
    """The answers to the queries, worked out on every core in parts that bound the memory."""
    threads = os.cpu_count() or 1
    size = max(1, min(AT_ONCE, -(-len(queries) // threads)))
    parts = [queries[first : first + size] for first in range(0, len(queries), size)] or [queries]
    if len(parts) == 1:
        return [answer(parts[0])]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(answer, parts))


def merged(parts: Sequence[Brought], offsets: Sequence[int]) -> Brought:
    """What several shards brought as one shard of all their candidates would have; `offsets` are where they start.

    >>> rarity = Shard(["会计", "焊工"]).rarity
    >>> parts = [Shard([text], rarity=rarity).brought(["电焊工"], 1) for text in ("会计", "焊工")]
    >>> merged(parts, [0, 1]).best(1).places.tolist()
    [[1]]
    """
    keys = np.hstack([np.where(one.keys, one.keys - start, 0) for one, start in zip(parts, offsets, strict=True)])
    scores = np.hstack([one.scores for one in parts])
    kept = np.argpartition(-keys, parts[0].keys.shape[1] - 1, axis=1)[:, : parts[0].keys.shape[1]]
    return Brought(np.take_along_axis(keys, kept, axis=1), np.take_along_axis(scores, kept, axis=1))


def all_pairs(queries: Sequence[str], candidates: Sequence[str], top: int = 20) -> Best:
    """The best candidates of every query.

    >>> all_pairs(["挖机司机", "会计"], ["出纳会计", "工程机械操作员"], 1).places.tolist()
    [[1], [0]]
    """
    return Shard(candidates).best(queries, top)
