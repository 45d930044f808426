"""One side of the exchange laid out for retrieval: inverted lists of texts and codes, conditions by distinct values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.conditions import CONDITIONS, Condition
from chanjiao.engines.matching.factors import described
from chanjiao.engines.matching.items import Item
from chanjiao.engines.matching.letters import Floats, Ints
from chanjiao.engines.matching.likeness import FAINT, remember
from chanjiao.engines.matching.meaning import meaning_model
from chanjiao.engines.matching.postings import Bags, Postings, added_up, scaled_to_unit, summed
from chanjiao.engines.matching.selection import best
from chanjiao.engines.matching.titles import Encoded, title_model
from chanjiao.engines.matching.tokens import code_tokens, hashed

# How much each channel counts in retrieval, which only has to bring the right ones among the first.
CHANNELS = {"letters": 0.2, "synonyms": 0.22, "domain": 0.1, "text": 0.18, "codes": 0.3}
MEANING = 0.2  # what likeness in meaning of the titles counts beside them, and thus the most that it adds
ROUNDING = 1e-4  # more than sums can be off
LONGEST_TEXT = 2000  # characters of a description that retrieval reads; ranking reads more


class _Segment:
    """Some items with their inverted lists; never changed once made."""

    __slots__ = ("_distinct", "_meant", "_postings", "_titles", "items")

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = tuple(items)
        self._titles = title_model().encode([item.title for item in self.items])
        self._postings = {name: Postings(bags) for name, bags in _channels(self.items, self._titles).items()}
        self._meant = meaning_model().encode([item.title for item in self.items])
        self._distinct: dict[str, tuple[list[tuple[object, ...]], NDArray[np.intp]]] = {}

    def alike(self, channels: dict[str, Bags]) -> Floats:
        """What the channels give every place."""
        asked = {name: channels[name].of(0) for name in CHANNELS}
        return added_up(
            [
                self._postings[name].read(features, np.float32(CHANNELS[name]) * weights)
                for name, (features, weights) in asked.items()
            ],
            len(self.items),
        )

    def near(self, places: Ints, meant: Floats) -> Floats:
        """What likeness in meaning adds to some places: row by row, the same whichever others are asked for."""
        rows = self._meant if len(places) == len(self._meant) else self._meant[places]
        found: Floats = np.einsum("ij,j->i", rows, meant)
        return np.where(found > FAINT, np.float32(MEANING) * found, np.float32(0))

    def recall(self, place: int) -> None:
        remember(self.items[place].title, self._titles, self._meant, place)

    def keeps(self, item: Item, condition: Condition) -> NDArray[np.bool_]:
        values, which = self._distinct.get(condition.name) or self._note(condition)
        mine = condition.reads(item)
        if item.side == "need":
            verdicts = [condition.clash(mine, value) is None for value in values]
        else:
            verdicts = [condition.clash(value, mine) is None for value in values]
        if all(verdicts):
            return np.ones(len(which), np.bool_)
        return np.array(verdicts, np.bool_)[which]

    def _note(self, condition: Condition) -> tuple[list[tuple[object, ...]], NDArray[np.intp]]:
        seen: dict[tuple[object, ...], int] = {}
        which = [seen.setdefault(condition.reads(item), len(seen)) for item in self.items]
        self._distinct[condition.name] = (list(seen), np.array(which, np.intp))
        return self._distinct[condition.name]


class Index:
    """The items of one side. Ids are unique; two items of the same id are a `matching.duplicate_id` error.

    An index is never changed: `updated` gives a new one that shares what stayed the same.

    >>> index = Index([Item("o1", "offer", "post", "焊工"), Item("o2", "offer", "post", "会计")])
    >>> index = index.updated([Item("o3", "offer", "post", "电焊工")], removed=["o1"])
    >>> need = Item("n", "need", "post", "焊工")
    >>> [item.id for item in index.live], [index.items[n].id for n in index.nearest(need, index.permitted(need), 1)]
    (['o2', 'o3'], ['o3'])
    """

    def __init__(self, items: Iterable[Item]) -> None:
        made = tuple(items)
        self.position = positions(made)
        self._segments: tuple[_Segment, ...] = (_Segment(made),) if made else ()
        self.items = made
        self._alive = np.ones(len(made), np.bool_)

    def __len__(self) -> int:
        return len(self.position)

    @property
    def live(self) -> tuple[Item, ...]:
        """The items that have not been removed or replaced."""
        return tuple(item for item, alive in zip(self.items, self._alive.tolist(), strict=True) if alive)

    def updated(self, changed: Iterable[Item] = (), *, removed: Iterable[str] = ()) -> Index:
        """An index in which some items are new or replaced and some are gone; costs what changed, not what stayed."""
        new = tuple(changed)
        gone = {*removed, *(item.id for item in new)}
        found = Index.__new__(Index)
        first: tuple[_Segment, ...] = self._segments[:1]
        later: tuple[_Segment, ...] = self._segments[1:]
        kept = [item for part in later for item in part.items if self._is_live(item) and item.id not in gone]
        found._segments = (*first, _Segment((*kept, *new)))
        found.items = tuple(item for part in found._segments for item in part.items)
        base = len(first[0].items) if first else 0
        alive = np.ones(len(found.items), np.bool_)
        alive[:base] = self._alive[:base]
        for identity in gone:
            place = self.position.get(identity, base)
            if place < base:
                alive[place] = False
        found._alive = alive
        found.position = {k: p for k, p in self.position.items() if p < base and k not in gone}
        for place, item in enumerate((*kept, *new), start=base):
            if found.position.setdefault(item.id, place) != place:
                raise ChanjiaoError("matching.duplicate_id", id=item.id)
        return found

    def _is_live(self, item: Item) -> bool:
        return bool(self._alive[self.position[item.id]]) if item.id in self.position else False

    def nearest(self, item: Item, permitted: NDArray[np.bool_], count: int) -> list[int]:
        """The permitted places most like an item of the other side, at most `count`, best first, ties by place.

        Vectors are read only where a place can still come among them.
        """
        if not permitted.any():
            return []
        channels, meant = _channels((item,), title_model().encode([item.title])), meaning_model().encode([item.title])
        alike = np.concatenate([segment.alike(channels) for segment in self._segments])
        alike[~permitted] = -1
        hopeful = self._hopeful(alike, meant[0], count)
        chosen = best(alike[hopeful] + self._near(hopeful, meant[0]), count)
        return [int(place) for place in hopeful[chosen]]

    def _hopeful(self, alike: Floats, meant: Floats, count: int) -> Ints:
        """The places that the most that meaning may add can lift above what the first ones reach with theirs."""
        least = max(0, len(alike) - count)
        first = np.sort(np.argpartition(alike, min(least, len(alike) - 1))[least:])
        reached = (alike[first] + self._near(first, meant)).min(initial=np.inf)
        return np.flatnonzero(alike >= max(0.0, reached - MEANING - ROUNDING))

    def _near(self, places: Ints, meant: Floats) -> Floats:
        """What likeness in meaning adds to some places, which rise."""
        ends = np.cumsum([len(segment.items) for segment in self._segments])
        parts = np.split(places, np.searchsorted(places, ends[:-1]))
        starts = ends - [len(segment.items) for segment in self._segments]
        found = zip(self._segments, parts, starts, strict=True)
        return np.concatenate([segment.near(part - start, meant) for segment, part, start in found])

    def recall(self, place: int) -> Item:
        """The item of a place, the vectors of its title at hand again as they were laid out."""
        within = place
        for segment in self._segments:
            if within < len(segment.items):
                segment.recall(within)
                break
            within -= len(segment.items)
        return self.items[place]

    def permitted(self, item: Item, conditions: Sequence[Condition] = CONDITIONS) -> NDArray[np.bool_]:
        """Whether each place of the index is live and keeps every condition with the given item."""
        kept = self._alive.copy()
        for condition in conditions:
            kept &= self.keeps(item, condition)
        return kept

    def keeps(self, item: Item, condition: Condition) -> NDArray[np.bool_]:
        """Whether each place of the index keeps one condition with the given item."""
        parts = [segment.keeps(item, condition) for segment in self._segments]
        return np.concatenate(parts) if parts else np.zeros(0, np.bool_)


def positions(items: Sequence[Item]) -> dict[str, int]:
    """Id → place in the sequence; a repeated id is a `matching.duplicate_id` error."""
    found: dict[str, int] = {}
    for place, item in enumerate(items):
        if found.setdefault(item.id, place) != place:
            raise ChanjiaoError("matching.duplicate_id", id=item.id)
    return found


def _channels(items: Sequence[Item], titles: Encoded) -> dict[str, Bags]:
    texts = title_model().letters_of([described(item)[:LONGEST_TEXT] for item in items])
    return {
        "letters": titles.letters,
        "synonyms": titles.synonyms,
        "domain": titles.domain,
        "text": texts,
        "codes": _tokens(items),
    }


def _tokens(items: Sequence[Item]) -> Bags:
    """Codes with their ancestors, and skills, as features."""
    found = [
        (place, hashed(token), share)
        for place, item in enumerate(items)
        for token, share in (
            *code_tokens((*item.occupations, *item.industries, *item.programmes)),
            *((f"s{skill.casefold()}", 1.0) for skill in item.skills),
        )
    ]
    owner = np.array([place for place, _, _ in found], np.int64)
    feature = np.array([number for _, number, _ in found], np.int64)
    weight = np.array([share for _, _, share in found], np.float32)
    return scaled_to_unit(summed(owner, feature, weight, len(items)))
