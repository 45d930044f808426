"""Pay, money and counts as people write them: 月薪6-8K, 6000—8000元/月, 年薪15-20万, 面议; 30人, 三百万元."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chanjiao.engines.text.numerals import chinese_number, number_of

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = r"[kK千wW万]"
_RANGE = re.compile(
    rf"({_NUMBER})\s*({_UNIT})?\s*(?:元|块)?\s*(?:/月)?\s*(?:[-~～—–－]+|至|到)\s*({_NUMBER})\s*({_UNIT})?\s*(?:元|块)?"
)
_SINGLE = re.compile(rf"({_NUMBER})\s*({_UNIT})?\s*(元|块)?")
_FACTORS = {"k": 1000, "千": 1000, "w": 10_000, "万": 10_000}
_YEARLY = re.compile(r"年薪|/年|每年|一年|元年")
_OTHER_TERM = re.compile(r"/天|每天|日薪|/小时|时薪|每小时|/日|/次|/件")
_ONLY_LOW = re.compile(r"起|不低于|以上|底薪|不少于|保底|\+")
_NEGOTIABLE = re.compile(r"面议|面谈|待定")
_PAY_WORDS = re.compile(
    r"(?:基本|平均|综合|税前|税后)?(?:月薪|年薪|薪资|薪酬|工资|待遇|底薪|起薪线?|收入|津贴|补贴|补助|报酬|薪水|月工资)"
)
_LEAST, _MOST = 800, 200_000


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay in yuan a month; `high` None where only a lower bound is given; span in the text that was read."""

    low: int | None
    high: int | None
    start: int
    end: int


def pay_in(text: str, start: int, end: int, *, label: str = "", unit: str = "") -> Pay | None:
    """The pay that a stretch about pay names, or None; `label` and `unit` are what a table's head says.

    Several amounts a month (4200元，之后4800元) are the bounds of one range; yearly pay is divided by twelve; pay by
    the day or hour is no monthly pay.

    >>> told = ("月薪6-8K", "年薪15-20万", "4500起", "120元/天")
    >>> [(p.low, p.high) if (p := pay_in(words, 0, len(words))) else p for words in told]
    [(6000, 8000), (12500, 16667), (4500, None), None]
    """
    yearly = (_YEARLY.search(label + unit) or _YEARLY.search(text, max(0, start - 6), end)) is not None
    scale = 10_000 if "万" in unit else 1
    found: list[tuple[int, int, int, int]] = []
    place = start
    while place < end:
        span = _RANGE.search(text, place, end)
        single = _SINGLE.search(text, place, end)
        if single is None:
            break
        one = span if span and span.start() <= single.start() else single
        low, high = (scale * bound for bound in _bounds(one, yearly))
        if _LEAST <= low <= high <= _MOST and not _OTHER_TERM.match(text, one.end(), min(end, one.end() + 4)):
            found.append((round(low), round(high), one.start(), one.end()))
        place = one.end()
    if not found:
        return None
    low, high = min(one[0] for one in found), max(one[1] for one in found)
    first, last = found[0][2], found[-1][3]
    around = text[max(start, first - 4) : first] + text[last : min(end, last + 3)]
    is_open = len(found) == 1 and low == high and _ONLY_LOW.search(around + label)
    return Pay(low, None if is_open else high, first, last)


def is_negotiable(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where a stretch says that pay is settled in talks."""
    return _NEGOTIABLE.search(text, start, end)


def pay_mentions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches of a text that speak of pay, each from the word of pay to the end of its clause."""
    found = []
    for word in _PAY_WORDS.finditer(text, start, end):
        stop = re.compile(r"[。；;\n]|，(?!\d)").search(text, word.end(), end)
        found.append((word.start(), stop.start() if stop else end))
    bare = re.compile(
        rf"(?:{_NUMBER})\s*{_UNIT}?\s*(?:元|块)?\s*(?:[-~～—–－至到]+\s*(?:{_NUMBER})\s*{_UNIT}?\s*(?:元|块)?)?\s*/\s*月"
    )
    return found or [one.span() for one in bare.finditer(text, start, end)]


def _bounds(one: re.Match[str], yearly: bool) -> tuple[float, float]:
    if one.re is _RANGE:
        low, unit, high, high_unit = one.groups()
        unit = unit or high_unit if _plain(low) < 1000 else unit
        bounds = _plain(low) * _factor(unit), _plain(high) * _factor(high_unit)
    else:
        value = _plain(one[1]) * _factor(one[2])
        bounds = value, value
    return (bounds[0] / 12, bounds[1] / 12) if yearly else bounds


def _plain(number: str) -> float:
    return float(number.replace(",", "").replace("，", ""))


def _factor(unit: str | None) -> int:
    return _FACTORS.get((unit or "").lower(), 1)


_MONEY = re.compile(rf"({_NUMBER}|[零一二两三四五六七八九十百千]+)\s*(万|亿)?\s*元?")


def ten_thousands_in(text: str, start: int, end: int, *, unit: str = "") -> tuple[float, int, int] | None:
    """A sum in units of 10,000 yuan with its place; a bare number counts in `unit` (万 or nothing: yuan).

    >>> ten_thousands_in("三百万元", 0, 4), ten_thousands_in("拟投80万", 0, 5)
    ((300, 0, 4), (80, 2, 5))
    """
    for one in _MONEY.finditer(text, start, end):
        number = _plain(one[1]) if one[1][0].isdigit() else float(chinese_number(one[1]))
        scale = one[2] or unit
        sum_ = number * {"万": 1, "亿": 10_000}.get(scale, 0.0001)
        if sum_ >= 0.1:
            return (int(sum_) if sum_ == int(sum_) else round(sum_, 2)), one.start(), one.end()
    return None


_COUNT = re.compile(
    r"(\d{1,6}|[一二两三四五六七八九十百]{1,4})\s*(?:余|多)?\s*(?:人(?!民|才|员|工|力|事)|名|个(?!月|工作)|位(?!于)|台|套)"
)
_BARE = re.compile(r"\s*约?(\d{1,6})\s*(?!\d|[-.月年/%元])")


def count_in(text: str, start: int, end: int, *, bare: bool = False) -> tuple[int, int, int] | None:
    """A number of people or things with its place; with `bare` a number alone will do.

    >>> count_in("招聘人数：二十名", 0, 8), count_in("12", 0, 2, bare=True)
    ((20, 5, 8), (12, 0, 2))
    """
    one = _COUNT.search(text, start, end) or (_BARE.match(text, start, end) if bare else None)
    if one is None:
        return None
    number = number_of(one[1])
    return (number, one.start(), one.end()) if number else None
