"""Points behind counting words: 一是, 一要, 第一, （一）."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chanjiao.engines.text.facts import Requirement
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.speakers import kind_of_points, speaker_of
from chanjiao.engines.text.view import View

_NUMERALS = "一二三四五六七八九十"


MARKER = re.compile(
    r"(?<![\u4e00-\u9fff第])(?:(?P<shi>[一二三四五六七八九十])(?:是要|是|要|则|个是|需|盼|愿|望)|"
    r"第(?P<di>[一二三四五六七八九十])(?:，|是|、|[点条](?:是|，))?|(?P<order>首先|其次|再次|再者|最后)(?:要|是|，)"
    r"|（(?P<bracket>[一二三四五六七八九十1-9])）|(?P<figure>[1-9])[.．、](?![0-9])|(?P<dun>[一二三四五六七八九十])、)"
)


_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    start: int
    end: int


def marked_runs(view: View) -> list[list[_Item]]:
    """Runs of counting words that count up from one."""
    runs: list[list[_Item]] = []
    current: list[tuple[int, int, int, str]] = []
    for match in MARKER.finditer(view.level):
        number, style = _number_of(match)
        expected = current[-1][0] + 1 if current else 1
        if (
            current
            and style == current[-1][3]
            and number in (expected, 9)
            and number > current[-1][0]
            and match.start() - current[-1][2] < 900
        ):
            current.append((number, match.start(), match.end(), style))
        elif number == 1:
            runs.append(_closed(view, current))
            current = [(number, match.start(), match.end(), style)]
        elif number == expected and current and style != current[-1][3]:
            continue
    runs.append(_closed(view, current))
    return [run for run in runs if len(run) >= 2]


def _number_of(match: re.Match[str]) -> tuple[int, str]:
    for style in ("shi", "di", "bracket", "figure", "dun"):
        value = match[style]
        if value:
            return (int(value) if value.isdigit() else _NUMERALS.index(value) + 1), style
    return _ORDER[match["order"]], "order"


def _closed(view: View, marks: list[tuple[int, int, int, str]]) -> list[_Item]:
    """The items between the counting words; the last ends with its sentence."""
    items = []
    paragraphs = len(marks) > 1 and all(view.level[:place].rstrip(" ").endswith("\n") for _, place, _, _ in marks[1:])
    for index, (number, _, start, _) in enumerate(marks):
        limit = marks[index + 1][1] if index + 1 < len(marks) else _last_end(view, start, paragraphs=paragraphs)
        end = limit
        while end > start and view.level[end - 1] in "，。；、！ \n":
            end -= 1
        items.append(_Item(number, start, end))
    return items


def _last_end(view: View, start: int, *, paragraphs: bool) -> int:
    end = view.sentence_at(start).end
    if paragraphs:
        line = view.level.find("\n", start)
        end = line if line > 0 else len(view.level)
    text = view.level[start:end]
    tail = text.rfind("；")
    return start + tail if tail >= 4 and _leaves(text[tail + 1 :]) else end


def _leaves(rest: str) -> bool:
    """Whether what follows the last point is no longer part of it."""
    return re.match("(?:会议|大会|会上|最后|随后)", rest) is not None


_NOTICE = re.compile("(?:通知|公布|公示|通报|函告)如下[：:]?\\s*[^\\s]{0,3}$")  # headings follow


def counted_points(view: View, people: list[PersonMention], run: list[_Item]) -> Requirement | None:
    head_start = view.sentence_at(max(0, run[0].start - 3)).start
    head = view.level[max(head_start, run[0].start - 120) : run[0].start]
    if head_start > 0 and len(head) < 8:
        head_start = view.sentence_at(head_start - 1).start
        head = view.level[head_start : run[0].start]
    if _NOTICE.search(head) or not re.search(
        "希望|要求|意见|建议|强调|指出|提出|表示|方面|要|倡议|期望|任务|举措|部署|认为|做到|工作|介绍|承诺|点|安排|"
        "聚焦|议定|商定|会议决定|谈到|将",
        head[-60:],
    ):
        return None
    items, spans = [], []
    for item in run:
        end = view.sentence_at(item.start).end
        text = _clean(view.text[item.start : min(end, item.end)])
        if text:
            items.append(text)
            spans.append((item.start, item.end))
    if not items or all(item.startswith("关于") and len(item) < 20 for item in items):
        return None
    speaker = (
        ""
        if re.search("(?:议定|商定|会议决定|会议部署)[^，。]{0,12}$", head)
        else speaker_of(view, people, run[0].start)
    )
    return Requirement(speaker, kind_of_points(head, items), tuple(items), tuple(spans), 0.88)


def _clean(item: str) -> str:
    return re.sub(r"^(?:是|要|，|,|、|：|:|\s)+", "", item).strip(" ，。；、,.;\n\u3000")
