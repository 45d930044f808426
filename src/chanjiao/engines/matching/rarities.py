"""How much a feature says: inverse document frequency of a model, of a collection, and of the two together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from chanjiao.engines.matching.letters import Floats, Ints
from chanjiao.engines.matching.postings import Bags

Rarity = Callable[[Ints], Floats]


@dataclass(frozen=True, slots=True)
class Rarities:
    """How much each letter feature and each concept says."""

    letters: Rarity
    synonyms: Rarity


@dataclass(frozen=True, slots=True)
class Seen:
    """In how many documents each feature stands; features rise."""

    features: Ints
    counts: Ints

    @classmethod
    def of(cls, bags: Bags) -> Seen:
        """What was seen in some bags."""
        return cls(*np.unique(bags.feature, return_counts=True))

    def plus(self, other: Seen) -> Seen:
        """What was seen in both collections.

        >>> one = Seen(np.array([1, 5]), np.array([2, 1]))
        >>> both = one.plus(Seen(np.array([5, 9]), np.array([1, 1])))
        >>> both.features.tolist(), both.counts.tolist()
        ([1, 5, 9], [2, 2, 1])
        """
        features, place = np.unique(np.concatenate([self.features, other.features]), return_inverse=True)
        counts = np.bincount(place, np.concatenate([self.counts, other.counts])).astype(np.int64)
        return Seen(features, counts)


@dataclass(frozen=True, slots=True)
class Counts:
    """What decides rarity in a collection; that of parts adds up to that of the whole."""

    documents: int
    letters: Seen
    synonyms: Seen

    def plus(self, other: Counts) -> Counts:
        """The counts of both collections together."""
        return Counts(
            self.documents + other.documents, self.letters.plus(other.letters), self.synonyms.plus(other.synonyms)
        )

    @property
    def digest(self) -> str:
        """A short mark of these counts."""
        found = blake2b(str(self.documents).encode(), digest_size=16)
        for seen in (self.letters, self.synonyms):
            found.update(seen.features.tobytes() + seen.counts.tobytes())
        return found.hexdigest()


class Blend:
    """Inverse document frequency in a collection, with the model's as `STEADY` texts more."""

    STEADY = 300.0

    def __init__(self, seen: Seen, size: int, model: Rarity, documents: int) -> None:
        self._features, self._size, self._model, self._documents = seen.features, size, model, documents
        self._known = self._rarity(seen.features, seen.counts)

    def _rarity(self, features: Ints, count: Ints | float) -> Floats:
        share = np.exp(1 - self._model(features)) * (1 + self._documents) - 1
        steady = self.STEADY * share / self._documents
        rarity: Floats = (np.log((1 + self._size + self.STEADY) / (1 + count + steady)) + 1).astype(np.float32)
        return rarity

    def __call__(self, features: Ints) -> Floats:
        if not len(self._features):
            return self._rarity(features, 0.0)
        at = np.minimum(self._features.searchsorted(features), len(self._features) - 1)
        rarity = self._known[at]
        new = self._features[at] != features
        if new.any():
            rarity[new] = self._rarity(features[new], 0.0)
        return rarity
