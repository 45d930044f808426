"""The best few of many scores."""

from __future__ import annotations

import numpy as np

from chanjiao.engines.matching.letters import Floats


def best(scores: Floats, count: int) -> list[int]:
    """The places of the `count` highest scores, highest first, ties by place.

    >>> best(np.array([0.1, 0.5, 0.5, 0.2], np.float32), 3)
    [1, 2, 3]
    """
    if count <= 0:
        return []
    if count < len(scores):
        cut = np.partition(scores, len(scores) - count)[len(scores) - count]
        chosen = np.flatnonzero(scores >= cut)
    else:
        chosen = np.arange(len(scores))
    order = np.lexsort((chosen, -scores[chosen]))
    return [int(place) for place in chosen[order][:count]]
