"""Precision, recall and F1 per field of extracted facts against the truth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from chanjiao.engines.text.evaluation.stories import Story
from chanjiao.engines.text.facts import Extraction, Organisation

FIELDS = (
    "organisations",
    "organisation types",
    "organisation roles",
    "consortia",
    "person names",
    "person + title + organisation",
    "person actions",
    "event",
    "documents",
    "document actions",
    "requirement items",
    "requirement items + speaker",
    "requirement kinds",
    "credits",
)
_SAME_ITEM = 82.0
_PUNCTUATION = re.compile(r"[\s，。；：、！？（）“”‘’《》,.;:!?()\"'—\-·]")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one field: what was right, what was found, what there was to find."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what there was to find that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.wanted + other.wanted)


def score_stories(stories: Iterable[Story], extract: Callable[[str], Extraction]) -> dict[str, Score]:
    """The score of each field of `FIELDS`, summed over the stories.

    >>> from chanjiao.engines.text.evaluation.stories import written_stories
    >>> score_stories(written_stories()[:1], lambda text: written_stories()[0].truth)["credits"].f1
    1.0
    """
    total = {field: Score() for field in FIELDS}
    for story in stories:
        for field, score in score_story(extract(story.page), story.truth).items():
            total[field] = total[field] + score
    return total


def plain(text: str) -> str:
    """The text without punctuation and space, by which names and points are compared."""
    return _PUNCTUATION.sub("", text)


def score_story(found: Extraction, truth: Extraction) -> dict[str, Score]:
    """The score of each field for one story."""
    names = _Names(found, truth)
    told, wanted = _told(found, names), _told(truth, names)
    items, wanted_items = _items_told(found), _items_told(truth)
    return {
        **_of_organisations(names.pairs, found, truth),
        **{field: _sets(told[field], wanted[field]) for field in told},
        "event": _event(found, truth),
        "requirement items": _items(items, wanted_items, lambda a, b: True),
        "requirement items + speaker": _items(items, wanted_items, lambda a, b: a[1] == b[1]),
        "requirement kinds": _items(items, wanted_items, lambda a, b: a[2] == b[2]),
    }


def _of_organisations(
    pairs: Sequence[tuple[Organisation, Organisation]], found: Extraction, truth: Extraction
) -> dict[str, Score]:
    counts = len(found.organisations), len(truth.organisations)
    return {
        "organisations": Score(len(pairs), *counts),
        "organisation types": Score(sum(a.type == b.type for a, b in pairs), *counts),
        "organisation roles": Score(
            sum(len(set(a.roles) & set(b.roles)) for a, b in pairs),
            sum(len(o.roles) for o in found.organisations),
            sum(len(o.roles) for o in truth.organisations),
        ),
    }


def _told(facts: Extraction, names: _Names) -> dict[str, list[Any]]:
    """What is right or wrong as a whole, by field."""
    posts = [(plain(p.name), names.of(p.org), plain(p.title)) for p in facts.people]
    return {
        "consortia": [(names.of(c.name), c.kind) for c in facts.consortia],
        "person names": [name for name, _, _ in posts],
        "person + title + organisation": posts,
        "person actions": [(plain(p.name), action) for p in facts.people for action in p.actions],
        "documents": [plain(d.title) for d in facts.documents],
        "document actions": [(plain(d.title), d.action, d.read_by) for d in facts.documents],
        "credits": [(c.role, plain(name)) for c in facts.credits for name in c.names],
    }


def _items_told(facts: Extraction) -> list[tuple[str, str, str]]:
    return [(plain(item), plain(one.by), one.kind) for one in facts.requirements for item in one.items]


class _Names:
    """Which names mean the same organisation, by the aliases of both sides."""

    def __init__(self, found: Extraction, truth: Extraction) -> None:
        self._of: dict[str, str] = {}
        for organisation in truth.organisations:
            for form in (organisation.name, *organisation.aliases):
                self._of.setdefault(plain(form), plain(organisation.name))
        self.pairs = []
        left = list(truth.organisations)
        for organisation in found.organisations:
            forms = {plain(form) for form in (organisation.name, *organisation.aliases)}
            match = next((o for o in left if {plain(f) for f in (o.name, *o.aliases)} & forms), None)
            if match is not None:
                left.remove(match)
                self.pairs.append((organisation, match))
                for form in forms:
                    self._of.setdefault(form, plain(match.name))

    def of(self, name: str) -> str:
        """The name that stands for all forms of the organisation."""
        return self._of.get(plain(name), plain(name))


def _sets(found: Sequence[object], wanted: Sequence[object]) -> Score:
    return Score(len(set(found) & set(wanted)), len(set(found)), len(set(wanted)))


def _event(found: Extraction, truth: Extraction) -> Score:
    ours, theirs = found.event, truth.event
    pairs = [
        (bool(ours.name), bool(theirs.name), fuzz.ratio(plain(ours.name), plain(theirs.name)) >= _SAME_ITEM),
        (bool(ours.date), bool(theirs.date), ours.date == theirs.date),
        (bool(ours.place), bool(theirs.place), plain(ours.place) == plain(theirs.place)),
        (bool(ours.attendance), bool(theirs.attendance), ours.attendance == theirs.attendance),
    ]
    return Score(
        sum(a and b and same for a, b, same in pairs), sum(a for a, _, _ in pairs), sum(b for _, b, _ in pairs)
    )


_Item = tuple[str, str, str]


def _items(found: list[_Item], wanted: list[_Item], fits: Callable[[_Item, _Item], bool]) -> Score:
    left = list(wanted)
    right = 0
    for item in found:
        best = max(left, key=lambda other: fuzz.ratio(item[0], other[0]), default=None)
        if best is not None and fuzz.ratio(item[0], best[0]) >= _SAME_ITEM and fits(item, best):
            left.remove(best)
            right += 1
    return Score(right, len(found), len(wanted))
