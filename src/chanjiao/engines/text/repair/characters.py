"""Which characters belong to which script: tables derived once from the conversion dictionaries and GB 2312."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import Protocol, cast


class Converter(Protocol):
    """What the conversion library offers."""

    def convert(self, text: str) -> str:
        """The text in the other script."""


@cache
def converter(config: str) -> Converter:
    """A converter of the conversion library, made once (`t2s`, `tw2sp`, `hk2s`, `s2t`)."""
    return cast(Converter, import_module("opencc").OpenCC(config))


def encodable(char: str, charset: str) -> bool:
    """Whether a character set holds the character."""
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=32_768)
def is_common(char: str) -> bool:
    """Whether the character is one of the 3,755 common ones of GB 2312.

    >>> is_common("产"), is_common("溧"), is_common("產")
    (True, False, False)
    """
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


# The page tables wrote 陜 for 陕, which the dictionaries hold to be another character; 昇 stands in names.
_ADDED = {"陜": "陕"}
_KEPT = "昇甯堃喆"


# Characters of both scripts: only a reading behind them shows that they were converted.
SHARED_FORMS = dict(zip("後於乾徵夥麽摺瞭著", "后于干征伙么折了着", strict=True))
SHARED_READINGS = dict(zip("後於乾徵夥麽摺瞭著", "hòu yú gān zhēng huǒ me zhé liǎo zhe".split(), strict=True))


@cache
def simplified_form() -> dict[str, str]:
    """Traditional character → simplified, only where the character is no simplified one itself."""
    ideographs = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))]
    pairs = zip(ideographs, converter("t2s").convert("\n".join(ideographs)).split("\n"), strict=True)
    table = {old: new for old, new in pairs if old != new and old not in _KEPT and not encodable(old, "gb2312")}
    return table | _ADDED


@cache
def translation() -> dict[int, str]:
    """`simplified_form` in the form that `str.translate` wants."""
    return {ord(old): new for old, new in simplified_form().items()}


@cache
def simplified_only() -> frozenset[str]:
    """Simplified characters that no traditional text holds."""
    return frozenset(new for new in simplified_form().values() if new <= "\uffff" and not encodable(new, "big5"))


@cache
def traditional_pattern() -> re.Pattern[str]:
    """Any character that only traditional text holds."""
    return re.compile(f"[{''.join(sorted(simplified_form()))}]")


_SAMPLE = 20_000


def mostly_traditional(text: str) -> bool:
    """Whether more characters belong to traditional text only than to simplified only; of a long text, in samples."""
    if len(text) > 3 * _SAMPLE:
        middle = len(text) // 2
        text = text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    traditional = len(traditional_pattern().findall(text))
    return traditional > 0 and traditional > len(simplified_pattern().findall(text))


@cache
def simplified_pattern() -> re.Pattern[str]:
    """Any character that only simplified text holds."""
    return re.compile(f"[{''.join(sorted(simplified_only()))}]")
