"""One form for names and one for codes, so that width, case and punctuation never decide a look-up."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_NOT_CODE = re.compile(r"[^0-9A-Z]")


def normal_name(text: str) -> str:
    """Letters, digits and characters of `text`, half-width, lower case, without blanks and punctuation.

    >>> normal_name("（ＰＬＣ）控制 技术")
    'plc控制技术'
    """
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def normal_words(text: str) -> tuple[str, ...]:
    """The words of a query in their normal form.

    >>> normal_words("安庆　经开区")
    ('安庆', '经开区')
    """
    words = (normal_name(word) for word in text.split())
    return tuple(word for word in words if word)


def normal_code(text: str) -> str:
    """A code without its separators.

    >>> normal_code("2-02-10－03")
    '2021003'
    """
    return _NOT_CODE.sub("", unicodedata.normalize("NFKC", text).upper())


def span_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the part `start:end` of `normal_name(text)` stands in `text`.

    >>> span_in("装配（PLC）", 2, 5)
    (3, 6)
    """
    origin = [place for place, character in enumerate(text) for _ in normal_name(character)]
    if start >= end or end > len(origin):
        return 0, 0
    return origin[start], origin[end - 1] + 1
