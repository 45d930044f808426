"""Damage of the kinds that crawled pages show, made on purpose: for tests, tuning sets and the demonstration."""

from __future__ import annotations

import random
import re
from functools import cache

from chanjiao.engines.text.repair.characters import converter, simplified_form, simplified_only

STYLES = ("annotated", "dense", "fullwidth", "random", "traditional", "taiwan", "hongkong", "shifted", "split", "slips")

# Converted characters that pages of the common table show without a reading.
_BARE = frozenset(
    "兩別勢勵區員單國園圖團寧審寬將對導師張強從復慶揮斷東楊榮構機歡準濟為熱牽畢礎級組結綱總職臺與舉訓記設評識議讀讓財責賀資賓賦軍載轉辭農銜鏈雙頭養體鳳黨齊"
    "陳劉趙黃吳孫馬羅鄭謝許韓馮鄧蕭呂蘇蔣賈葉餘鐘譚陸賀龔邵萬錢湯喬賴龐顏歐"
)
_READINGS_WITH_SPACE = frozenset(("huì",))

# Simplified characters that traditional text also holds, but that the tables converted.
_ALSO_CONVERTED = dict(zip("万与个体党无广厂号尽离发复当据历", "萬與個體黨無廣廠號盡離發復當據歷", strict=True))


@cache
def _traditional() -> dict[str, str]:
    """Simplified character → the traditional one that the site tables wrote."""
    singles = sorted(simplified_only())
    usual = converter("s2t").convert("\n".join(singles)).split("\n")
    forms = simplified_form()
    return {char: new for char, new in zip(singles, usual, strict=True) if forms.get(new) == char} | _ALSO_CONVERTED


@cache
def _reading(char: str) -> str:
    from pypinyin.constants import PINYIN_DICT  # heavy, and only damage needs it

    return PINYIN_DICT.get(ord(char), "").split(",")[0]


def damage(text: str, *, seed: int = 0, style: str = "annotated") -> str:
    """The text as a crawled page of the style shows it; the same seed gives the same damage.

    `annotated` is the common page (traditional, a reading behind most converted characters), `dense` has a reading
    behind every one, `fullwidth` writes （）, `random` annotates at random, `traditional` only converts, `taiwan` and
    `hongkong` use their forms, `shifted` inserts the readings between the bytes of a GBK stream wherever two match,
    `split` loses a lead byte in front of what reads as full-width punctuation, `slips` makes small slips.

    >>> damage("产教融合成立大会", style="annotated")
    '產(chǎn)教融合成立大會(huì )'
    """
    source = random.Random(seed)  # noqa: S311 (not a secret)
    made = {
        "traditional": lambda: _converted(text),
        "taiwan": lambda: converter("s2tw").convert(text),
        "hongkong": lambda: converter("s2hk").convert(text),
        "shifted": lambda: _shown(_inserted(_converted(text), source)),
        "split": lambda: _split(text, source),
        "slips": lambda: _slipped(text, source),
    }
    if style not in STYLES:
        raise ValueError(style)
    return made[style]() if style in made else _annotated(text, source, style)


def _converted(text: str) -> str:
    table = _traditional()
    return "".join(table.get(char, char) for char in text)


def _annotated(text: str, source: random.Random, style: str) -> str:
    table = _traditional()
    parts = []
    for char in text:
        new = table.get(char)
        parts.append(new or char)
        if new is None or not _carries(new, source, style):
            continue
        reading = _reading(new)
        space = " " if reading in _READINGS_WITH_SPACE and style == "annotated" else ""
        if reading:
            parts.append(f"（{reading}）" if style == "fullwidth" else f"({reading}{space})")
    return "".join(parts)


def _carries(char: str, source: random.Random, style: str) -> bool:
    if style == "random":
        return source.random() < 0.3
    return style == "dense" or char not in _BARE


@cache
def _byte_table() -> dict[bytes, bytes]:
    """The two bytes of a converted character → its reading as bytes."""
    pairs = ((new.encode("gbk", "ignore"), _reading(new).encode("gbk", "ignore")) for new in _traditional().values())
    return {code: reading for code, reading in pairs if len(code) == 2 and reading}


def _inserted(text: str, source: random.Random) -> bytes:
    """The stream with a reading behind every two bytes that a site's table holds, whosever they are."""
    table = {code: reading for code, reading in sorted(_byte_table().items()) if source.random() < _TABLE_SHARE}
    stream, parts, place = text.encode("gbk", "replace"), [], 0
    while place < len(stream):
        code = stream[place : place + 2]
        reading = table.get(code)
        parts.append(code + b"(" + reading + b")" if reading else code[:1])
        place += 2 if reading else 1
    return b"".join(parts)


_TABLE_SHARE = 0.5  # of the converted characters; sites differ


def _shown(stream: bytes) -> str:
    """The stream as those sites show it: an impossible pair is one "?", a pair of the private area nothing."""
    parts, place = [], 0
    while place < len(stream):
        if stream[place] < 0x80:
            parts.append(chr(stream[place]))
            place += 1
            continue
        code = stream[place : place + 2]
        place += 2
        try:
            parts.append(code.decode("gbk"))
        except UnicodeDecodeError:
            parts.append("" if len(code) == 2 and code[1] >= 0x80 else "?")
    return "".join(parts)


def _split(text: str, source: random.Random) -> str:
    """Annotated, and after a 。 or 校 the lead byte is lost where the next character comes out of the table."""
    shown = _annotated(text, source, "dense")
    return re.sub(r"[。校保]([\u4e00-\u9fff])(?=\([a-z])", lambda m: _shift_pair(m[0]), shown)


def _shift_pair(pair: str) -> str:
    try:
        stream = pair.encode("gbk")
        tail = stream[1:].decode("gbk")
    except UnicodeError:
        try:
            tail = stream[1:-1].decode("gbk") + chr(stream[-1]) if 0x40 <= stream[-1] < 0x7F else ""
        except UnicodeError:
            tail = ""
    if not tail:
        return pair
    return "?" + "".join(chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char for char in tail)


def _slipped(text: str, source: random.Random) -> str:
    """Doubled commas, a leading question mark, a lost 月, an advertisement line."""
    text = re.sub("[,，]", lambda m: m[0] * 2 if source.random() < 0.1 else m[0], text)
    text = re.sub(r"(?<![0-9])(1[0-2])月(1[3-9]|2[0-9])日", r"\1\2日", text, count=1)
    lines = text.split("\n")
    if source.random() < 0.5:
        lines[0] = "?" + lines[0]
    if source.random() < 0.5:
        lines.insert(1, "APP下载")
    return "\n".join(lines)
