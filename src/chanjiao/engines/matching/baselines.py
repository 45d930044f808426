"""What the engine is compared with: character n-gram TF-IDF and BM25 over words, in their plain forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from chanjiao.engines.matching.letters import Floats, Ints, is_ideographic, normalised

_WORDS = re.compile(r"[^\W_]+")


def character_ngrams(text: str, shortest: int = 2, longest: int = 4) -> list[str]:
    """The n-grams of each word with its edges, as in the usual `char_wb` analyser.

    >>> character_ngrams("焊工", 2, 3)
    [' 焊', '焊工', '工 ', ' 焊工', '焊工 ']
    """
    found: list[str] = []
    for word in text.casefold().split():
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            found += [padded[start : start + size] for start in range(len(padded) - size + 1)]
    return found


def words(text: str) -> list[str]:
    """Words in letters, and pairs of neighbouring characters in ideographs (a segmenter without a dictionary).

    >>> words("Java开发 engineer")
    ['java', '开发', 'engineer']
    """
    found: list[str] = []
    for piece in _WORDS.findall(re.sub(r"([a-z0-9]+)", r" \1 ", normalised(text))):
        points = np.frombuffer(piece.encode("utf-32-le"), np.uint32)
        if is_ideographic(points).any() and len(piece) > 1:
            found += [piece[start : start + 2] for start in range(len(piece) - 1)]
        else:
            found.append(piece)
    return found


class TfIdf:
    """Cosine of character n-gram counts times inverse document frequency, fitted on the candidates."""

    def __init__(self, candidates: Sequence[str]) -> None:
        counts = [Counter(character_ngrams(text)) for text in candidates]
        seen = Counter(gram for count in counts for gram in count)
        self._idf = {gram: float(np.log((1 + len(counts)) / (1 + number)) + 1) for gram, number in seen.items()}
        self._size = len(counts)
        self._lists = _listed([self._unit(count) for count in counts])

    def _unit(self, count: Counter[str]) -> dict[str, float]:
        weights = {gram: number * self._idf[gram] for gram, number in count.items() if gram in self._idf}
        length = float(np.sqrt(sum(weight**2 for weight in weights.values()))) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    def scores(self, query: str) -> Floats:
        """The cosine with every candidate."""
        found = np.zeros(self._size, np.float32)
        for gram, weight in self._unit(Counter(character_ngrams(query))).items():
            places, others = self._lists[gram]
            found[places] += np.float32(weight) * others
        return found


class Bm25:
    """Okapi BM25 (k1 1.5, b 0.75) over words."""

    def __init__(self, candidates: Sequence[str]) -> None:
        counts = [Counter(words(text)) for text in candidates]
        lengths = [sum(count.values()) for count in counts]
        mean = max(1e-9, sum(lengths) / max(1, len(lengths)))
        self._size = len(counts)
        self._lists = _listed(
            [
                {word: number * 2.5 / (number + 1.5 * (0.25 + 0.75 * length / mean)) for word, number in count.items()}
                for count, length in zip(counts, lengths, strict=True)
            ]
        )

    def scores(self, query: str) -> Floats:
        """The score of every candidate."""
        found = np.zeros(self._size, np.float32)
        for word in words(query):
            if word in self._lists:
                places, weights = self._lists[word]
                idf = np.log(1 + (self._size - len(places) + 0.5) / (len(places) + 0.5))
                found[places] += np.float32(idf) * weights
        return found


def _listed(weighted: Sequence[dict[str, float]]) -> dict[str, tuple[Ints, Floats]]:
    """Feature → the documents that hold it, and its weight in each."""
    lists: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for place, weights in enumerate(weighted):
        for feature, weight in weights.items():
            lists[feature][0].append(place)
            lists[feature][1].append(weight)
    return {
        feature: (np.array(places, np.int64), np.array(weights, np.float32))
        for feature, (places, weights) in lists.items()
    }
