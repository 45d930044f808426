"""Texts as sparse vectors: by letters, by concepts of the lexicon, by occupational field.

The field of a text is its projection onto the minor groups of the classification of occupations, learned from names,
aliases, functions and recruitment titles (`tools/train_matching`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from importlib import resources
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.concepts import term_reader
from chanjiao.engines.matching.letters import Floats, Ints, LaidOut, grams, laid_out, normalised
from chanjiao.engines.matching.postings import Bags, scaled_to_unit, summed
from chanjiao.engines.matching.rarities import Counts, Rarities, RarityTable, Seen, blended

MODEL_FORMAT = 1
CONCEPT_SHARE = 1.0  # what concepts count beside letters when the field is learned
FIELDS_KEPT = 8
CHANNELS = ("letters", "synonyms", "domain")
# Shares of the channels, chosen on tuning sets: ideographs, and other scripts (the field was learned in Chinese).
WIDE_SHARES = (0.36, 0.43, 0.21)
NARROW_SHARES = (0.38, 0.57, 0.05)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts as unit vectors in each channel."""

    letters: Bags
    synonyms: Bags
    domain: Bags
    wide: NDArray[np.bool_]

    def channel(self, name: str) -> Bags:
        """One channel by name."""
        return {"letters": self.letters, "synonyms": self.synonyms, "domain": self.domain}[name]


@dataclass(frozen=True, slots=True)
class Raw:
    """Letters (counts damped) and concepts before rarity; which texts are in ideographs, which hold a letter."""

    letters: Bags
    synonyms: Bags
    wide: NDArray[np.bool_]
    lettered: NDArray[np.bool_]

    @property
    def counts(self) -> Counts:
        """In how many of the texts each feature stands."""
        return Counts(len(self.letters), Seen.of(self.letters), Seen.of(self.synonyms))


CHUNK = 20_000
GRID = float(1 << 24)  # features of a text count in whole multiples of 1/GRID, so that their sums are exact
ROWS = 256  # texts whose pulls are worked out together, so that they stay in the cache
FEW = 64  # texts up to which rows of weights are added up one by one
WIDE_FROM = "\u2e80"  # the first ideographic character


def raw_texts(texts: Sequence[str]) -> Raw:
    """The raw features of some texts, worked out in chunks, so that memory follows the result and not the work."""
    letters, concepts = [], []
    for first in range(0, len(texts), CHUNK):
        laid = laid_out(texts[first : first + CHUNK])
        letters.append(_damped(laid))
        concepts.append(term_reader().bags(laid))
    wide, lettered = np.array([*map(is_wide, texts)], np.bool_), np.array([*map(is_lettered, texts)], np.bool_)
    return Raw(joined(letters), joined(concepts), wide, lettered)


def is_wide(text: str) -> bool:
    """Whether a text is written in ideographs, judged by its beginning."""
    return max(text[:200], default="") >= WIDE_FROM


def is_lettered(text: str) -> bool:
    """Whether a text has a letter of any script near its beginning."""
    return text[:1].isalpha() or any(map(str.isalpha, text[:200]))


def _damped(laid: LaidOut) -> Bags:
    found = summed(*grams(laid), len(laid.texts))
    return Bags(found.starts, found.feature, np.sqrt(found.weight))


def reweighted(bags: Bags, rarity: Callable[[Ints], Floats]) -> Bags:
    """The same bags with weights times rarity."""
    return Bags(bags.starts, bags.feature, bags.weight * rarity(bags.feature))


class TitleModel:
    """The trained arrays, and the encoding of texts by them. Damage is a `matching.model_damaged` error."""

    def __init__(self, source: BinaryIO) -> None:
        try:
            with np.load(source, allow_pickle=False) as arrays:
                self._read(arrays)
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise ChanjiaoError("matching.model_damaged", reason=str(error)[:200]) from None
        except Exception as error:  # a broken archive raises many kinds
            raise ChanjiaoError("matching.model_damaged", reason=type(error).__name__) from None

    def _read(self, arrays: np.lib.npyio.NpzFile) -> None:
        if int(arrays["format"][0]) != MODEL_FORMAT:
            raise ValueError("format")
        self.documents = int(arrays["documents"][0])
        self.letters: Ints = arrays["letters"].astype(np.int64)
        self.letter_documents: NDArray[np.uint16] = arrays["letter_documents"]
        self.concept_documents: NDArray[np.uint16] = arrays["concept_documents"]
        self.kept: Ints = arrays["kept"].astype(np.int64)
        self.idf: Floats = arrays["idf"]
        self.weights: NDArray[np.int8] = arrays["weights"]
        self.scale: Floats = arrays["scale"]
        self.groups: list[str] = arrays["groups"].tolist()
        self.trained_on: NDArray[np.uint64] = arrays["trained_on"]
        if self.weights.shape != (len(self.idf), len(self.groups)) or len(self.letters) != len(self.letter_documents):
            raise ValueError("shape")

    def encode(self, texts: Sequence[str]) -> Encoded:
        """The unit vectors of some texts, rarity as in the model."""
        return self.weighted(raw_texts(texts), Rarities(self.letter_rarity, self.concept_rarity))

    def letters_of(self, texts: Sequence[str]) -> Bags:
        """The unit vectors of some texts in letters alone."""
        parts = [_damped(laid_out(texts[first : first + CHUNK])) for first in range(0, len(texts), CHUNK)]
        return scaled_to_unit(reweighted(joined(parts), self.letter_rarity))

    def weighted(self, raw: Raw, rarity: Rarities) -> Encoded:
        """The unit vectors of texts read before, with rarity as given."""
        found = self.weighed(raw, rarity)
        return Encoded(
            scaled_to_unit(found.letters), scaled_to_unit(found.synonyms), scaled_to_unit(found.domain), raw.wide
        )

    def weighed(self, raw: Raw, rarity: Rarities) -> Encoded:
        """The vectors of texts read before, with rarity as given, of any length."""
        letters, synonyms = reweighted(raw.letters, rarity.letters), reweighted(raw.synonyms, rarity.synonyms)
        return Encoded(letters, synonyms, self._domain(raw), raw.wide)

    def blended(self, counts: Counts) -> Rarities:
        """Rarity as in a collection, steadied by the model's as if it were a few hundred texts more."""
        return Rarities(
            blended(counts.letters, counts.documents, self.letter_rarity, self.documents),
            blended(counts.synonyms, counts.documents, self.concept_rarity, self.documents),
        )

    @cached_property
    def letter_rarity(self) -> RarityTable:
        """Inverse document frequency of letter features."""
        return RarityTable(self.letters, self._rarity(self.letter_documents), self._rarity(np.zeros(1))[0])

    @cached_property
    def concept_rarity(self) -> RarityTable:
        """Inverse document frequency of concepts."""
        counts = np.zeros(len(term_reader().numbers), np.float32)
        counts[: len(self.concept_documents)] = self.concept_documents[: len(counts)]
        return RarityTable(np.arange(len(counts)), self._rarity(counts), np.float32(0))

    def _rarity(self, counts: NDArray[np.float64] | NDArray[np.float32] | NDArray[np.uint16]) -> Floats:
        rarity: Floats = (np.log((1 + self.documents) / (1.0 + counts)) + 1).astype(np.float32)
        return rarity

    def _domain(self, raw: Raw) -> Bags:
        """The few minor groups that a text's features point to most; none for a text without a letter."""
        parts: list[Bags] = []
        for first in range(0, len(raw.letters), ROWS):
            part = slice(first, min(first + ROWS, len(raw.letters)))
            parts.append(strongest_fields(self.projected(raw, part)))
        found = joined(parts)
        return found if raw.lettered.all() else found.filtered(raw.lettered[found.owner])

    def projected(self, raw: Raw, part: slice = slice(None)) -> Floats:
        """The pull of each minor group on some texts (texts × groups), unbounded."""
        part = slice(*part.indices(len(raw.letters)))
        rows = part.stop - part.start
        owner, feature, weight = _flat(raw.letters, part)
        more_owner, more_feature, more_weight = _flat(raw.synonyms, part)
        at = np.minimum(np.searchsorted(self.kept, feature), len(self.kept) - 1)
        known = self.kept[at] == feature
        shipped = more_feature + len(self.kept) < len(self.idf)
        owners = np.concatenate([owner[known], more_owner[shipped]])
        columns = np.concatenate([at[known], more_feature[shipped] + len(self.kept)])
        values = np.concatenate([weight[known], CONCEPT_SHARE * more_weight[shipped]]) * self.idf[columns]
        length = np.sqrt(np.bincount(owners, values * values, rows))
        values = np.round(values / np.maximum(length, 1e-12)[owners] * GRID) / GRID
        order = np.argsort(owners, kind="stable")
        bounds = np.searchsorted(owners[order], np.arange(rows + 1))
        return (self._pulled(columns[order], values[order], bounds) * self.scale).astype(np.float32)

    def _pulled(self, columns: Ints, values: NDArray[np.float64], bounds: Ints) -> NDArray[np.float64]:
        """The weights of each row's columns added up, times its values: exact, so that no order of adding matters."""
        if len(bounds) <= FEW:
            rows = [slice(*bounds[row : row + 2]) for row in range(len(bounds) - 1)]
            return np.array([values[row] @ self.weights[columns[row]].astype(np.float64) for row in rows])
        from scipy.sparse import csr_array  # a tenth of a second to import, which a first answer does not need

        shape = (len(bounds) - 1, len(self.idf))
        pulled: NDArray[np.float64] = csr_array((values, columns, bounds), shape=shape) @ self._wide_weights
        return pulled

    @cached_property
    def _wide_weights(self) -> NDArray[np.float64]:
        return self.weights.astype(np.float64)

    def knows(self, text: str) -> bool:
        """Whether the model was trained on this very text, after normalising."""
        mark = np.uint64(hashed_text(text))
        at = int(np.searchsorted(self.trained_on, mark))
        return at < len(self.trained_on) and bool(self.trained_on[at] == mark)


def strongest_fields(scores: Floats) -> Bags:
    """The few groups that pull each text most (texts × groups), a pull above 0 each."""
    rows, groups = scores.shape
    top = np.sort(np.argpartition(scores, groups - FIELDS_KEPT, axis=1)[:, groups - FIELDS_KEPT :], axis=1)
    values = scores.ravel()[(top + np.arange(rows)[:, None] * groups).ravel()]
    pulls = np.maximum(values, 0)
    found = Bags(np.arange(rows + 1) * FIELDS_KEPT, top.ravel(), pulls * np.sqrt(pulls))
    return found.filtered(values > 0)


def hashed_text(text: str) -> int:
    """A 64-bit mark of a text after normalising, equal on every machine."""
    return int.from_bytes(blake2b(normalised(text).encode(), digest_size=8).digest(), "big")


def _flat(bags: Bags, part: slice) -> tuple[Ints, Ints, Floats]:
    starts = bags.starts[part.start : part.stop + 1]
    owner = np.repeat(np.arange(part.stop - part.start), starts[1:] - starts[:-1])
    span = slice(starts[0], starts[-1])
    return owner, bags.feature[span], bags.weight[span]


def joined(parts: Sequence[Bags]) -> Bags:
    """The bags of several parts in one."""
    if not parts:
        return Bags(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
    if len(parts) == 1:
        return parts[0]
    sizes = np.concatenate([part.sizes for part in parts])
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Bags(starts, np.concatenate([p.feature for p in parts]), np.concatenate([p.weight for p in parts]))


@lru_cache(maxsize=1)
def title_model() -> TitleModel:
    """The model that ships with the engine."""
    with resources.files("chanjiao.engines.matching").joinpath("model/titles.npz").open("rb") as source:
        return TitleModel(source)  # type: ignore[arg-type]


def shares(wide: bool) -> tuple[float, float, float]:
    """The shares of letters, synonyms and domain for a text in ideographs or in another script."""
    return WIDE_SHARES if wide else NARROW_SHARES
