"""Prices of balances: what a person more of an occupation in a year is worth, from minus surplus to shortage."""

from __future__ import annotations

import numpy as np

from chanjiao.engines.planning.arrays import Arrays
from chanjiao.engines.planning.problem import Floats


def first_prices(a: Arrays) -> Floats:
    """A quarter of a shortage (O × T) where planned intake still has demand to meet."""
    return np.where(a.short_at > 0, 0.25 * a.shortage, 0.0)


def split(price: Floats, least: Floats | float, most: Floats | float) -> tuple[Floats, Floats]:
    """A price as shortage less surplus, shortage as large as it can be where prices go from `least` to `most`."""
    short = np.minimum(most, price - least)
    return short, short - price


def worth(a: Arrays, short: Floats, over: Floats) -> float:
    """What demand brings to the bound at prices of shortage and of surplus (O × T each)."""
    return float(np.sum(short * a.short_at) - np.sum(over * a.surplus_at))
