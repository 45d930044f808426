"""What texts mean: unit vectors in one space for Chinese and English, small enough to ship.

A Chinese text is the sum of the terms found in it, an English one of its word pieces. Their vectors were distilled from
a sentence encoder by `tools/train_matching/train_meaning.py`: a Chinese term stands where its English gloss stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.items import Evidence
from chanjiao.engines.matching.letters import Floats, normalised, unit_rows
from chanjiao.engines.matching.wordpieces import WordPieces

MEANING_FORMAT = 1
LONGEST = 2_000  # characters read of a text
KEPT = 2_000  # texts whose units are kept at hand
VECTORS_KEPT = 200  # texts of whose units the vectors are
TOGETHER = 1_000  # texts whose vectors are summed up together
CLOSE = 0.55  # from here on two terms are named as near in meaning
_STRETCH = re.compile(r"[a-z0-9]+|[^\x00-\u2e7f]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a text that has a meaning of its own, and the rows of the model that make it up."""

    written: str
    rows: tuple[int, ...]


class MeaningModel:
    """The vectors of terms and word pieces, and texts as their sums. Damage is a `matching.model_damaged` error."""

    def __init__(self, source: BinaryIO) -> None:
        try:
            with np.load(source, allow_pickle=False) as arrays:
                self._read(arrays)
        except Exception as error:  # a broken archive raises many kinds
            raise ChanjiaoError("matching.model_damaged", reason=f"meaning.npz: {type(error).__name__}") from None

    def _read(self, arrays: np.lib.npyio.NpzFile) -> None:
        if int(arrays["format"][0]) != MEANING_FORMAT:
            raise ValueError("format")
        terms, self._written = str(arrays["terms"]).split("\n"), str(arrays["pieces"])
        self._steps: NDArray[np.int8] = arrays["vectors"]
        self._scale: Floats = arrays["scale"].astype(np.float32)
        if len(self._steps) != len(terms) + self._written.count("\n") + 1:
            raise ValueError("shape")
        self._terms = {term: row for row, term in enumerate(terms)}
        self._reach: dict[str, int] = {}  # first character → how long the longest term is that begins with it
        for term in terms:
            self._reach[term[0]] = max(len(term), self._reach.get(term[0], 0))
        self._first = len(terms)
        self._kept_units = lru_cache(maxsize=KEPT)(self._found_units)
        self._kept_vectors = lru_cache(maxsize=VECTORS_KEPT)(self._unit_vectors)

    @cached_property
    def _pieces(self) -> WordPieces:
        return WordPieces([*self._written.split("\n"), "[CLS]", "[SEP]", "[UNK]"])

    def _sums(self, groups: Sequence[Sequence[int]]) -> Floats:
        """The sum of each group of rows; none of them is empty."""
        rows = [row for group in groups for row in group]
        firsts = np.cumsum([0, *map(len, groups[:-1])])
        found: Floats = np.add.reduceat(self._steps[rows] * self._scale[rows, None], firsts, axis=0)
        return found

    @property
    def width(self) -> int:
        """How long a vector is."""
        return int(self._steps.shape[1])

    def knows(self, text: str) -> bool:
        """Whether a text as a whole is a term of the glossary."""
        return normalised(text) in self._terms

    def is_piece(self, word: str) -> bool:
        """Whether a word in small letters is a whole piece of the English vocabulary."""
        return word in self._pieces

    def units(self, text: str) -> tuple[Unit, ...]:
        """The terms and words of a text that the model knows, in their order.

        >>> [unit.written for unit in meaning_model().units("助理Java工程师")]
        ['助理', 'java', '工程师']
        """
        return self._kept_units(text[:LONGEST])

    def _found_units(self, text: str) -> tuple[Unit, ...]:
        return tuple(unit for stretch in _STRETCH.findall(normalised(text)) for unit in self._read_off(stretch))

    def _read_off(self, stretch: str) -> Iterator[Unit]:
        if stretch in self._terms:
            yield Unit(stretch, (self._terms[stretch],))
        elif stretch.isascii():
            rows = tuple(self._first + number for number in self._pieces.numbers(stretch)[1:-1])
            rows = tuple(row for row in rows if row < len(self._steps))
            if rows:
                yield Unit(stretch, rows)
        else:
            yield from self._segmented(stretch)

    def _segmented(self, stretch: str) -> Iterator[Unit]:
        """The longest terms from left to right."""
        start = 0
        while start < len(stretch):
            reach = self._reach.get(stretch[start], 0)
            for end in range(min(start + reach, len(stretch)), start, -1):
                row = self._terms.get(stretch[start:end])
                if row is not None:
                    yield Unit(stretch[start:end], (row,))
                    break
            else:
                end = start + 1
            start = end

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 a text; a row of zeros for a text in which nothing is known."""
        found = np.zeros((len(texts), self.width), np.float32)
        for first in range(0, len(texts), TOGETHER):
            part = texts[first : first + TOGETHER]
            groups = {place: self._rows(text) for place, text in enumerate(part, start=first)}
            known = [place for place, rows in groups.items() if rows]
            if known:
                found[known] = self._sums([groups[place] for place in known])
        return unit_rows(found)

    def _rows(self, text: str) -> list[int]:
        return [row for unit in self.units(text) for row in unit.rows]

    def near(self, one: str, other: str, most: int = 3) -> tuple[Evidence, ...]:
        """The pairs of terms of two texts that are written differently and mean nearly the same, nearest first."""
        left, right = self._kept_vectors(one[:300]), self._kept_vectors(other[:300])
        if not len(left) or not len(right):
            return ()
        here, there, closeness = self.units(one[:300]), self.units(other[:300]), left @ right.T
        close = np.argwhere(closeness >= CLOSE).tolist()
        found = [(float(closeness[i, j]), here[i].written, there[j].written) for i, j in close]
        pairs = [pair for pair in found if pair[1] != pair[2]]
        ordered = sorted(set(pairs), key=lambda pair: (-pair[0], pair[1:]))[:most]
        return tuple(Evidence("related", a, b, round(min(1.0, strength), 4)) for strength, a, b in ordered)

    def _unit_vectors(self, text: str) -> Floats:
        """A row of length 1 for each unit of a text."""
        rows = [unit.rows for unit in self.units(text)]
        return unit_rows(self._sums(rows)) if rows else np.zeros((0, self.width), np.float32)


@lru_cache(maxsize=1)
def meaning_model() -> MeaningModel:
    """The model that ships with the engine."""
    with resources.files("chanjiao.engines.matching").joinpath("model/meaning.npz").open("rb") as source:
        return MeaningModel(source)  # type: ignore[arg-type]
