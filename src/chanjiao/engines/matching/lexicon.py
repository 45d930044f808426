"""The words of work: which terms mean which concept, and which concept belongs to which.

The lexicon (`lexicon/*.txt`) was written for this project. A line is `concept<parents | Chinese | English`, terms
parted by spaces and by commas; `~工` is a term that counts only at the end of a text. Parents `_field`, `_role` and
`_grade` say what sort of concept it is. A damaged file is a `matching.model_damaged` error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.letters import normalised

DECAY = 0.6  # what a parent counts of its child
DEPTH = 3
SORT_WEIGHT = {"_field": 1.0, "_role": 0.4, "_grade": 0.15}
_WORDS = 4  # longest English term, in words
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Term:
    """A term found in a text, as written there, with the concepts it stands for."""

    written: str
    concepts: tuple[str, ...]


@dataclass(slots=True)
class Lexicon:
    """Terms and concepts."""

    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    weight: dict[str, float] = field(default_factory=dict)

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """The longest terms in a text (none that lies inside a longer one), in their order.

        >>> [(term.written, term.concepts) for term in lexicon().terms_in("挖机司机")]
        [('挖机', ('heavy_equip',)), ('司机', ('driver',))]
        """
        return self.terms_of(normalised(text))

    def terms_of(self, plain: str) -> tuple[Term, ...]:
        """The longest terms in a normalised text."""
        spans = sorted((*self._ideographic(plain), *self.worded(plain)), key=lambda span: (span[0], -span[1]))
        kept: list[Term] = []
        reach = -1
        for start, end, concepts in spans:
            if end > reach:
                kept.append(Term(plain[start:end], concepts))
                reach = end
        return tuple(kept)

    def _ideographic(self, plain: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        for start, first in enumerate(plain):
            for size in range(min(self.longest.get(first, 0), len(plain) - start), 0, -1):
                found = self.terms.get(plain[start : start + size])
                if found and _stands_alone(plain, start, start + size):
                    yield start, start + size, found
                    break
        for ending, concepts in self.endings.items():
            if plain.endswith(ending):
                yield len(plain) - len(ending), len(plain), concepts

    def worded(self, plain: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Start, end and concepts of the longest English term at each word of a normalised text."""
        if not any("a" <= letter <= "z" for letter in plain):
            return
        words = [(singular(found.group()), found.start(), found.end()) for found in _WORD.finditer(plain)]
        for first in range(len(words)):
            for last in range(min(first + _WORDS, len(words)), first, -1):
                found = self.phrases.get(" ".join(word for word, _, _ in words[first:last]))
                if found:
                    yield words[first][1], words[last - 1][2], found
                    break

    def spread(self, concepts: tuple[str, ...]) -> dict[str, float]:
        """The weight of each concept that a term of these concepts stands for, parents counting less.

        >>> {name: round(weight, 2) for name, weight in lexicon().spread(("heavy_equip",)).items()}
        {'heavy_equip': 1.0, 'construction': 0.6, 'driver': 0.6, 'operator': 0.14, 'transport': 0.36}
        """
        found: dict[str, float] = {}
        layer = [(concept, len(concepts) ** -0.5) for concept in concepts]
        for _ in range(DEPTH):
            for concept, weight in layer:
                found[concept] = max(found.get(concept, 0.0), weight * self.weight[concept])
            layer = [(up, weight * DECAY) for concept, weight in layer for up in self.parents[concept]]
        return found


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Whether a term in letters is not a part of a longer word in letters; other terms always stand alone."""
    if plain[start].isascii() and start and plain[start - 1].isascii() and plain[start - 1].isalnum():
        return False
    return not (plain[end - 1].isascii() and end < len(plain) and plain[end].isascii() and plain[end].isalnum())


def singular(word: str) -> str:
    """An English word without the s of its plural.

    >>> singular("nurses"), singular("babies"), singular("glass")
    ('nurse', 'baby', 'glass')
    """
    if len(word) > 3 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that ships with the engine."""
    folder = resources.files("chanjiao.engines.matching").joinpath("lexicon")
    return read_lexicon(sorted((part for part in folder.iterdir() if part.name.endswith(".txt")), key=lambda p: p.name))


def read_lexicon(parts: list[Traversable]) -> Lexicon:
    """The lexicon in some files; `matching.model_damaged` where a line or a parent makes no sense."""
    found = Lexicon()
    sorts: dict[str, str] = {}
    for part in parts:
        for number, line in enumerate(part.read_text("utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                _read_line(found, sorts, line, f"{part.name}:{number}")
    for concept, parents in found.parents.items():
        unknown = [parent for parent in parents if parent not in found.parents]
        if unknown:
            raise ChanjiaoError("matching.model_damaged", reason=f"{concept} < {unknown[0]}")
        found.weight[concept] = SORT_WEIGHT[_sort(concept, found.parents, sorts)]
    for term in found.terms:
        found.longest[term[0]] = max(len(term), found.longest.get(term[0], 0))
    return found


def _sort(concept: str, parents: dict[str, tuple[str, ...]], sorts: dict[str, str]) -> str:
    if concept in sorts:
        return sorts[concept]
    return "_field"


def _read_line(found: Lexicon, sorts: dict[str, str], line: str, place: str) -> None:
    head, *columns = (part.strip() for part in line.split("|"))
    concept, _, above = head.partition("<")
    parents = [parent.strip() for parent in above.split(",") if parent.strip()]
    if len(columns) < 2 or not concept or concept in found.parents:
        raise ChanjiaoError("matching.model_damaged", reason=place)
    found.parents[concept] = tuple(parent for parent in parents if not parent.startswith("_"))
    sort = next((parent for parent in parents if parent.startswith("_")), "")
    if sort:
        sorts[concept] = sort
    for term in columns[0].split():
        if term.startswith("~"):
            _add(found.endings, term[1:], concept)
        else:
            _add(found.terms, normalised(term), concept)
    for term in columns[1].split(","):
        _add(found.phrases, " ".join(singular(word) for word in normalised(term).split()), concept)


def _add(terms: dict[str, tuple[str, ...]], term: str, concept: str) -> None:
    if term and concept not in terms.get(term, ()):
        terms[term] = (*terms.get(term, ()), concept)
