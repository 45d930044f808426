"""Names of persons: a surname, one or two more characters, and a boundary that a name has behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from chanjiao.data import tables
from chanjiao.engines.text.lexicon import compound_surnames, surnames, words

_IDEOGRAPH = r"[\u3400-\u9fff\U00020000-\U0002a6df]"
_AFTER_WORDS = words("name_followers.txt")
_CLAUSE_END = r"[，。；：、！？（）《》“”\[\]【】|/\n\r…—~～ ·]|$"
_NOT_GIVEN = frozenset("的了在是和与及等为对向就到并也均或于将被把由从以其该此各每某说称")
_NEVER_SECOND = frozenset("的了等是")
_NOT_NAMES = frozenset(words("no_names.txt"))


class Frequencies(Protocol):
    """How often a stretch stands in the text."""

    def get(self, gram: str, default: int = 0, /) -> int:
        """The count of the stretch."""


class _Nothing:
    """Counts of an unknown text."""

    def get(self, _gram: str, default: int = 0, /) -> int:
        """Always the default."""
        return default


_NONE = _Nothing()


@dataclass(frozen=True, slots=True)
class Name:
    """A name read at a place: `[start, end)` in the text, written without inner spaces."""

    start: int
    end: int
    name: str
    sure: float


@cache
def _after() -> re.Pattern[str]:
    words = sorted(set(_AFTER_WORDS), key=len, reverse=True)
    return re.compile(f"{_CLAUSE_END}|{'|'.join(map(re.escape, words))}")


@cache
def _long_after() -> re.Pattern[str]:
    words = sorted({word for word in _AFTER_WORDS if len(word) > 1}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


_CLOSE = re.compile(_CLAUSE_END)
_SPACED = re.compile(rf"({_IDEOGRAPH}) {{1,3}}({_IDEOGRAPH})(?={_CLAUSE_END})")
_LATIN = re.compile(
    r"[A-Z][a-zà-ÿ]{1,14}(?:[ ·-](?:[A-Z][a-zà-ÿ]{1,14}|[A-Z]\.?|[\u4e00-\u9fff](?=[，。、；]|$))){1,3}"
)
_FOREIGN = re.compile(rf"{_IDEOGRAPH}{{1,6}}(?:·{_IDEOGRAPH}{{1,8}}){{1,3}}")


@cache
def rare_surnames() -> frozenset[str]:
    """Surnames beyond the common ones; a name with one needs better evidence."""
    return frozenset(name for name in tables.surnames() if len(name) == 1) - surnames()


def read_name(level: str, place: int, counts: Frequencies | None = None, *, strict: bool = False) -> Name | None:
    """The name that begins at the place; None where none does. `strict` asks for a sure end and a common surname.

    >>> read_name("朱学宁，女", 0).name
    '朱学宁'
    >>> read_name("林岚出席大会", 0).name
    '林岚'
    """
    foreign = _FOREIGN.match(level, place)
    if foreign and not strict:
        end = _foreign_end(level, foreign)
        return Name(place, end, level[place:end], 0.85)
    if not strict and (latin := _LATIN.match(level, place)):
        return Name(place, latin.end(), latin[0], 0.8)
    spaced = _SPACED.match(level, place)
    if spaced and spaced[1] in surnames():
        return Name(place, spaced.end(), spaced[1] + spaced[2], 0.9)
    best: tuple[float, int] | None = None
    for length in _lengths(level, place, strict):
        score = _score(level, place, length, counts if counts is not None else _NONE, strict)
        if score > 0 and (best is None or score > best[0]):
            best = (score, length)
    if best is None:
        return None
    name = level[place : place + best[1]]
    return Name(place, place + best[1], name, min(0.99, best[0]))


def _foreign_end(level: str, match: re.Match[str]) -> int:
    for place in range(match.start() + 3, match.end()):
        if level.rfind("·", match.start(), place) < place - 1 and _long_after().match(level, place):
            return place
    return match.end() - (1 if match[0].endswith(("说", "称")) and _CLOSE.match(level, match.end()) else 0)


def _lengths(level: str, place: int, strict: bool) -> tuple[int, ...]:
    if level[place : place + 2] in compound_surnames():
        return (3, 4, 2)
    first = level[place : place + 1]
    if first in surnames() or (not strict and first in rare_surnames()):
        return (3, 2)
    return ()


def _score(level: str, place: int, length: int, counts: Frequencies, strict: bool) -> float:
    name = level[place : place + length]
    if len(name) < length or not all("\u3400" <= char <= "\u9fff" or char >= "\U00020000" for char in name):
        return 0.0
    if (
        name in _NOT_NAMES
        or (name[:2] in _NOT_NAMES and (strict or length < 3 or counts.get(name, 0) < 2))
        or _TITLE_LIKE.search(name[1:])
        or (name[-1] in _NOT_GIVEN and not (name[-1] in "向为从同和" and _closes(level, place + length)))
        or name[1] in _NEVER_SECOND
    ):
        return 0.0
    end = place + length
    if _CLOSE.match(level, end):
        score = 0.96
    elif _long_after().match(level, end):
        score = 0.92
    elif _after().match(level, end):
        score = 0.8
    else:
        return 0.0
    if length == 3 and _long_after().match(level, place + 2) and not _CLOSE.match(level, end):
        score -= 0.25
    if length == 2 and not _CLOSE.match(level, end) and counts.get(level[place : place + 3], 0) > 1:
        score -= 0.3
    if counts.get(name, 0) > 1:
        score += 0.03
    if name[0] in rare_surnames() and name[:2] not in compound_surnames():
        score -= 0.15
    return score


def _closes(level: str, place: int) -> bool:
    return _CLOSE.match(level, place) is not None or level.startswith(("出席", "主持", "致辞", "宣读"), place)


_TITLE_LIKE = re.compile(
    "集团|公司|学校|学院|协会|联合体|联盟|中心|主任|书记|院长|校长|局长|部长|处长|市长|主席|经理|董事|老师|委$|委书|"
    "政府|工委|总$|会长|理事|秘书|教授|所长|厂长|[处科室厅局区县镇]$"
)
