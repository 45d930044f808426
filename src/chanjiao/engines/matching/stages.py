"""Each stage of matching scored on its own: what conditions lose, what retrieval brings, how ranking orders it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.matching.engine import FactorRanker, SparseRetriever, Stages
from chanjiao.engines.matching.index import Index
from chanjiao.engines.matching.items import Item, Options
from chanjiao.engines.matching.measures import Grades, average_precision, recall


@dataclass(frozen=True, slots=True)
class StageScores:
    """Means over the needs that have a relevant offer.

    `kept` and `refused` are the shares of relevant and of other pairs that the conditions let through and leave out;
    `recalled` is the share of the relevant that retrieval brings among its first `cut`, `retrieval_map` the average
    precision of its own order; `ranking_map` that of the ranker over all that is permitted, retrieval left out.
    """

    cut: int
    kept: float
    refused: float
    recalled: float
    retrieval_map: float
    ranking_map: float


def stage_scores(
    needs: Sequence[Item],
    offers: Sequence[Item],
    grades: Mapping[str, Grades],
    *,
    cut: int = 10,
    options: Options | None = None,
    stages: Stages | None = None,
) -> StageScores:
    """The scores of conditions, retriever and ranker on judged needs; each may be one's own.

    >>> needs = [Item("n", "need", "post", "焊工")]
    >>> given = (("a", "post", "电焊工"), ("b", "post", "会计"), ("c", "product", "焊条"))
    >>> offers = [Item(identity, "offer", kind, title) for identity, kind, title in given]
    >>> found = stage_scores(needs, offers, {"n": {"a": 1.0}}, cut=1)
    >>> found.kept, found.refused, found.recalled, found.ranking_map
    (1.0, 0.5, 1.0, 1.0)
    """
    stages, index = stages or Stages(), Index(offers)
    retriever = stages.retriever or SparseRetriever()
    ranker = stages.ranker or FactorRanker(options or Options())
    rows: list[tuple[float, ...]] = []
    for need in needs:
        judged = grades.get(need.id, {})
        if not any(grade > 0 for grade in judged.values()):
            continue
        permitted = index.permitted(need, stages.conditions)
        relevant = np.array([judged.get(offer.id, 0) > 0 for offer in index.items])
        brought = [index.items[place].id for place in retriever.retrieve(need, index, permitted, len(index))]
        scored = [
            (-ranker.score(need, offer), offer.id) for offer, kept in zip(index.items, permitted, strict=True) if kept
        ]
        rows.append(
            (
                float(permitted[relevant].mean()),
                float(1 - permitted[~relevant].mean()) if (~relevant).any() else 0.0,
                recall(brought, judged, cut),
                average_precision(brought, judged),
                average_precision([identity for _, identity in sorted(scored)], judged),
            )
        )
    return StageScores(cut, *np.array(rows).mean(axis=0).tolist()) if rows else StageScores(cut, *(0.0,) * 5)
