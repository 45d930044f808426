"""Readings that were inserted between the bytes of two characters: 集?huàn)F for 集團, 秘?gòng)L(zhǎng) for 秘書長.

A site's table matched the trail byte of one character with the lead byte of the next, took the two for a character
of its own and put that one's reading behind them. The lead byte and the bracket became "?", what follows is read one
byte late. Trail byte and reading name the wrong character, and so the lost lead byte; from there the stream is read
again, up to the byte at which it comes right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chanjiao.engines.text.repair.characters import converter, is_common, simplified_form, simplified_only
from chanjiao.engines.text.repair.likeness import Likeness
from chanjiao.engines.text.repair.readings import is_reading
from chanjiao.engines.text.repair.result import Edit

_TONED = "a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_START = re.compile(rf"(?<=[^\x00-\x7f])[?？\ufffd][(（]?([{_TONED}]{{1,6}}) ?[)）]")
_WHOLE = re.compile(rf"[(（]([{_TONED}]{{1,6}}) ?[)）]")
_CUT = re.compile(rf"[?？\ufffd][(（]?([{_TONED}]{{1,6}}) ?[)）]")
_LONGEST = 60  # characters of one stretch
_WIDTH = 12  # readings of a stretch followed at a time


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way to read a stretch so far: its characters, the lead byte that waits for its trail, what the guesses cost."""

    text: str
    lead: int
    cost: float


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


class _Reader:
    """Reads the stretches of one page again, by what its other characters make likely."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.likeness = Likeness(text)
        self.prices: dict[str, float] = {}

    def read_again(self, match: re.Match[str]) -> Edit | None:
        """The replacement for the stretch that begins at a spliced reading; None where nothing credible comes out."""
        before = self.text[match.start() - 1]
        code = before.encode("gbk", "ignore")
        if len(code) != 2:
            return None
        ways = [_Reading(before, lead, 0.0) for lead in _second_bytes(code[1], match[1])]
        best = self._cheapest(match.end(), ways)
        if best is None or best[0] > _CREDIBLE:
            return None
        return Edit(match.start(), best[2], best[1][1:], "shifted", 0.97 if best[0] < _CERTAIN else 0.8)

    def _cheapest(self, place: int, ways: list[_Reading]) -> tuple[float, str, int] | None:
        """The cheapest way to the place where the stream comes right."""
        best: tuple[float, str, int] | None = None
        stop = place + _LONGEST
        while ways and place < stop:
            matched = self.text[place - 1] in ")）"  # a match of the table has used up the byte that waits
            found = min(self._closed(place, ways, matched=matched), default=None)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
            ways, place = self._onward(place, ways)
        return best

    def _onward(self, place: int, ways: list[_Reading]) -> tuple[list[_Reading], int]:
        """The ways past the next character shown: its first byte ends the character that waits, its second waits."""
        shown = self.text[place : place + 1].encode("gb18030", "ignore")
        if len(shown) != 2:
            return [], place
        place += 1
        if (whole := _WHOLE.match(self.text, place)) and is_reading(whole[1]):
            place = whole.end()
        made = []
        for way in ways:
            if char := _character(way.lead, shown[0]):
                made.append(_Reading(way.text + char, shown[1], way.cost + self._price(char, way.text[-1])))
            made += self._with_dropped(way, shown)
        made.sort(key=lambda way: way.cost)
        return [way for way in made[:_WIDTH] if way.cost <= _CREDIBLE + _DROPPED], place

    def _with_dropped(self, way: _Reading, shown: bytes) -> Iterator[_Reading]:
        """The ways on which a pair that is not shown stands in front of the character shown."""
        for first, after in _hidden_ends(way.lead):
            cost = way.cost + _DROPPED + _GUESS + self._price(first, way.text[-1])
            for second in _behind_hidden(after, shown[0]):
                yield _Reading(way.text + first + second, shown[1], cost + self._price(second, first))

    def _closed(self, place: int, ways: list[_Reading], *, matched: bool) -> Iterator[tuple[float, str, int]]:
        """The ways whose stream comes right at the place: what each costs, its text, where it ends."""
        mark = self.text[place : place + 1]
        if "@" <= mark <= "~":
            whole = _WHOLE.match(self.text, place + 1)
            for way in ways:
                for last in _last_characters(way.lead, ord(mark), whole[1] if whole else ""):
                    yield self._ending(way, last, place + 1)
        elif cut := _CUT.match(self.text, place):
            for way in ways:
                for last in _cut_characters(way.lead, cut[1], matched=matched):
                    yield self._ending(way, last, cut.end())
        elif mark in ("?", "？", "\ufffd"):
            for way in ways:
                for last in (char for char in _usual_with_lead(way.lead) if char not in "，、："):
                    cost, text, end = self._ending(way, last, place + 1)
                    yield cost + _DROPPED, text + "\n", end  # most likely a line that ended there

    def _ending(self, way: _Reading, last: str, end: int) -> tuple[float, str, int]:
        text, cost = way.text, way.cost + (_DROPPED if len(last) > 1 else 0.0)
        for char in last:
            cost += self._price(char, text[-1])
            text += char
        following = self.text[end : end + 1]
        return cost - 0.8 * self.likeness.of(_plain(text[-1]), _plain(following)), text, end

    def _price(self, char: str, before: str) -> float:
        """What it costs to believe in a character behind another."""
        pair = before + char
        known = self.prices.get(pair)
        if known is None:
            plain = _plain(char)
            if plain in _MARKS:
                known = _USUAL if plain in "，、。" else 4 * _USUAL
            else:
                known = (_USUAL if _is_usual(char) else _RARE) - self.likeness.of(_plain(before), plain)
            self.prices[pair] = known
        return known


def _last_characters(lead: int, trail: int, reading: str) -> Iterator[str]:
    """The character that the ASCII trail byte ends, or with a pair dropped in front, the two that it may be."""
    char = _character(lead, trail)
    if char and (not reading or reading in _sounds(char)):
        yield char
    for first, after in _hidden_ends(lead):
        lasts = _behind_hidden(after, trail)
        yield from (first + last for last in lasts if not reading or reading in _sounds(last))


def _cut_characters(lead: int, reading: str, *, matched: bool) -> Iterator[str]:
    """The character whose trail byte swallowed the bracket, or with a pair dropped in front, the two."""
    if not matched:
        yield from _first_byte(lead, reading)
    for first, after in _hidden_ends(lead):
        yield from (first + code.decode("gbk") for code in _codes().get(reading, ()) if code[0] in after)


def _plain(char: str) -> str:
    return simplified_form().get(char, char)


_MARKS = "，。、；：“”《》（）！？·—"


@cache
def _is_usual(char: str) -> bool:
    """Whether a converted page is likely to hold the character: a mark, or the usual form of a common one."""
    if char == "" or char in _MARKS:
        return char != ""
    plain = _plain(char)
    return is_common(plain) and char not in simplified_only() and (plain == char or _usual_form(plain) == char)


@cache
def _usual_form(plain: str) -> str:
    return converter("s2t").convert(plain)


@cache
def _hidden() -> dict[int, frozenset[int]]:
    """The pairs that GBK does not assign, which the sites dropped: first byte → second bytes."""
    found = {}
    for first in range(0x81, 0xFF):
        seconds = frozenset(second for second in range(0x80, 0xFF) if not _assigned(first, second))
        if seconds:
            found[first] = seconds
    return found


def _assigned(first: int, second: int) -> bool:
    try:
        return bool(bytes((first, second)).decode("gbk"))
    except UnicodeDecodeError:
        return False


@cache
def _hidden_ends(lead: int) -> tuple[tuple[str, frozenset[int]], ...]:
    """The usual characters with the lead byte whose trail byte begins a pair not shown, and what may follow it."""
    return tuple((char, after) for trail, after in _hidden().items() if _is_usual(char := _character(lead, trail)))


@cache
def _usual_with_lead(lead: int) -> tuple[str, ...]:
    """The usual characters with the lead byte whose trail byte was taken for a lead byte."""
    return tuple(char for trail in range(0x81, 0xFF) if _is_usual(char := _character(lead, trail)))


@cache
def _behind_hidden(leads: frozenset[int], trail: int) -> tuple[str, ...]:
    """The usual characters with one of the lead bytes and the trail byte."""
    return tuple(char for lead in sorted(leads) if _is_usual(char := _character(lead, trail)))


@cache
def _character(lead: int, trail: int) -> str:
    try:
        char = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 and ("\u3400" <= char <= "\u9fff" or char in "，。、；：“”《》（）！？·—…") else ""


@cache
def _sounds(char: str) -> list[str]:
    from pypinyin.constants import PINYIN_DICT  # heavy, and only such a page needs it

    return PINYIN_DICT.get(ord(char), "").split(",")


@cache
def _codes() -> dict[str, list[bytes]]:
    """Reading → the two bytes of every converted character that has it."""
    found: dict[str, list[bytes]] = {}
    for char in simplified_form():
        code = char.encode("gbk", "ignore")
        for sound in _sounds(char) if len(code) == 2 else ():
            found.setdefault(sound, []).append(code)
    return found


def _second_bytes(first: int, reading: str) -> list[int]:
    """The second bytes of the converted characters that begin with the byte and are read so."""
    return sorted({code[1] for code in _codes().get(reading, ()) if code[0] == first})


def _first_byte(lead: int, reading: str) -> list[str]:
    """The converted characters with the lead byte and the reading."""
    return [code.decode("gbk") for code in _codes().get(reading, ()) if code[0] == lead]
