"""An inverted index over weighted bags: unit vectors, so that the dot product of two is their cosine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.matching.letters import Floats, Ints


@dataclass(frozen=True, slots=True)
class Bags:
    """Weighted bags of features, one a document: features of document i are feature[starts[i]:starts[i + 1]]."""

    starts: Ints
    feature: Ints
    weight: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def sizes(self) -> Ints:
        """How many features each document has."""
        return self.starts[1:] - self.starts[:-1]

    @property
    def owner(self) -> Ints:
        """The document of each feature."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def filtered(self, kept: NDArray[np.bool_]) -> Bags:
        """The bags with some of their features only."""
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        return Bags(starts, self.feature[kept], self.weight[kept])

    def of(self, document: int) -> tuple[Ints, Floats]:
        """The features and weights of one document."""
        part = slice(self.starts[document], self.starts[document + 1])
        return self.feature[part], self.weight[part]


def summed(owner: Ints, feature: Ints, weight: Floats, documents: int) -> Bags:
    """The bags in which each feature of a document stands once, its weights added.

    >>> bags = summed(np.array([0, 0, 1]), np.array([7, 7, 3]), np.ones(3, np.float32), 2)
    >>> bags.of(0)[0].tolist(), bags.of(0)[1].tolist()
    ([7], [2.0])
    """
    if not len(owner):
        return Bags(np.zeros(documents + 1, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
    span = int(feature.max()) + 1
    key = owner * span + feature
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    total = np.add.reduceat(weight[order], first, dtype=np.float64).astype(np.float32)  # exact, in whatever order
    key = key[first]
    starts = np.searchsorted(key // span, np.arange(documents + 1))
    return Bags(starts.astype(np.int64), key % span, total)


class Rarity:
    """How much each feature says: inverse document frequency over the documents it was made from."""

    __slots__ = ("_features", "_idf", "_unseen")

    def __init__(self, bags: Bags) -> None:
        self._features, count = np.unique(bags.feature, return_counts=True)
        documents = len(bags)
        self._idf = (np.log((1 + documents) / (1 + count)) + 1).astype(np.float32)
        self._unseen = np.float32(np.log(1 + documents) + 1)

    def of(self, features: Ints) -> Floats:
        """The inverse document frequency of each feature; what was never seen counts as rarest."""
        if not len(self._features):
            return np.full(len(features), self._unseen, np.float32)
        at = np.minimum(np.searchsorted(self._features, features), len(self._features) - 1)
        return np.where(self._features[at] == features, self._idf[at], self._unseen).astype(np.float32)


def unit(bags: Bags, rarity: Rarity) -> Bags:
    """The same bags with damped counts times rarity, each scaled to length 1 (an empty bag stays empty)."""
    return scaled_to_unit(Bags(bags.starts, bags.feature, np.sqrt(bags.weight) * rarity.of(bags.feature)))


def scaled_to_unit(bags: Bags) -> Bags:
    """The same bags, each scaled to length 1 (an empty bag stays empty)."""
    if not len(bags.weight):
        return bags
    length = np.sqrt(np.bincount(bags.owner, bags.weight.astype(np.float64) ** 2, len(bags)))
    return Bags(
        bags.starts, bags.feature, (bags.weight / np.repeat(np.maximum(length, 1e-12), bags.sizes)).astype(np.float32)
    )


Entries = tuple[NDArray[np.int32], Floats]  # documents with what each is to be given; one may stand there repeatedly


class Postings:
    """Documents by feature: the dot product of one bag with every document in one pass over its features' lists."""

    __slots__ = ("_documents", "_features", "_starts", "_weights", "size")

    def __init__(self, bags: Bags) -> None:
        self.size = len(bags)
        owner = bags.owner.astype(np.int32)
        order = np.argsort(bags.feature, kind="stable")
        features, first = np.unique(bags.feature[order], return_index=True)
        self._features = np.append(features, np.iinfo(np.int64).max)  # an end, so that every search stays within
        self._starts = np.append(first, len(order)).astype(np.int64)
        self._documents = owner[order]
        self._weights = bags.weight[order]

    def scores(self, features: Ints, weights: Floats) -> Floats:
        """The dot product with every document.

        >>> bags = summed(np.array([0, 1]), np.array([3, 4]), np.ones(2, np.float32), 2)
        >>> Postings(bags).scores(np.array([4]), np.ones(1, np.float32)).tolist()
        [0.0, 1.0]
        """
        return added_up([self.read(features, weights)], self.size)

    def read(self, features: Ints, weights: Floats) -> Entries:
        """All that stands on the features' lists: documents, and what each adds to the dot product."""
        at = np.searchsorted(self._features, features)
        known = self._features[at] == features
        starts, ends = self._starts[at[known]], self._starts[at[known] + 1]
        parts = [slice(*bounds) for bounds in zip(starts.tolist(), ends.tolist(), strict=True)]
        documents = [self._documents[part] for part in parts]
        shares = [self._weights[part] for part in parts]
        return (
            np.concatenate([self._documents[:0], *documents]),
            np.concatenate([self._weights[:0], *shares]) * np.repeat(weights[known], ends - starts),
        )


def added_up(readings: Sequence[Entries], size: int) -> Floats:
    """The score of each of so many documents by several readings."""
    documents, shares = zip(*readings, strict=True)
    return np.bincount(np.concatenate(documents), np.concatenate(shares), size).astype(np.float32)
