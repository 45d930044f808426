"""How well two characters go together, by the words that hold them side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from functools import cache, lru_cache
from math import log1p
from operator import add

from chanjiao.data import tables
from chanjiao.engines.text.lexicon import departments, institution_names, lines, region_names, words

_LISTS = ("title_cores.txt", "meetings.txt", "name_followers.txt", "boundaries.txt", "protected.txt", "neighbours.txt")


@cache
def _counts() -> Counter[str]:
    """How often two characters stand side by side in the words of the lists, those of usual words weighing more."""
    counts: Counter[str] = Counter()
    for weight, found in ((_USUAL, _usual_words()), (1, _other_words())):
        for word in found:
            for at in range(len(word) - 1):
                counts[word[at : at + 2]] += weight
    return counts


_USUAL = 30
_OF_PAGE = 15


def _usual_words() -> Iterator[str]:
    for name in _LISTS:
        yield from words(name)
    for line in lines("endings.tsv"):
        yield from line.split("\t")[1].split()
    for short, fuller in departments().items():
        yield from (short, *fuller)


def _other_words() -> Iterator[str]:
    yield from institution_names()
    yield from region_names()
    yield from (course.course for course in tables.programme_courses())
    yield from (programme.name for programme in tables.programmes())
    yield from (occupation.name for occupation in tables.occupations())


@cache
def _followers() -> defaultdict[str, set[str]]:
    """Character → those that stand behind it in one of the words."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pair in _counts():
        found[pair[0]].add(pair[1])
    return found


@lru_cache(1 << 16)
def likeness(pair: str, *, shown: bool = False) -> float:
    """How well two simplified characters go together, from 0, where nothing is known, to `MOST_LIKE`.

    By the word lists, and by whether the page has shown them side by side elsewhere.

    >>> likeness("集团") > 1, likeness("团瘓"), likeness("团瘓", shown=True) > 0
    (True, 0.0, True)
    """
    return min(MOST_LIKE, 0.35 * log1p(_counts().get(pair, 0) + _OF_PAGE * shown))


def known_behind(before: str) -> Set[str]:
    """The characters that the word lists hold behind the character."""
    return _followers().get(before, _NONE)


class Page:
    """The pairs of characters that the beginning of a page shows."""

    def __init__(self, text: str) -> None:
        self._text = text[:_SAMPLE]
        self._behind: dict[str, Set[str]] = {}
        self.characters = set(self._text)
        self.pairs = set(map(add, self._text, self._text[1:]))

    def behind(self, before: str) -> Set[str]:
        """The characters that the page shows behind the character."""
        if before not in self.characters:
            return _NONE
        found = self._behind.get(before)
        if found is None:
            found = self._behind[before] = {rest[:1] for rest in self._text.split(before)[1:]}
        return found


_NONE: Set[str] = frozenset()
_SAMPLE = 6_000
MOST_LIKE = 2.0
