"""Whole numbers in figures and in Chinese numerals."""

from __future__ import annotations

_DIGITS = {mark: number for number, mark in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def number_of(words: str) -> int:
    """A count in figures, with 万 behind them or without, or in numerals.

    >>> number_of("120"), number_of("一百二十"), number_of("1.2万")
    (120, 120, 12000)
    """
    if words.endswith("万"):
        return int(float(words[:-1]) * 10_000)
    return int(words) if words.isdigit() else chinese_number(words)


def chinese_number(words: str) -> int:
    """A whole number below 10,000 in Chinese numerals; 0 for what is none.

    >>> [chinese_number(words) for words in ("十二", "三百", "两百五十", "二十")]
    [12, 300, 250, 20]
    """
    total = digit = 0
    for mark in words:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        else:
            total += (digit or 1) * _PLACES.get(mark, 0)
            digit = 0
    return total + digit
