"""How much a feature says: inverse document frequency of a model, of a collection, and of the two together."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.matching.letters import Floats, Ints
from chanjiao.engines.matching.postings import Bags


@dataclass(frozen=True, slots=True)
class RarityTable:
    """Rarity by feature; features rise, and one that does not stand here has the rarity of the unseen."""

    features: Ints
    values: Floats
    unseen: np.float32

    def __call__(self, features: Ints) -> Floats:
        at = np.minimum(self.features.searchsorted(features), len(self.features) - 1)
        return np.where(self.features[at] == features, self.values[at], self.unseen)

    @property
    def arrays(self) -> tuple[Ints, Floats, np.float32]:
        """The table as the compiled reader of one text takes it."""
        return self.features, self.values, self.unseen


@dataclass(frozen=True, slots=True)
class Rarities:
    """How much each letter feature and each concept says."""

    letters: RarityTable
    synonyms: RarityTable


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


STEADY = 300.0


def blended(seen: Seen, size: int, model: RarityTable, documents: int) -> RarityTable:
    """Rarity in a collection of `size` texts, with the model's of `documents` as `STEADY` texts more."""
    features = np.union1d(seen.features, model.features)
    counts = np.zeros(len(features))
    counts[features.searchsorted(seen.features)] = seen.counts

    def rarity(of_model: Floats, count: NDArray[np.float64]) -> Floats:
        share = np.exp(1 - of_model) * (1 + documents) - 1
        steady = STEADY * share / documents
        found: Floats = (np.log((1 + size + STEADY) / (1 + count + steady)) + 1).astype(np.float32)
        return found

    unseen = rarity(np.array([model.unseen]), np.zeros(1))[0]
    return RarityTable(features, rarity(model(features), counts), unseen)
