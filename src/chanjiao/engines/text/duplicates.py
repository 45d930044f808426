"""One story under several headers, credits and damages: found by the passages that texts share, in near-linear time.

Each text is repaired and brought down to its characters. Of the hashes of its runs of eight characters every window
of sixteen keeps the least (winnowing, Schleimer, Wilkerson and Aiken 2003), so two texts that share a passage of 23
characters share a print. An index from prints to texts gives the pairs to compare.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from chanjiao.engines.text.repair import repair

_RUN, _WINDOW = 8, 16
_LONGEST = 60_000
_SHORTEST = 40  # characters; less tells too little
_FEW = 8  # holders of one print that are all paired; of more, each only with the next
_PRINTS = 3  # that a pair must share to be compared
_BASE = np.uint64(1_099_511_628_211)
_CHARACTERS = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class SameStory:
    """Two texts by their places in the list that tell one story, and why: the part of the shorter one's runs that both
    have, and the longest passage in common."""

    first: int
    second: int
    shared: float
    passage: str


def same_stories(texts: Sequence[str], *, least: float = 0.5) -> list[SameStory]:
    """The pairs of texts that share at least `least` of the shorter one's runs of eight characters.

    Of a story with many copies each is paired with the next, so that the pairs join them all. Work grows with the
    length of the texts and the number of copies, not with its square; deterministic; of a text beyond 60,000
    characters the beginning counts, and one of fewer than 40 is like none.

    >>> story = "6月9日，新材料产教联合体成立大会在化工职业学院隆重举行，省教育厅、市政府负责同志出席会议并共同揭牌。"
    >>> [(p.first, p.second) for p in same_stories([story, "今天天气很好，" * 8, f"来源：日报 {story} 编辑：某某"])]
    [(0, 2)]
    """
    known = [_CHARACTERS.sub("", repair(text[:_LONGEST]).text) for text in texts]
    found = []
    for first, second in sorted(pairs_to_compare(known)):
        shared = _shared(known[first], known[second])
        if shared >= least:
            found.append(SameStory(first, second, round(shared, 3), _passage(known[first], known[second])))
    return found


def groups_of(pairs: Sequence[SameStory]) -> list[tuple[int, ...]]:
    """The places of the texts that the pairs join, one group a story.

    >>> groups_of([SameStory(0, 2, 1.0, ""), SameStory(2, 5, 0.9, ""), SameStory(1, 3, 0.8, "")])
    [(0, 2, 5), (1, 3)]
    """
    leader: dict[int, int] = {}

    def lead(place: int) -> int:
        while leader.setdefault(place, place) != place:
            leader[place] = place = leader[leader[place]]
        return place

    for pair in pairs:
        a, b = sorted((lead(pair.first), lead(pair.second)))
        leader[b] = a
    groups: dict[int, list[int]] = {}
    for place in sorted(leader):
        groups.setdefault(lead(place), []).append(place)
    return [tuple(group) for group in groups.values()]


def pairs_to_compare(texts: Sequence[str]) -> set[tuple[int, int]]:
    """The pairs that share at least three prints."""
    holders: dict[int, list[int]] = {}
    for place, text in enumerate(texts):
        for one in _prints(text):
            holders.setdefault(one, []).append(place)
    counts: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        counts.update(_paired(places))
    return {pair for pair, count in counts.items() if count >= _PRINTS}


def _paired(places: list[int]) -> Iterator[tuple[int, int]]:
    return combinations(places, 2) if len(places) <= _FEW else pairwise(places)


def _hashes(text: str) -> NDArray[np.uint64]:
    """The hash of each run of eight characters."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    if len(codes) < _SHORTEST:
        return np.empty(0, dtype=np.uint64)
    made = np.zeros(len(codes) - _RUN + 1, dtype=np.uint64)
    for at in range(_RUN):
        made = made * _BASE + codes[at : at + len(made)]
    return made ^ (made >> np.uint64(29))


def _prints(text: str) -> list[int]:
    hashes = _hashes(text)
    if not len(hashes):
        return []
    windows = sliding_window_view(hashes, min(_WINDOW, len(hashes)))
    return [int(one) for one in np.unique(windows.min(axis=1))]


def _shared(first: str, second: str) -> float:
    a, b = np.unique(_hashes(first)), np.unique(_hashes(second))
    return len(np.intersect1d(a, b, assume_unique=True)) / max(1, min(len(a), len(b)))


def _passage(first: str, second: str) -> str:
    """The longest stretch of the first whose runs of eight all stand in the second."""
    inside = np.isin(_hashes(first), _hashes(second))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    best = int(np.argmax(ends - starts))
    return first[int(starts[best]) : int(ends[best]) + _RUN - 1]
