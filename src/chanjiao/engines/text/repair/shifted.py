"""Characters of a GBK stream that a byte-wise insertion has shifted: 學(xué)?；驀, 域?qū)<覍W(xué)者, ?，F(xiàn)."""

from __future__ import annotations

import re

from chanjiao.engines.text.repair.characters import is_common, simplified_form
from chanjiao.engines.text.repair.result import Edit

_FULL_WIDTH = {code - 0xFEE0: chr(code) for code in range(0xFF01, 0xFF5F)}
# A lost lead byte shows as "?" (or as nothing readable); the reading of a wrongly matched pair may follow it.
_START = re.compile(
    r"(?<=[\u3400-\u9fff“”》）、，。；：)0-9?])(?:[?？\ufffd])((?:[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6} ?[)）])?)"
    r"(?:([!-/:-@\[-`{-~！-～])(?=[\u3400-\u9fff?A-Za-z“”])"
    r"|([0-9A-Za-z])(?=[@-~]\s?[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6} ?[)）]))"
)
_RUN = re.compile(r"[\u3400-\u9fff\ue000-\uf8ff\u00a0-\u2fff\u3000-\u303f\uff00-\uffef]*")
_READING_FOLLOWS = re.compile(r"[@-~]\s?[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6} ?[)）]")
# Words around the characters whose trail byte is A3: how the lost lead byte is chosen.
_WORDS = (
    "学校 院校 高校 本校 我校 两校 职校 名校 全校 党校 驻校 技校 各校 该校 母校 贵校 离校 建校 办校 入校 在校 "
    "进校 校企 校长 校园 "
    "校内 校外 校友 校区 校地 校际 校级 校领导 校党委 校政 校方 校办 校本 专家 专业 专门 专项 专题 专任 专职 "
    "专利 专用 专科 专班 "
    "专精 专区 专员 专场 中专 大专 高专 保障 环保 确保 保护 保证 社保 保持 保险 医保 担保 保安 保税 保育 保留 "
    "保健 保定 保山 常务 常委 "
    "经常 非常 日常 正常 常态 常州 通常 常规 常德 常熟 承担 担任 担当 负担 分担 福建 幸福 福州 福利 上海 海外 "
    "海南 海洋 青海 珠海 沿海 "
    "渤海 海关 北海 海口 规模 模式 模块 模拟 劳模 模范 模具 建模 大模型 牵头 牵引 牵线 希望 停留 轨迹 奇迹 事迹 "
    "足迹 处罚 荆州 荆门 "
    "危险 危机 富裕 充裕 郑州 庆祝 剩余 粒子 颗粒 茫然 摄像 樱花 遥感 控股 栈桥 楼房 个性"
).split()
_PREFERRED = "。校專专保常海模牵希担福郑祝停迹危裕荆罚"


def shifted_stretches(text: str) -> list[Edit]:
    """The replacements that shift such stretches back; one that yields no plausible text is left alone."""
    if "?" not in text and "？" not in text and "\ufffd" not in text:
        return []
    edits: list[Edit] = []
    for match in _START.finditer(text):
        if edits and match.start() < edits[-1].end:
            continue
        edit = _shift_back(text, match)
        if edit is not None:
            edits.append(edit)
    return edits


_LONGEST = 80  # characters of a shifted run


def _shift_back(text: str, match: re.Match[str]) -> Edit | None:
    mark = match[2] or match[3]
    full = mark if mark > "\uff00" else _FULL_WIDTH[ord(mark)]
    stream = full.encode("gbk", "ignore")
    if len(stream) != 2 or stream[0] != 0xA3:
        return None
    run = _RUN.match(text, match.end(), match.end() + _LONGEST)
    assert run is not None
    plan = _known_plan(text, match)
    if plan is not None:
        return plan
    cut = _cut_reading(text, match, run.end())
    if cut is not None:
        return cut
    for stop in _stops(text, match.end(), run.end()):
        shifted = _stream(text[match.end() : stop])
        if shifted is None:
            continue
        tail = _decoded(stream[1:] + shifted)
        if tail is not None and _better(tail, text[match.end() : stop], _READING_FOLLOWS.match(text, stop - 1)):
            lead, sure = _lead(_character_before(text, match.start()), tail[:1])
            return Edit(match.start(), stop, lead + tail, "shifted", 0.97 if sure else 0.8)
    return None


# “十三五” shifted loses two pairs to the private area, “十四五” one; what is left names them.
_PLANS = {"笆濉": "“十三五", "笆奈濉": "“十四五"}


def _known_plan(text: str, match: re.Match[str]) -> Edit | None:
    """A five-year plan in quotation marks behind the lost character, and the run that goes on from its last byte."""
    for shown, meant in _PLANS.items():
        if not text.startswith(shown, match.end()):
            continue
        start = match.end() + len(shown)
        run = _RUN.match(text, start, start + _LONGEST)
        assert run is not None
        for stop in _stops(text, start, run.end()):
            tail = _decoded(b"\xa1" + (_stream(text[start:stop]) or b""))
            if tail is not None and tail[:1] == "”":
                lead, sure = _lead(_character_before(text, match.start()), "")
                return Edit(match.start(), stop, lead + meant + tail, "shifted", 0.9 if sure else 0.75)
    return None


_CUT_READING = re.compile(r"[?？\ufffd]?([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}) ?[)）]")


def _cut_reading(text: str, match: re.Match[str], end: int) -> Edit | None:
    """A run whose last byte swallowed the bracket of a reading: its lead byte and the reading give the character."""
    reading = _CUT_READING.match(text, end)
    stream = _stream(text[match.end() : end])
    if reading is None or not stream:
        return None
    shown = match[2] or match[3]
    mark = shown if shown > "\uff00" else _FULL_WIDTH[ord(shown)]
    whole = mark.encode("gbk")[1:] + stream
    tail = _decoded(whole[:-1])
    last = _by_reading(whole[-1], reading[1])
    if tail is None or not last or not _better(tail + last, text[match.end() : end], None):
        return None
    lead, sure = _lead(_character_before(text, match.start()), tail[:1])
    return Edit(match.start(), reading.end(), lead + tail + last, "shifted", 0.9 if sure else 0.75)


def _by_reading(lead: int, reading: str) -> str:
    """The traditional character with the GBK lead byte and the reading, where the tables convert to only one."""
    from pypinyin.constants import PINYIN_DICT  # heavy, and only such a stretch needs it

    found = [
        char for char, plain in simplified_form().items()
        if reading in PINYIN_DICT.get(ord(char), "").split(",") and is_common(plain)
        and (_stream(char) or b"\0")[0] == lead
    ]  # fmt: skip
    return found[0] if len(found) == 1 else ""


def _stops(text: str, start: int, end: int) -> list[int]:
    """Where the stream may have come right again: an ASCII trail byte with its reading, or a place in the run."""
    if end < len(text) and "@" <= text[end] <= "~" and _READING_FOLLOWS.match(text, end):
        return [end + 1]
    if end < len(text) and "@" <= text[end] <= "~":
        return [end + 1, *range(end, start, -1)]
    return list(range(end, start, -1))[:40]


def _stream(shown: str) -> bytes | None:
    try:
        return shown.encode("gbk")
    except UnicodeEncodeError:
        return None


def _decoded(stream: bytes) -> str | None:
    """The characters of the stream taken from its first byte; a half character left at the end spoils it."""
    if len(stream) % 2:
        return None
    try:
        return stream.decode("gbk")
    except UnicodeDecodeError:
        return None


def _better(tail: str, shown: str, certain: re.Match[str] | None) -> bool:
    """Whether the shifted reading consists of common characters where what is shown does not."""
    forms = simplified_form()
    common = sum(1 for char in tail if is_common(forms.get(char, char)) or char in "，。、；：“”《》（）！？·—")
    before = sum(1 for char in shown if is_common(forms.get(char, char)))
    if certain is not None and common == len(tail):
        return True
    return common == len(tail) and before < len(shown)


_READING_BEFORE = re.compile(r"([\u3400-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6} ?[)）]$")


def _character_before(text: str, place: int) -> str:
    """The character in front of the place, past a reading."""
    match = _READING_BEFORE.search(text[max(0, place - 10) : place])
    return match[1] if match else text[max(0, place - 1) : place]


def _lead(previous: str, following: str) -> tuple[str, bool]:
    """The lost character (its trail byte is A3) by the words it makes with its neighbours, and whether one decided."""
    forms = simplified_form()
    before, after = forms.get(previous, previous), forms.get(following, following)
    plain = list(dict.fromkeys(forms.get(char, char) for char in _PREFERRED[1:]))
    for char in plain:
        if before + char in _WORDS:
            return char, True
    for char in plain:
        if char + after in _WORDS:
            return char, True
    return "。", False
