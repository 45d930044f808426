"""All pairs spread over several processes, or over the machines of a cluster: exactly the answer of one.

Whoever runs the work is an executor of `concurrent.futures`: a `ProcessPoolExecutor` for several processes of one
machine, or `dask.distributed.Client.get_executor()` for a cluster (extra `cluster`). Candidates are dealt out in
shards, each worker keeps the shards that it has laid out, and queries go round in blocks, so that memory is bounded
everywhere. Rarity is counted over all shards first, since it decides every score.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Executor
from functools import partial, reduce
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from chanjiao.engines.matching.allpairs import AT_ONCE, STRONGEST, Best, Brought, Shard, merged
from chanjiao.engines.matching.rarities import Counts
from chanjiao.engines.matching.titles import raw_texts, title_model

BLOCK = 20_000  # queries that go round together
HELD = 2  # shards that a worker keeps


def all_pairs_by(
    executor: Executor,
    queries: Sequence[str],
    candidates: Sequence[str],
    top: int = 20,
    *,
    shards: int = 2,
    cut: int | None = STRONGEST,
) -> Best:
    """The best candidates of every query, as `Shard(candidates, cut=cut).best(queries, top)` gives them.

    Sent to the workers: the candidates once a block, and the queries; sent back: 12 bytes for each candidate that a
    shard brings.
    """
    bounds = [len(candidates) * number // shards for number in range(shards + 1)]
    parts = [tuple(candidates[first:last]) for first, last in pairwise(bounds)]
    counts = reduce(Counts.plus, executor.map(_counted, parts))
    found = [Best(np.full((0, top), -1, np.int32), np.zeros((0, top), np.float32))]
    for first in range(0, len(queries), BLOCK):
        block = tuple(queries[first : first + BLOCK])
        brought = executor.map(partial(_brought, counts=counts, cut=cut, queries=block, top=top), parts)
        found.append(merged(list(brought), bounds[:-1]).best(top))
    return Best(np.concatenate([one.places for one in found]), np.concatenate([one.scores for one in found]))


def _counted(texts: Sequence[str]) -> Counts:
    return raw_texts(texts).counts


_held: OrderedDict[bytes, Shard] = OrderedDict()


def _brought(texts: Sequence[str], counts: Counts, cut: int | None, queries: Sequence[str], top: int) -> Brought:
    shard = _shard(texts, counts, cut)
    parts = [shard.brought(queries[first : first + AT_ONCE], top) for first in range(0, len(queries), AT_ONCE)]
    return Brought(np.concatenate([one.keys for one in parts]), np.concatenate([one.scores for one in parts]))


def _shard(texts: Sequence[str], counts: Counts, cut: int | None) -> Shard:
    """The shard of these texts, laid out when this worker first meets it."""
    key = blake2b("\x00".join((*texts, counts.digest, str(cut))).encode(), digest_size=16).digest()
    if key not in _held:
        _held[key] = Shard(texts, cut=cut, rarity=title_model().blended(counts))
        while len(_held) > HELD:
            _held.popitem(last=False)
    _held.move_to_end(key)
    return _held[key]
