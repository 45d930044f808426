"""Readings that were inserted between the bytes of two characters: 集?huàn)F for 集團, 秘?gòng)L(zhǎng) for 秘書長.

A site's table matched the trail byte of one character with the lead byte of the next, took the two for a character
of its own and put that one's reading behind them. The lead byte and the bracket became "?", what follows is read one
byte late. Trail byte and reading name the wrong character, and so the lost lead byte; from there the stream is read
again, up to the byte at which it comes right.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from chanjiao.engines.text.repair import streams
from chanjiao.engines.text.repair.likeness import Likeness
from chanjiao.engines.text.repair.readings import is_reading
from chanjiao.engines.text.repair.result import Edit

_TONED = "a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_START = re.compile(rf"(?<=[^\x00-\x7f])[?？\ufffd][(（]?([{_TONED}]{{1,6}}) ?[)）]")
_WHOLE = re.compile(rf"[(（]([{_TONED}]{{1,6}}) ?[)）]")
_CUT = re.compile(rf"[?？\ufffd][(（]?([{_TONED}]{{1,6}}) ?[)）]")
_LONGEST = 60  # characters of one stretch
_WIDTH = 5  # readings of a stretch followed at a time


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to read a stretch so far: its characters, the lead byte that waits for its trail, what the guesses cost."""

    cost: float
    text: str
    lead: int


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
_CREDIBLE = 9.0
_RARE, _USUAL, _GUESS, _DROPPED = 3.0, 0.2, 0.4, 1.2  # costs of a character, of a byte guessed, of a pair not shown


_Hidden = tuple[str, float, list[tuple[float, str]]]  # a character, then what may follow, with the least price


class _Cheapest:
    """The cheapest ways so far, at most `_WIDTH`, of equal ones the first; `limit` is what a way must undercut."""

    __slots__ = ("limit", "ways")

    def __init__(self) -> None:
        self.ways: list[_Way] = []
        self.limit = _CREDIBLE + _DROPPED

    def add(self, cost: float, text: str, lead: int) -> None:
        if cost >= self.limit:
            return
        insort(self.ways, _Way(cost, text, lead), key=attrgetter("cost"))
        if len(self.ways) >= _WIDTH:
            del self.ways[_WIDTH:]
            self.limit = self.ways[-1].cost


class _Reader:
    """Reads the stretches of one page again, by what its other characters make likely."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.likeness = Likeness(text)
        self.prices: dict[str, float] = {}
        self.hidden: dict[tuple[int, int], list[_Hidden]] = {}

    def read_again(self, match: re.Match[str]) -> Edit | None:
        """The replacement for the stretch that begins at a spliced reading; None where nothing credible comes out."""
        before = self.text[match.start() - 1]
        code = before.encode("gbk", "ignore")
        if len(code) != 2:
            return None
        leads = sorted({one[1] for one in streams.codes().get(match[1], ()) if one[0] == code[1]})
        best = self._cheapest(match.end(), [_Way(0.0, before, lead) for lead in leads])
        if best is None or best[0] > _CREDIBLE:
            return None
        return Edit(match.start(), best[2], best[1][1:], "shifted", 0.97 if best[0] < _CERTAIN else 0.8)

    def _cheapest(self, place: int, ways: list[_Way]) -> tuple[float, str, int] | None:
        """The cheapest way to the place where the stream comes right: cost, text, place."""
        best: tuple[float, str, int] | None = None
        stop = place + _LONGEST
        while ways and place < stop:
            found = min(self._closed(place, ways), default=None)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
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
            if char := streams.character(way.lead, shown[0]):
                cheapest.add(way.cost + self._price(char, way.text[-1]), way.text + char, shown[1])
            for first, least, seconds in self._with_hidden(way.lead, shown[0]):
                cost = way.cost + _DROPPED + _GUESS + self._price(first, way.text[-1])
                if cost + least < cheapest.limit:
                    for price, second in seconds:
                        cheapest.add(cost + price, way.text + first + second, shown[1])
        return cheapest.ways, place

    def _with_hidden(self, lead: int, trail: int) -> list[_Hidden]:
        """What may stand at two bytes where a pair between them is not shown, and what the second character costs."""
        known = self.hidden.get((lead, trail))
        if known is None:
            known = self.hidden[lead, trail] = []
            for first, after in streams.hidden_ends(lead):
                found = self._likely(first, streams.behind_hidden(after, trail))
                seconds = sorted((self._price(second, first), second) for second in found)
                if seconds:
                    known.append((first, seconds[0][0], seconds))
        return known

    def _likely(self, first: str, seconds: dict[str, str]) -> list[str]:
        """Of the characters that may stand behind another those of which the page or the lists know; else any one."""
        known = self.likeness.followers(streams.plain(first)) & seconds.keys()
        return [seconds[form] for form in known] or list(seconds.values())[:1]

    def _closed(self, place: int, ways: list[_Way]) -> Iterator[tuple[float, str, int]]:
        """The ways whose stream comes right at the place: what each costs, its text, where it ends."""
        mark = self.text[place : place + 1]
        if "@" <= mark <= "~":
            whole = _WHOLE.match(self.text, place + 1)
            for way in ways:
                for last in self._last(way.lead, ord(mark), whole[1] if whole else ""):
                    yield self._ending(way, last, place + 1)
        elif cut := _CUT.match(self.text, place):
            matched = self.text[place - 1] in ")）"  # a match of the table has used up the byte that waits
            for way in ways:
                for last in _cut_characters(way.lead, cut[1], matched=matched):
                    yield self._ending(way, last, cut.end())
        elif mark in ("?", "？", "\ufffd"):
            for way in ways:
                for last in (char for char in streams.usual_with_lead(way.lead) if char not in "，、："):
                    cost, text, end = self._ending(way, last, place + 1)
                    yield cost + _DROPPED, text + "\n", end  # most likely a line that ended there

    def _last(self, lead: int, trail: int, reading: str) -> Iterator[str]:
        """The character that the ASCII trail byte ends, or with a pair dropped in front, the two that it may be."""
        char = streams.character(lead, trail)
        if char and (not reading or reading in streams.sounds(char)):
            yield char
        if reading:
            for first, after in streams.hidden_ends(lead):
                seconds = streams.behind_hidden(after, trail).values()
                yield from (first + last for last in seconds if reading in streams.sounds(last))
        else:
            for first, _, likely in self._with_hidden(lead, trail):
                yield from (first + last for _, last in likely)

    def _ending(self, way: _Way, last: str, end: int) -> tuple[float, str, int]:
        text, cost = way.text, way.cost + (_DROPPED if len(last) > 1 else 0.0)
        for char in last:
            cost += self._price(char, text[-1])
            text += char
        following = self.text[end : end + 1]
        return cost - 0.8 * self.likeness.of(streams.plain(text[-1]), streams.plain(following)), text, end

    def _price(self, char: str, before: str) -> float:
        """What it costs to believe in a character behind another."""
        pair = before + char
        known = self.prices.get(pair)
        if known is None:
            form = streams.plain(char)
            if form in streams.MARKS:
                known = _USUAL if form in "，、。" else 4 * _USUAL
            else:
                known = (_USUAL if streams.is_usual(char) else _RARE) - self.likeness.of(streams.plain(before), form)
            self.prices[pair] = known
        return known


def _cut_characters(lead: int, reading: str, *, matched: bool) -> Iterator[str]:
    """The character whose trail byte swallowed the bracket, or with a pair dropped in front, the two."""
    codes = streams.codes().get(reading, ())
    if not matched:
        yield from (code.decode("gbk") for code in codes if code[0] == lead)
    for first, after in streams.hidden_ends(lead):
        yield from (first + code.decode("gbk") for code in codes if code[0] in after)
