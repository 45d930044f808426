"""A text prepared for analysis: levelled punctuation, sentences, boundaries of names; offsets stay the text's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from chanjiao.engines.text.lexicon import cities, institution_names, protected, region_names, words
from chanjiao.engines.text.places import PlaceFinder, regions

_LEVEL = str.maketrans(
    {
        ",": "，",
        ";": "；",
        ":": "：",
        "(": "（",
        ")": "）",
        "!": "！",
        "?": "？",
        "\u00a0": " ",
        "\u3000": " ",
        "\t": " ",
        "﹑": "、",
        "｡": "。",
        "､": "、",
        "･": "·",
        "•": "·",
        "‧": "·",
        "・": "·",
        "／": "/",
        "「": "“",
        "」": "”",
        "『": "‘",
        "』": "’",
        "〈": "《",
        "〉": "》",
        "［": "[",
        "］": "]",
        "｜": "|",
        "丨": "|",
        "│": "|",
        "┃": "|",
        "︱": "|",
        "－": "-",
        "\u2013": "-",
    }
)
_QUOTES = re.compile(r'"([^"\n]{1,60})"')
# What runs on without an end is cut, so that no rule looks farther than 2,000 characters for the end of a sentence.
_SENTENCE = re.compile(r"[^。！？\n]{0,2000}(?:[。！？]+[”’）】]*|\n|)")
# Where a name cannot go on: punctuation, and words that stand in front of names but not inside them.
_BREAK_WORDS = words("boundaries.txt")
# Single characters that are boundaries only in front of a name that a region or an institution begins.
_HARD = r"[，。；：、！？（）《》“”‘’\[\]【】<>|/\n\r…—\-~～·\"' =+*#@&^$%\u200b]"


@cache
def _protected_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, protected())))


# A place that the tables do not hold still shows itself by what follows it.
_BOUND = "在由与和及暨向对为将是从到受的、"
_NEW_PLACE = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[{_BOUND}]))([^\W0-9a-zA-Z_{_BOUND}][\u4e00-\u9fff]{{1,2}})"
    r"(市|区|县)(?=[\u4e00-\u9fff]{2}|，)"
)


_SEAT = tuple(
    "人民政府 委 政府 教育 教体 人社 人力 发展和 经济和 科技 科学 财政 总工会 副市长 市长 工信 农业 市场 就业 "
    "第一 人大 政协 商务 文化".split()
)
_NO_PLACE = frozenset("个各我全本该省两几多某城县区委会校企政外其这那新市名位家")


def _places(masked: str) -> PlaceFinder:
    """The regions, with those that only this text shows."""
    known = region_names()
    counts: Counter[tuple[str, str]] = Counter()
    for match in _NEW_PLACE.finditer(masked):
        name = match[1]
        if "〇" in name or name in known or set(name) & _NO_PLACE or name[-1] in "园校社地厂片新":
            continue
        counts[name, match[2]] += 2 if masked.startswith(_SEAT, match.end()) else 1
    new = [form for (name, level), count in counts.items() if count > 1 for form in (name, name + level)]
    return regions().extended(new) if new else regions()


def _city(view: View) -> str:
    """The city that the text names most often, by its full name; empty where it names none."""
    known, municipal, schools = region_names(), cities(), institution_names()
    counts: Counter[str] = Counter()
    for match in view.places.finditer(view.level):
        full = known.get(match.name, match.name if match.name[-1] in "市区县" else f"{match.name}市")
        if full.endswith(("区", "县")) and match.name not in known:
            continue
        ahead = view.level[match.first : match.first + 15]
        if ("学" in ahead or "院" in ahead) and any(ahead[:size] in schools for size in range(5, 15)):
            continue  # a school's name says where it was founded, not where the story is
        if full in municipal or match.name not in known:
            counts[full] += 1
    return counts.most_common(1)[0][0] if counts else ""


@cache
def _break_pattern() -> re.Pattern[str]:
    words = sorted((word for word in set(_BREAK_WORDS) if word not in _WEAK), key=len, reverse=True)
    return re.compile(
        f"{_HARD}|(?<![\u4e00-\u9fff])经(?=国务院|省|市|县|区|教育部|批|集团|学校|[校院]党委)|{'|'.join(words)}|[0-9.]+(?:年度?|月|日|余?(?:家|"
        f"个|名|位|所|项|万|亿|多家|余家))?"
    )


_WEAK = frozenset("上 后 前 中 时 用 个 家 名 位 请 拟 致 携 称 悉 建设 指导 推进 学校 服务".split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place in the text and its number."""

    start: int
    end: int
    number: int


@dataclass(slots=True)
class View:
    """The levelled text, its sentences and the places where a name may begin."""

    text: str
    level: str
    sentences: list[Sentence] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    masked: str = ""
    places: PlaceFinder = field(default_factory=regions)
    city: str = ""
    _starts: list[int] = field(default_factory=list)

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that holds the place."""
        return self.sentences[max(0, bisect_right(self._starts, place) - 1)]

    def left_edge(self, place: int) -> int:
        """The end of the last boundary at or before the place."""
        index = bisect_right(self.breaks, place) - 1
        return self.breaks[index] if index >= 0 else 0


def view_of(text: str) -> View:
    """The view of a text, in time linear in its length."""
    level = text.translate(_LEVEL)
    if '"' in level:
        level = _QUOTES.sub(lambda m: f"“{m[1]}”", level)
    masked = _protected_pattern().sub(lambda m: "〇" * len(m[0]), level)
    view = View(text, level, masked=masked)
    view.breaks = [match.end() for match in _break_pattern().finditer(masked)]
    for match in _SENTENCE.finditer(level):
        if match.end() > match.start():
            view.sentences.append(Sentence(match.start(), match.end(), len(view.sentences)))
    if not view.sentences:
        view.sentences.append(Sentence(0, len(level), 0))
    view.places = _places(masked)
    view.city = _city(view)
    view._starts = [sentence.start for sentence in view.sentences]
    return view


def last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last match of a pattern within a stretch."""
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found
