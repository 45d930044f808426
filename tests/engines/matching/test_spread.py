"""All pairs by several processes and by a cluster: exactly the answer of one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from chanjiao.engines.matching import spread
from chanjiao.engines.matching.allpairs import STRONGEST, Best, Shard
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.spread import all_pairs_by

NAMES = sorted(set(knowledge().occupation_names.values()))
CANDIDATES, QUERIES = NAMES[:300], [*NAMES[300:340], "", "😀", "挖机司机"]


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def cluster() -> Iterator[Executor]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers,
        Client(workers) as client,
    ):
        yield client.get_executor()


def _same(one: Best, other: Best) -> bool:
    return np.array_equal(one.places, other.places) and np.array_equal(one.scores, other.scores)


@pytest.mark.parametrize(("where", "cut"), [("processes", None), ("cluster", STRONGEST)])
def test_two_workers_give_exactly_the_answer_of_one_process(
    where: str, cut: int | None, request: pytest.FixtureRequest
) -> None:
    executor: Executor = request.getfixturevalue(where)

    found = all_pairs_by(executor, QUERIES, CANDIDATES, 7, shards=3, cut=cut)

    assert _same(found, Shard(CANDIDATES, cut=cut).best(QUERIES, 7))


def test_blocks_of_queries_follow_each_other_in_order(processes: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "BLOCK", 7)

    found = all_pairs_by(processes, QUERIES, CANDIDATES, 3)

    assert _same(found, Shard(CANDIDATES).best(QUERIES, 3))


def test_nobody_asks_and_nothing_is_offered(processes: Executor) -> None:
    nobody = all_pairs_by(processes, [], CANDIDATES, 3)
    nothing = all_pairs_by(processes, ["焊工"], [], 3)

    assert (nobody.places.shape, nothing.places.tolist()) == ((0, 3), [[-1, -1, -1]])
