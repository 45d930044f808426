"""Readings that were inserted between the bytes of two characters: 集?huàn)F for 集團, 秘?gòng)L(zhǎng) for 秘書長.

A site's table matched the trail byte of one character with the lead byte of the next, took the two for a character
of its own and put that one's reading behind them. The lead byte and the bracket became "?", what follows is read one
byte late. Trail byte and reading name the wrong character, and so the lost lead byte; from there the stream is read
again, up to the byte at which it comes right.
"""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass
from functools import lru_cache, partial

from chanjiao.engines.text.repair import streams
from chanjiao.engines.text.repair.likeness import MOST_LIKE, Page, known_behind, likeness
from chanjiao.engines.text.repair.readings import is_reading
from chanjiao.engines.text.repair.result import Edit

_TONED = "a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_START = re.compile(rf"(?<=[^\x00-\x7f])[?？\ufffd][(（]?([{_TONED}]{{1,6}}) ?[)）]")
_WHOLE = re.compile(rf"[(（]([{_TONED}]{{1,6}}) ?[)）]")
_CUT = re.compile(rf"[?？\ufffd][(（]?([{_TONED}]{{1,6}}) ?[)）]")
_LONGEST = 60  # characters of one stretch
_WIDTH = 5  # readings of a stretch followed at a time

# A way to read a stretch so far: what the guesses cost, its characters, the lead byte that waits for its trail.
_Way = tuple[float, str, int]


def spliced_readings(text: str) -> list[Edit]:
    """The replacements that read such stretches again; one that yields no plausible text is left alone."""
    if "?" not in text and "？" not in text and "\ufffd" not in text:
        return []
    edits: list[Edit] = []
    reader: _Reader | None = None
    for match in _START.finditer(text):
        if (edits and match.start() < edits[-1].end) or not is_reading(match[1]):
            continue
        reader = reader or _Reader(text)
        edit = reader.read_again(match)
        if edit is not None:
            edits.append(edit)
    return edits


_CERTAIN = 1.0
_KNOWN = 0.2  # what costs less is known behind its neighbour: no pair is looked for that would be hidden between them
_CREDIBLE = 9.0
_RARE, _USUAL, _GUESS, _DROPPED = 3.0, 0.2, 0.4, 1.2  # costs of a character, of a byte guessed, of a pair not shown
_FOLLOWING = 0.8  # what the likeness of the last character with the one behind the stretch counts
_LEAST = _USUAL - MOST_LIKE  # the least that a character costs
_LEAST_FOLLOWING = -_FOLLOWING * MOST_LIKE
_LEAST_END = _LEAST + _LEAST_FOLLOWING


def _price(pair: str, *, shown: bool) -> float:
    """What it costs to believe in the second character of a pair; less if the page has `shown` the two elsewhere."""
    char = pair[1]
    if char in streams.MARKS:
        return _USUAL if char in "，、。" else 4 * _USUAL
    return (_USUAL if streams.is_usual(char) else _RARE) - _together(pair, shown=shown)


def _together(pair: str, *, shown: bool) -> float:
    return likeness("".join(map(streams.plain, pair)), shown=shown)


_price_unseen = lru_cache(1 << 16)(partial(_price, shown=False))
_price_shown = lru_cache(1 << 14)(partial(_price, shown=True))


@dataclass(frozen=True, slots=True)
class _Hidden:
    """A character in front of a pair not shown, what may follow it (`chosen` by the lists), and the least price."""

    first: str
    seconds: frozenset[str]
    chosen: tuple[str, ...]
    least: float


@lru_cache(1 << 14)
def _hidden(lead: int, trail: int) -> tuple[_Hidden, ...]:
    """What may stand at two bytes where a pair between them is not shown; where the lists know nothing, any one."""
    found = []
    for first, after in streams.hidden_ends(lead):
        seconds = streams.behind_hidden(after, trail)
        known = sorted(known_behind(streams.plain(first)) & seconds.keys())
        chosen = tuple(seconds[form] for form in known) or tuple(seconds.values())[:1]
        if chosen:
            least = min(_price_unseen(first + second) for second in chosen)
            found.append(_Hidden(first, frozenset(seconds.values()), chosen, least))
    return tuple(found)


class _Cheapest:
    """The cheapest ways so far, at most `_WIDTH`; `limit` is what a way must undercut."""

    __slots__ = ("limit", "ways")

    def __init__(self) -> None:
        self.ways: list[_Way] = []
        self.limit = _CREDIBLE + _DROPPED

    def add(self, way: _Way) -> None:
        if way[0] >= self.limit:
            return
        insort(self.ways, way)
        if len(self.ways) >= _WIDTH:
            del self.ways[_WIDTH:]
            self.limit = self.ways[-1][0]


@dataclass(slots=True)
class _Found:
    """The cheapest reading of a stretch so far, and where the stretch ends."""

    cost: float = _CREDIBLE
    text: str = ""
    end: int = 0


class _Reader:
    """Reads the stretches of one page again, by what its other characters make likely."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.page = Page(text)

    def read_again(self, match: re.Match[str]) -> Edit | None:
        """The replacement for the stretch that begins at a spliced reading; None where nothing credible comes out."""
        before = self.text[match.start() - 1]
        code = before.encode("gbk", "ignore")
        if len(code) != 2:
            return None
        best = self._cheapest(match.end(), [(0.0, before, lead) for lead in streams.leads_named(code[1], match[1])])
        if not best.text:
            return None
        return Edit(match.start(), best.end, best.text[1:], "shifted", 0.97 if best.cost < _CERTAIN else 0.8)

    def _cheapest(self, place: int, ways: list[_Way]) -> _Found:
        """The cheapest way to the place where the stream comes right."""
        best = _Found()
        stop = place + _LONGEST
        while ways and place < stop:
            self._close(place, ways, best)
            ways, place = self._onward(place, ways)
        return best

    def _onward(self, place: int, ways: list[_Way]) -> tuple[list[_Way], int]:
        """The ways past the next character shown: its first byte ends the character that waits, its second waits."""
        shown = self.text[place : place + 1].encode("gb18030", "ignore")
        if len(shown) != 2:
            return [], place
        place += 1
        if (whole := _WHOLE.match(self.text, place)) and is_reading(whole[1]):
            place = whole.end()
        cheapest = _Cheapest()
        for way in ways:
            self._extend(way, shown[0], shown[1], cheapest)
        return cheapest.ways, place

    def _extend(self, way: _Way, trail: int, waits: int, cheapest: _Cheapest) -> None:
        """Add the way with the character that the byte ends, and unless it is a known one, with a pair not shown."""
        cost, text, lead = way
        if char := streams.character(lead, trail):
            price = self._price(text[-1] + char)
            cheapest.add((cost + price, text + char, waits))
            if price < _KNOWN:
                return
        for hidden in _hidden(lead, trail):
            so_far = cost + _DROPPED + _GUESS + self._price(text[-1] + hidden.first)
            if so_far + (_LEAST if hidden.first in self.page.characters else hidden.least) < cheapest.limit:
                for second in self._seconds(hidden):
                    price = self._price(hidden.first + second)
                    cheapest.add((so_far + price, text + hidden.first + second, waits))

    def _price(self, pair: str) -> float:
        return _price_shown(pair) if pair in self.page.pairs else _price_unseen(pair)

    def _seconds(self, hidden: _Hidden) -> tuple[str, ...]:
        """Of the characters that may stand behind a pair not shown those of which page or lists know; else any one."""
        shown = self.page.behind(hidden.first) & hidden.seconds
        return (*hidden.chosen, *sorted(shown)) if shown else hidden.chosen

    def _close(self, place: int, ways: list[_Way], best: _Found) -> None:
        """Keep the cheapest of the ways whose stream comes right at the place."""
        mark = self.text[place : place + 1]
        if "@" <= mark <= "~":
            whole = _WHOLE.match(self.text, place + 1)
            for way in ways:
                self._end(way, self._marked_ends(way[2], ord(mark), whole), place + 1, best)
        elif cut := _CUT.match(self.text, place):
            matched = self.text[place - 1] in ")）"  # a match of the table has used up the byte that waits
            for way in ways:
                self._end(way, streams.cut_ends(way[2], cut[1], matched=matched), cut.end(), best)
        elif mark in _LOST:
            for cost, text, lead in ways:  # most likely a line that ended there
                self._end((cost + _DROPPED, text, lead), streams.line_ends(lead), place + 1, best, "\n")

    def _marked_ends(self, lead: int, trail: int, reading: re.Match[str] | None) -> streams.Ends:
        """What the ASCII trail byte ends: a character, or with a pair dropped in front two, as their reading says."""
        if reading:
            return streams.sounded_ends(lead, trail, reading[1])
        char = streams.character(lead, trail)
        pairs = ((hidden.first, self._seconds(hidden)) for hidden in _hidden(lead, trail))
        return (*((("", (char,)),) if char else ()), *pairs)

    def _end(self, way: _Way, ends: streams.Ends, end: int, best: _Found, lost: str = "") -> None:
        """Keep the way with the cheapest of its ends, if it undercuts what was found before."""
        spent, text, _ = way
        following = self.text[end : end + 1]
        for first, lasts in ends:
            so_far = spent + _DROPPED + self._price(text[-1] + first) if first else spent
            if so_far + _LEAST_END >= best.cost:
                continue
            for last in lasts:
                cost = so_far + self._price((first or text[-1]) + last)
                if cost + _LEAST_FOLLOWING < best.cost:
                    pair = last + following
                    cost -= _FOLLOWING * _together(pair, shown=pair in self.page.pairs)
                    if cost < best.cost:
                        best.cost, best.text, best.end = cost, text + first + last + lost, end


_LOST = ("?", "？", "\ufffd")
