"""One side of the exchange laid out for retrieval: inverted lists of texts and codes, conditions by distinct values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.conditions import CONDITIONS, Condition
from chanjiao.engines.matching.factors import described
from chanjiao.engines.matching.items import Item
from chanjiao.engines.matching.letters import Floats, Ints, grams
from chanjiao.engines.matching.postings import Bags, Postings, Rarity, summed, unit
from chanjiao.engines.matching.tokens import code_tokens, hashed

# How much each channel counts in retrieval, which only has to bring the right ones into the first hundreds.
CHANNELS = {"title": 0.45, "text": 0.25, "codes": 0.30}


class Channel:
    """One kind of feature over all items of an index."""

    __slots__ = ("bags", "postings", "rarity")

    def __init__(self, owner: Ints, feature: Ints, weight: Floats, documents: int) -> None:
        raw = summed(owner, feature, weight, documents)
        self.rarity = Rarity(raw)
        self.bags = unit(raw, self.rarity)
        self.postings = Postings(self.bags)

    def scores(self, owner: Ints, feature: Ints, weight: Floats) -> Floats:
        """The cosine of one outside document with every document."""
        bag: Bags = unit(summed(owner, feature, weight, 1), self.rarity)
        return self.postings.scores(*bag.of(0))


class Index:
    """The items of one side. Ids are unique; two items of the same id are an `matching.duplicate_id` error.

    >>> index = Index([Item("o1", "offer", "post", "焊工"), Item("o2", "offer", "post", "会计")])
    >>> len(index), index.scores(Item("n", "need", "post", "电焊工")).argmax()
    (2, np.int64(0))
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(items)
        self.position = positions(self.items)
        self._channels = {
            "title": Channel(*grams([item.title for item in self.items]), len(self.items)),
            "text": Channel(*grams([described(item) for item in self.items]), len(self.items)),
            "codes": Channel(*_tokens(self.items), len(self.items)),
        }
        self._distinct: dict[str, tuple[list[tuple[object, ...]], NDArray[np.intp]]] = {}

    def __len__(self) -> int:
        return len(self.items)

    def scores(self, item: Item) -> Floats:
        """The retrieval score of every item of the index for one item of the other side."""
        found = CHANNELS["title"] * self._channels["title"].scores(*grams([item.title]))
        found += CHANNELS["text"] * self._channels["text"].scores(*grams([described(item)]))
        found += CHANNELS["codes"] * self._channels["codes"].scores(*_tokens([item]))
        return found.astype(np.float32)

    def permitted(self, item: Item, conditions: Sequence[Condition] = CONDITIONS) -> NDArray[np.bool_]:
        """Whether each item of the index keeps every condition with the given one."""
        kept = np.ones(len(self.items), np.bool_)
        for condition in conditions:
            kept &= self.keeps(item, condition)
        return kept

    def keeps(self, item: Item, condition: Condition) -> NDArray[np.bool_]:
        """Whether each item of the index keeps one condition with the given one."""
        values, which = self._distinct.get(condition.name) or self._note(condition)
        mine = condition.reads(item)
        if item.side == "need":
            verdicts = [condition.clash(mine, value) is None for value in values]
        else:
            verdicts = [condition.clash(value, mine) is None for value in values]
        return np.array(verdicts, np.bool_)[which] if values else np.zeros(0, np.bool_)

    def _note(self, condition: Condition) -> tuple[list[tuple[object, ...]], NDArray[np.intp]]:
        seen: dict[tuple[object, ...], int] = {}
        which = [seen.setdefault(condition.reads(item), len(seen)) for item in self.items]
        self._distinct[condition.name] = (list(seen), np.array(which, np.intp))
        return self._distinct[condition.name]


def positions(items: Sequence[Item]) -> dict[str, int]:
    """Id → place in the sequence; a repeated id is an `matching.duplicate_id` error."""
    found: dict[str, int] = {}
    for place, item in enumerate(items):
        if found.setdefault(item.id, place) != place:
            raise ChanjiaoError("matching.duplicate_id", id=item.id)
    return found


def _tokens(items: Sequence[Item]) -> tuple[Ints, Ints, Floats]:
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
    return owner, feature, np.array([share for _, _, share in found], np.float32)
