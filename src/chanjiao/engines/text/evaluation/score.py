"""Precision, recall and F1 per field of extracted facts against the truth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from chanjiao.engines.text.evaluation.stories import Story
from chanjiao.engines.text.facts import Extraction

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
    pairs = names.pairs
    posts = [(plain(p.name), names.of(p.org), plain(p.title)) for p in found.people]
    wanted_posts = [(plain(p.name), names.of(p.org), plain(p.title)) for p in truth.people]
    items = [(plain(i), plain(r.by), r.kind) for r in found.requirements for i in r.items]
    wanted_items = [(plain(i), plain(r.by), r.kind) for r in truth.requirements for i in r.items]
    return {
        "organisations": Score(len(pairs), len(found.organisations), len(truth.organisations)),
        "organisation types": Score(
            sum(a.type == b.type for a, b in pairs), len(found.organisations), len(truth.organisations)
        ),
        "organisation roles": Score(
            sum(len(set(a.roles) & set(b.roles)) for a, b in pairs),
            sum(len(o.roles) for o in found.organisations),
            sum(len(o.roles) for o in truth.organisations),
        ),
        "consortia": _sets(
            [(names.of(c.name), c.kind) for c in found.consortia], [(names.of(c.name), c.kind) for c in truth.consortia]
        ),
        "person names": _sets([p[0] for p in posts], [p[0] for p in wanted_posts]),
        "person + title + organisation": _sets(posts, wanted_posts),
        "person actions": _sets(
            [(plain(p.name), a) for p in found.people for a in p.actions],
            [(plain(p.name), a) for p in truth.people for a in p.actions],
        ),
        "event": _event(found, truth),
        "documents": _sets([plain(d.title) for d in found.documents], [plain(d.title) for d in truth.documents]),
        "document actions": _sets(
            [(plain(d.title), d.action, d.read_by) for d in found.documents],
            [(plain(d.title), d.action, d.read_by) for d in truth.documents],
        ),
        "requirement items": _items(items, wanted_items, lambda a, b: True),
        "requirement items + speaker": _items(items, wanted_items, lambda a, b: a[1] == b[1]),
        "requirement kinds": _items(items, wanted_items, lambda a, b: a[2] == b[2]),
        "credits": _sets(
            [(c.role, plain(n)) for c in found.credits for n in c.names],
            [(c.role, plain(n)) for c in truth.credits for n in c.names],
        ),
    }


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
