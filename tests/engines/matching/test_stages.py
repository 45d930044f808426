"""Each stage is scored on its own, and each can be replaced."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.matching import CONDITIONS, Index, Item, Stages, match
from chanjiao.engines.matching.evaluation import own_set
from chanjiao.engines.matching.stages import stage_scores


class _Backwards:
    """A retriever that brings the last first."""

    def retrieve(self, item: Item, index: Index, permitted: NDArray[np.bool_], count: int) -> Sequence[int]:
        return np.flatnonzero(permitted)[::-1][:count].tolist()


def test_every_stage_does_its_part_on_the_own_set() -> None:
    own = own_set()

    found = stage_scores(own.needs, own.offers, own.grades)

    assert found.kept == 1.0
    assert found.refused > 0.8
    assert found.recalled > 0.95
    assert found.retrieval_map > 0.8
    assert found.ranking_map > 0.9


def test_a_worse_retriever_scores_worse_and_leaves_the_other_stages_alone() -> None:
    own = own_set()

    ours = stage_scores(own.needs, own.offers, own.grades, cut=3)
    other = stage_scores(own.needs, own.offers, own.grades, cut=3, stages=Stages(retriever=_Backwards()))

    assert other.recalled < ours.recalled
    assert (other.kept, other.refused, other.ranking_map) == (ours.kept, ours.refused, ours.ranking_map)


def test_a_condition_left_out_lets_through_what_it_refused() -> None:
    needs = [Item("n", "need", "post", "焊工", level="bachelor")]
    offers = [Item("o", "offer", "post", "焊工", level="associate")]
    lenient = Stages(conditions=tuple(one for one in CONDITIONS if one.name != "level"))

    strict, loose = match(needs, offers), match(needs, offers, stages=lenient)

    assert (len(strict.pairs), len(loose.pairs)) == (0, 1)
