"""How alike two texts are: by letters, by concepts of the lexicon, by occupational field; with the words behind it.

The three likenesses are cosines of sparse vectors. The field of a text is its projection onto the minor groups of the
classification of occupations, learned from names, aliases, functions and recruitment titles (`tools/train_matching`).
Rarity comes from the model, so that the likeness of a pair does not depend on what else is compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from importlib import resources
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.concepts import term_reader
from chanjiao.engines.matching.items import Evidence
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.letters import Floats, Ints, LaidOut, grams, laid_out, normalised
from chanjiao.engines.matching.lexicon import Term, lexicon
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
class Similarity:
    """A likeness in [0, 1] and what stands behind it."""

    value: float
    evidence: tuple[Evidence, ...] = ()


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
_WIDE = re.compile("[\u2e80-\U0010ffff]")


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
    return _WIDE.search(text, 0, 200) is not None


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


@dataclass(frozen=True, slots=True)
class _Vectors:
    letters: dict[int, float]
    synonyms: dict[int, float]
    domain: dict[int, float]
    wide: bool


_KEPT = 50_000
_known: dict[str, _Vectors] = {}


def encode_ahead(texts: Iterable[str]) -> None:
    """The vectors of all these texts are at hand; encoding many at once costs a tenth of one by one."""
    new = [text for text in dict.fromkeys(texts) if text not in _known]
    if not new:
        return
    if len(_known) + len(new) > _KEPT:
        _known.clear()
    encoded = title_model().encode(new)
    for place, text in enumerate(new):
        found = [_as_dict(encoded.channel(name), place) for name in CHANNELS]
        _known[text] = _Vectors(found[0], found[1], found[2], bool(encoded.wide[place]))


def _as_dict(bags: Bags, place: int) -> dict[int, float]:
    features, weights = bags.of(place)
    return dict(zip(features.tolist(), weights.tolist(), strict=True))


def _vectors(text: str) -> _Vectors:
    found = _known.get(text)
    if found is None:
        encode_ahead([text])
        found = _known[text]
    return found


def parts(one: str, other: str) -> tuple[float, float, float]:
    """The likeness of two texts in letters, synonyms and domain, unweighted."""
    left, right = _vectors(one), _vectors(other)
    return (
        _dot(left.letters, right.letters),
        _dot(left.synonyms, right.synonyms),
        _dot(left.domain, right.domain),
    )


def _dot(left: dict[int, float], right: dict[int, float]) -> float:
    if len(right) < len(left):
        left, right = right, left
    return min(1.0, sum(weight * right[feature] for feature, weight in left.items() if feature in right))


def similarity(one: str, other: str, explain: bool = True) -> Similarity:
    """The likeness of two texts: 1 for equal ones, 0 where nothing is shared; without evidence where none is asked for.

    >>> [(line.how, line.need, line.offer) for line in similarity("挖机司机", "工程机械操作员").evidence][:1]
    [('synonym', '挖机', '工程机械操作')]
    """
    found = parts(one, other)
    value = sum(share * part for share, part in zip(shares(_vectors(one).wide), found, strict=True))
    return Similarity(min(1.0, value), evidence(one, other, found) if explain and value > 0 else ())


def evidence(one: str, other: str, found: tuple[float, float, float]) -> tuple[Evidence, ...]:
    """The words, synonyms and occupational field behind a likeness."""
    words = [Evidence("word", word, word, round(found[0], 4)) for word in shared_words(one, other)] if found[0] else []
    meant = [Evidence("synonym", a, b, round(weight, 4)) for a, b, weight in synonyms(one, other)] if found[1] else []
    lines = [*words, *meant]
    if found[2] > 0.3:
        lines += _inferred(one, other, found[2], bool(lines))
    return tuple(lines)


def _inferred(one: str, other: str, strength: float, beside: bool) -> list[Evidence]:
    left, right = _vectors(one).domain, _vectors(other).domain
    both = max((weight * right[group], -group) for group, weight in left.items() if group in right)
    if both[0] < (0.25 if beside else 0.1):
        return []
    code = title_model().groups[-both[1]]
    name = f"{knowledge().name_of(code)} {code}"
    return [Evidence("inferred", name, name, round(strength, 4))]


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[tuple[Term, dict[str, float]], ...]:
    words = lexicon()
    return tuple((term, words.spread(term.concepts)) for term in words.terms_in(text[:2000]))


def synonyms(one: str, other: str, most: int = 3) -> tuple[tuple[str, str, float], ...]:
    """Terms of the two texts that are written differently and stand for the same or a close concept."""
    found: dict[tuple[str, str], float] = {}
    for left, mine in _terms(one):
        for right, theirs in _terms(other):
            if left.written != right.written:
                shared = max((weight * theirs[name] for name, weight in mine.items() if name in theirs), default=0.0)
                if shared >= 0.3:
                    found[left.written, right.written] = shared
    ordered = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple((left, right, strength) for (left, right), strength in ordered[:most])


@lru_cache(maxsize=50_000)
def shared_words(one: str, other: str, most: int = 4) -> tuple[str, ...]:
    """The longest stretches of at least two characters that stand in both texts, longest first.

    >>> shared_words("新能源汽车维修工", "汽车维修（新能源方向）")
    ('汽车维修', '新能源')
    """
    left, right = normalised(one)[:300], normalised(other)[:2000]
    found: list[str] = []
    taken = [False] * len(left)
    for size in range(min(len(left), 12), 1, -1):
        for start in range(len(left) - size + 1):
            piece = left[start : start + size]
            if piece not in right or any(taken[start : start + size]) or not _whole(piece, left, right):
                continue
            found.append(piece)
            taken[start : start + size] = [True] * size
            if len(found) == most:
                return tuple(found)
    return tuple(found)


def _whole(piece: str, left: str, right: str) -> bool:
    """Whether a stretch has no loose edge, and stands as whole words where it is written in letters."""
    if piece != piece.strip():
        return False
    if piece.isascii():
        return f" {piece} " in f" {right} " and f" {piece} " in f" {left} "
    return True
