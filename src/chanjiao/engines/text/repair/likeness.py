"""How well two characters go together, by the words that hold them side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from math import log1p

from chanjiao.data import tables
from chanjiao.engines.text.lexicon import departments, institution_names, lines, region_names, words
from chanjiao.engines.text.repair.characters import translation

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


class Likeness:
    """How well two simplified characters go together, by the word lists and by the beginning of the page itself."""

    def __init__(self, page: str) -> None:
        self._page = page[:_SAMPLE].translate(translation())
        self._known: dict[str, float] = {}
        self._behind: dict[str, set[str]] = {}

    def followers(self, before: str) -> set[str]:
        """The characters of which something is known behind the character."""
        found = self._behind.get(before)
        if found is None:
            of_page = (rest[:1] for rest in self._page.split(before)[1:])
            found = self._behind[before] = _followers()[before].union(of_page)
        return found

    def of(self, before: str, after: str) -> float:
        """From 0, where nothing is known of the pair, to 2.

        >>> Likeness("").of("集", "团") > 1, Likeness("").of("团", "瘓")
        (True, 0.0)
        """
        pair = before + after
        found = self._known.get(pair)
        if found is None:
            seen = _counts().get(pair, 0) + _OF_PAGE * self._page.count(pair)
            found = self._known[pair] = min(_MOST_LIKE, 0.35 * log1p(seen))
        return found


_SAMPLE = 6_000
_MOST_LIKE = 2.0
