"""Every query against every candidate, the best few of each, in memory that does not grow with the pairs.

Texts become one sparse vector each (the three channels side by side, weighted so that a dot product is the score). A
first pass walks inverted lists of each text's strongest features only; a second works out the whole score of what it
brought. With `cut=None` the first pass reads everything and the answer is exact: then shards merged by `merged`, with
one rarity for all, give the answer of one run. Kernels are compiled on first use (seconds), run on every core, and
leave the interpreter free.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.matching.letters import BUCKETS, Floats
from chanjiao.engines.matching.postings import Bags
from chanjiao.engines.matching.titles import CHANNELS, Encoded, Rarities, Raw, raw_texts, shares, title_model

STRONGEST = 12
BROUGHT = 64
_OFFSETS = {"letters": 0, "synonyms": BUCKETS, "domain": BUCKETS + 4096}


@dataclass(frozen=True, slots=True)
class Best:
    """The best candidates of each query: places (−1 where there are fewer) and scores, one row a query, best first."""

    places: NDArray[np.int32]
    scores: Floats


def fused(encoded: Encoded) -> Bags:
    """The three channels as one vector a text, features in rising order; dot products are scores."""
    owners, features, weights = [], [], []
    wide = np.array([shares(True), shares(False)])[1 - encoded.wide.astype(int)] ** 0.5
    for number, name in enumerate(CHANNELS):
        bags = encoded.channel(name)
        owner = np.repeat(np.arange(len(bags)), np.diff(bags.starts))
        owners.append(owner)
        features.append(bags.feature + _OFFSETS[name])
        weights.append(bags.weight * wide[owner, number])
    owner = np.concatenate(owners)
    order = np.lexsort((np.concatenate(features), owner))
    starts = np.searchsorted(owner[order], np.arange(len(encoded.wide) + 1)).astype(np.int64)
    return Bags(starts, np.concatenate(features)[order], np.concatenate(weights)[order].astype(np.float32))


def strongest(bags: Bags, count: int) -> Bags:
    """Each bag's `count` heaviest features, ties by feature.

    >>> cut = strongest(Bags(np.array([0, 3]), np.array([1, 2, 3]), np.array([0.1, 0.9, 0.5], np.float32)), 2)
    >>> cut.feature.tolist()
    [2, 3]
    """
    owner = np.repeat(np.arange(len(bags)), np.diff(bags.starts))
    order = np.lexsort((bags.feature, -bags.weight, owner))
    place = np.arange(len(order)) - bags.starts[owner[order]]
    kept = np.sort(order[place < count])
    starts = np.searchsorted(owner[kept], np.arange(len(bags) + 1)).astype(np.int64)
    return Bags(starts, bags.feature[kept], bags.weight[kept])


class Shard:
    """Some candidates, ready for any number of queries. Memory: about 1 kB a candidate of a dozen characters."""

    def __init__(self, texts: Sequence[str], *, cut: int | None = STRONGEST, rarity: Rarities | None = None) -> None:
        model = title_model()
        raw: Raw = raw_texts(texts)
        self.rarity = rarity or model.blended(raw)
        self._cut = cut
        self._whole = fused(model.weighted(raw, self.rarity))
        listed = self._whole if cut is None else strongest(self._whole, cut)
        owner = np.repeat(np.arange(len(listed), dtype=np.int32), np.diff(listed.starts))
        order = np.argsort(listed.feature, kind="stable")
        self._features, first = np.unique(listed.feature[order], return_index=True)
        self._starts = np.append(first, len(order)).astype(np.int64)
        self._documents, self._weights = owner[order], listed.weight[order]
        self.size = len(texts)

    def best(self, queries: Sequence[str], top: int) -> Best:
        """The best candidates of each query, ties by place; candidates with nothing in common are left out."""
        if not queries or not self.size:
            return Best(np.full((len(queries), top), -1, np.int32), np.zeros((len(queries), top), np.float32))
        whole = fused(title_model().weighted(raw_texts(queries), self.rarity))
        asked = whole if self._cut is None else strongest(whole, self._cut)
        at = np.minimum(np.searchsorted(self._features, asked.feature), len(self._features) - 1)
        at = np.where(self._features[at] == asked.feature, at, -1)
        run, threads = _kernel(), min(len(queries), os.cpu_count() or 1)

        def share(number: int) -> tuple[NDArray[np.int32], Floats]:
            return run(  # type: ignore[no-any-return]
                asked.starts, at, asked.weight, whole.starts, whole.feature, whole.weight,
                self._starts, self._documents, self._weights,
                self._whole.starts, self._whole.feature, self._whole.weight,
                self.size, top, max(BROUGHT, top), self._cut is not None, number, threads,
            )  # fmt: skip

        places = np.empty((len(queries), top), np.int32)
        scores = np.empty((len(queries), top), np.float32)
        with ThreadPoolExecutor(threads) as pool:
            for number, found in enumerate(pool.map(share, range(threads))):
                places[number::threads], scores[number::threads] = found
        return Best(places, scores)


def merged(parts: Sequence[Best], offsets: Sequence[int]) -> Best:
    """The best of several shards in one; `offsets` are the places at which the shards start.

    >>> one = Best(np.array([[0]], np.int32), np.array([[0.5]], np.float32))
    >>> other = Best(np.array([[0]], np.int32), np.array([[0.9]], np.float32))
    >>> merged([one, other], [0, 10]).places.tolist()
    [[10]]
    """
    top = parts[0].places.shape[1]
    places = np.hstack(
        [np.where(part.places >= 0, part.places + at, -1) for part, at in zip(parts, offsets, strict=True)]
    )
    scores = np.hstack([part.scores for part in parts])
    scores = np.where(places >= 0, scores, -1)
    order = np.lexsort((places, -scores), axis=1)[:, :top]
    chosen = np.take_along_axis(places, order, axis=1).astype(np.int32)
    return Best(chosen, np.maximum(np.take_along_axis(scores, order, axis=1), 0).astype(np.float32))


def all_pairs(queries: Sequence[str], candidates: Sequence[str], top: int = 20) -> Best:
    """The best candidates of every query.

    >>> all_pairs(["挖机司机", "会计"], ["出纳会计", "工程机械操作员"], 1).places.tolist()
    [[1], [0]]
    """
    return Shard(candidates).best(queries, top)


@lru_cache(maxsize=1)
def _kernel() -> Any:  # noqa: PLR0915  (compiled functions cannot be passed around without cost)
    """The compiled kernel."""
    import numba

    @numba.njit(nogil=True, fastmath=False)  # type: ignore[untyped-decorator, unused-ignore]
    def whole_score(q, d, qs, qf, qw, ds, df, dw):  # type: ignore[no-untyped-def]  # noqa: PLR0917
        left, right, total = qs[q], ds[d], np.float32(0)
        while left < qs[q + 1] and right < ds[d + 1]:
            if qf[left] == df[right]:
                total += qw[left] * dw[right]
                left += 1
                right += 1
            elif qf[left] < df[right]:
                left += 1
            else:
                right += 1
        return total

    @numba.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
    def keep(places, scores, count, place, score, room):  # type: ignore[no-untyped-def]  # noqa: PLR0917
        """Insert into a short list sorted by falling score, ties by place; the list's new length."""
        if count == room and (score < scores[count - 1] or (score == scores[count - 1] and place > places[count - 1])):
            return count
        at = min(count, room - 1)
        while at > 0 and (scores[at - 1] < score or (scores[at - 1] == score and places[at - 1] > place)):
            scores[at] = scores[at - 1]
            places[at] = places[at - 1]
            at -= 1
        scores[at] = score
        places[at] = place
        return min(count + 1, room)

    @numba.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
    def run(  # type: ignore[no-untyped-def]  # noqa: PLR0917
        qs, qa, qw, ws, wf, ww, starts, documents, weights, ds, df, dw, size, top, brought, again, thread, threads
    ):
        queries = len(qs) - 1
        mine = (queries - thread + threads - 1) // threads
        places = np.full((mine, top), -1, np.int32)
        scores = np.zeros((mine, top), np.float32)
        found = np.zeros(size, np.float32)
        touched = np.empty(size, np.int32)
        first = np.empty(brought, np.int32)
        likely = np.empty(brought, np.float32)
        for row in range(mine):
            query = thread + row * threads
            count = 0
            for entry in range(qs[query], qs[query + 1]):
                if qa[entry] < 0:
                    continue
                weight = qw[entry]
                for posting in range(starts[qa[entry]], starts[qa[entry] + 1]):
                    document = documents[posting]
                    if found[document] == 0:
                        touched[count] = document
                        count += 1
                    found[document] += weight * weights[posting]
            kept = 0
            room = brought if again else top
            least = np.float32(0)
            for number in range(count):
                document = touched[number]
                score = found[document]
                found[document] = 0
                if score > 0 and (kept < room or score >= least):
                    kept = keep(first, likely, kept, document, score, room)
                    least = likely[kept - 1]
            final = 0
            for number in range(kept):
                score = likely[number]
                if again:
                    score = np.float32(whole_score(query, first[number], ws, wf, ww, ds, df, dw))
                final = keep(places[row], scores[row], final, first[number], score, top)
        return places, scores

    return run
