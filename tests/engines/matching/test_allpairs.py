"""All pairs: exact when asked, the same by shards, close when cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.engines.matching import allpairs
from chanjiao.engines.matching.allpairs import Shard, fused, merged
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.postings import Bags
from chanjiao.engines.matching.titles import raw_texts, title_model

NAMES = sorted(set(knowledge().occupation_names.values()))
CANDIDATES, QUERIES = NAMES[:600], [*NAMES[600:640], "", "😀", "挖机司机"]


PIECES = st.sampled_from(
    [*"焊工数控车间司机abc12 /（）·é", "plc", "welder", "nurses", "网约车", "C++", "😀", "ＣＮＣ", "焊焊焊焊焊焊焊焊焊"]
)


def _dense(bags: Bags, width: int) -> np.ndarray:
    found = np.zeros((len(bags), width), np.float64)
    owner = np.repeat(np.arange(len(bags)), np.diff(bags.starts))
    found[owner, bags.feature] = bags.weight
    return found


def test_without_a_cut_the_answer_is_that_of_brute_force() -> None:
    shard = Shard(CANDIDATES, cut=None)

    best = shard.best(QUERIES, 5)

    model = title_model()
    left, right = (fused(model.weighted(raw_texts(texts), shard.rarity)) for texts in (QUERIES, CANDIDATES))
    used, places = np.unique(np.concatenate([left.feature, right.feature]), return_inverse=True)
    left = Bags(left.starts, places[: len(left.feature)], left.weight)
    right = Bags(right.starts, places[len(left.feature) :], right.weight)
    scores = _dense(left, len(used)) @ _dense(right, len(used)).T
    expected = -np.sort(-scores, axis=1)[:, :5]
    assert np.allclose(best.scores, expected, atol=1e-5)


@pytest.fixture(scope="module")
def shard() -> Shard:
    return Shard(CANDIDATES)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_text_read_alone_by_compiled_loops_is_bit_for_bit_what_it_is_among_others(shard: Shard, text: str) -> None:
    alone = shard._one.read(text)

    together = fused(title_model().weighed(raw_texts([text]), shard.rarity))
    assert np.array_equal(alone.feature, together.feature)
    assert np.array_equal(alone.weight, together.weight)


@pytest.mark.parametrize("cut", [None, 12])
def test_three_shards_merged_give_exactly_the_answer_of_one(cut: int | None) -> None:
    whole = Shard(CANDIDATES, cut=cut)
    bounds = ((0, 100), (100, 350), (350, 600))
    pieces = [Shard(CANDIDATES[first:last], cut=cut, rarity=whole.rarity) for first, last in bounds]

    together = merged([piece.brought(QUERIES, 7) for piece in pieces], [first for first, _ in bounds]).best(7)

    alone = whole.best(QUERIES, 7)
    assert np.array_equal(together.places, alone.places)
    assert np.array_equal(together.scores, alone.scores)


@pytest.mark.parametrize("cut", [None, 12])
def test_tiles_change_nothing(cut: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Shard(CANDIDATES, cut=cut).best(QUERIES, 7)
    monkeypatch.setattr(allpairs, "TILE", 128)

    tiled = Shard(CANDIDATES, cut=cut).best(QUERIES, 7)

    assert np.array_equal(tiled.places, whole.places)
    assert np.array_equal(tiled.scores, whole.scores)


def test_ties_go_to_the_earlier_candidate() -> None:
    best = Shard(["焊工"] * 70 + ["会计"]).best(["焊工"], 3)

    assert best.places.tolist() == [[0, 1, 2]]


def test_one_query_and_many_are_answered_alike() -> None:
    shard = Shard(CANDIDATES)

    together, alone = shard.best(QUERIES, 5), [shard.best([query], 5) for query in QUERIES]

    assert np.array_equal(together.places, np.concatenate([one.places for one in alone]))
    assert np.array_equal(together.scores, np.concatenate([one.scores for one in alone]))


def test_the_cut_brings_nearly_everything_that_the_whole_answer_has() -> None:
    asked = NAMES[600:640]

    exact, cut = Shard(CANDIDATES, cut=None).best(asked, 10), Shard(CANDIDATES).best(asked, 10)

    shared = [len(set(a) & set(b)) / 10 for a, b in zip(exact.places.tolist(), cut.places.tolist(), strict=True)]
    assert np.mean(shared) > 0.9


def test_queries_or_candidates_that_say_nothing_give_empty_rows() -> None:
    none = Shard([]).best(["焊工"], 3)
    blank = Shard(["", "焊工"]).best(["", "焊工"], 3)

    nobody = Shard(["焊工"]).best([], 3)
    assert (none.places.tolist(), nobody.places.tolist()) == ([[-1, -1, -1]], [])
    assert blank.places.tolist() == [[-1, -1, -1], [1, -1, -1]]


def test_strange_texts_find_what_they_share_or_nothing_and_ids_stay_apart() -> None:
    strange = ["", "工", "焊工" * 250_000, "20261012", "😀😀", "Java开发 инженер 엔지니어", "\x00\ufffe", "焊工"]

    best = Shard(strange).best(strange, 1)

    assert best.places[:, 0].tolist() == [-1, 1, 2, 3, -1, 5, -1, 7]
