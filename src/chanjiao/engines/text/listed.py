"""Points listed before 等五点希望 or 三个方面, or behind a colon; lost separators are put back."""

from __future__ import annotations

import re

from chanjiao.engines.text.counted import MARKER
from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.points import cut_at, without_edges
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.speakers import kind_of_points, speaker_of
from chanjiao.engines.text.view import View

_MOST = 80  # lists of one story; more is no story


_NUMBER = r"[0-9]{1,2}|[一二两三四五六七八九十]{1,2}"


_LIST_WORD = "希望要求|希望|要求|意见建议|意见|建议|期望|方面|任务|举措|措施|工作|承诺|维度|层面|环节"


_LIST_TAIL = re.compile(
    rf"等(?P<count>{_NUMBER})(?:个|点|项|条|大|方面)+(?:的)?(?P<word>{_LIST_WORD})?"
    rf"|(?<=[\u4e00-\u9fff”])(?P<number>{_NUMBER})(?:个|点|项|条|大)(?:的)?(?P<what>{_LIST_WORD})"
)


_LIST_HEAD = re.compile("提出了?|从|围绕|聚焦|就|在|将从|要从|做好|落实|明确了?|包括|即|：|实施")


_COUNT_VALUE = {word: index + 1 for index, word in enumerate("一二三四五六七八九十")} | {"两": 2}


def listed_points(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """Points listed between a verb and 等五点希望 or 等四个方面."""
    found: list[tuple[int, Requirement]] = []
    for match in _LIST_TAIL.finditer(view.level):
        if len(found) > _MOST:
            break
        digits = match["count"] or match["number"]
        count = int(digits) if digits.isdigit() else _COUNT_VALUE.get(digits, 0)
        sentence = view.sentence_at(match.start())
        of_fields = (match["word"] or match["what"] or "") in _FIELDS
        head = _list_head(view.level, max(sentence.start, match.start() - 600), match.start(), count, of_fields)
        if _REPORTED.match(view.level, match.end()):
            continue
        if head is None or count < 2 or view.level[: match.start()].endswith(_AHEAD):
            continue
        items = _split_list(view, head.end(), match.start(), count)
        if len(items) < 2:
            continue
        word = match["word"] or match["what"] or ""
        around = view.level[max(sentence.start, head.start() - 30) : match.end() + 6]
        kind = (
            "hope"
            if "希望" in word or "期望" in word
            else "requirement"
            if re.search("要求|意见|建议", word)
            else _list_kind(around)
        )
        texts = tuple(view.text[a:b].strip() for a, b in items)
        found.append(
            (items[0][0], Requirement(speaker_of(view, people, head.start()), kind, texts, tuple(items), 0.85))
        )
    return found


_REPORTED = re.compile(
    "[^，。]{0,10}(?:[作做]了?(?:详细|全面|简要|专题|系统)?(?:汇报|介绍|报告|总结|说明|交流|讲解)|进行了?(?:汇报|介绍|总结|讲解|交流|点评)|(?:总结|回顾|梳理)了)"
)
_AHEAD = (
    "将在",
    "要在",
    "从以下",
    "就以下",
    "将从",
    "要从",
    "如下",
    "，在",
    "，从",
    "希望在",
    "提出",
)  # the points follow


_FIELDS = ("方面", "维度", "层面", "环节")


def _list_head(level: str, start: int, end: int, count: int, of_fields: bool) -> re.Match[str] | None:
    """The verb that opens the list and leaves room for all its points: 提出 those of speakers, 从 and 在 fields."""
    heads = list(_LIST_HEAD.finditer(level, start, end))
    heads.sort(key=lambda head: (head[0].startswith("提出") != of_fields, head.start()))
    for mark, slack in (("；", 2), ("、", 1), ("，", 1)):
        room = max(1, count - slack)
        for head in reversed(heads) if level.count(mark, start, end) >= room else ():
            if level.count(mark, head.end(), end) >= room:
                return head
    return None


def _list_kind(around: str) -> str:
    if "希望" in around:
        return "hope"
    if "要求" in around or "强调" in around:
        return "requirement" if "方面" not in around or "将从" not in around else "aspect"
    return "aspect"


def _split_list(view: View, start: int, end: int, count: int) -> list[Span]:
    """The points between two places, cut at ；, 、 or ，; a lost mark is restored by the points' parallel form."""
    level = view.level
    best: list[Span] = []
    for mark in "；、，":
        pieces = cut_at(level, start, end, mark)
        if len(pieces) == count:
            return pieces
        if mark == "；" and 1 < len(pieces) < count:
            restored = _restored(level, pieces, count)
            if len(restored) == count:
                return restored
        if abs(len(pieces) - count) < abs(len(best) - count) or not best:
            best = pieces
    return best if len(best) > 1 else []


def _restored(level: str, pieces: list[Span], count: int) -> list[Span]:
    """The pieces with lost separators put back: every sound piece is "four characters, clause", so is each half."""
    shapes = [[len(part) for part in level[a:b].split("，")] for a, b in pieces]
    sound = [shape for shape in shapes if len(shape) == min(len(other) for other in shapes)]
    width = min(len(other) for other in shapes)
    heads = {shape[0] for shape in sound}
    if width < 2 or len(heads) != 1:
        return pieces
    head = heads.pop()
    made: list[Span] = []
    for piece, shape in zip(pieces, shapes, strict=True):
        made.extend(_halves(piece, shape, width, head))
    return made if len(made) == count else pieces


def _halves(piece: Span, shape: list[int], width: int, head: int) -> list[Span]:
    a, b = piece
    if len(shape) != 2 * width - 1 or shape[width - 1] <= head:
        return [(a, b)]
    cut = a + sum(shape[:width]) + width - 1 - head
    return [(a, cut), (cut, b)]


_COLON_HEAD = re.compile(
    r"(?:要求|希望|强调|提出|指出|承诺|意见|建议|做到|做好|抓好|做文章|任务|工作|举措|措施|倡议|要点|方面|部署|件事|几件事|事项|实事|"
    r"期望|表示|寄语|勉励|答应|表态|打算|感言|议定|商定|“[^”]{1,6}”)[^，。；：]{0,14}(?:：(?!“)|，即)"
)


_COUNT_BEFORE = re.compile(r"([0-9]{1,2}|[二两三四五六七八九十])(?:个|点|项|条|大|件|方面)")


def points_behind_colon(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """Points behind a colon: 他要求：…；…；…, 做好五件事：…，…, parallel clauses without a count."""
    found = []
    for sentence in view.sentences:
        head = _COLON_HEAD.search(view.level, sentence.start, sentence.end)
        if head is None or MARKER.match(view.level, head.end()):
            continue
        front = view.level[sentence.start : head.end()]
        if not re.search(
            "要求|希望|强调|提出|指出|说|表示|承诺|讲话|建议|寄语|勉励|答应|表态|谈|感言|要|倡议|部署|布置|安排|交办|议定|商定",
            front,
        ):
            continue
        counted = _COUNT_BEFORE.search(front[-24:])
        count = (int(counted[1]) if counted[1].isdigit() else _COUNT_VALUE[counted[1]]) if counted else 0
        spans = _colon_items(view, head.end(), sentence.end, count)
        if len(spans) < 2:
            continue
        items = tuple(re.sub("^(?:希望|期待|期望|要|将)", "", view.text[a:b]) for a, b in spans)
        kind = (
            "commitment"
            if re.search("承诺|准备|打算|计划|答应|表态", front[-24:]) or _does_itself(front, items, view, spans)
            else kind_of_points(front, list(items))
        )
        found.append(
            (spans[0][0], Requirement(speaker_of(view, people, head.start()), kind, items, tuple(spans), 0.75))
        )
    return found


def _does_itself(front: str, items: tuple[str, ...], view: View, spans: list[Span]) -> bool:
    if re.search("方面[^：]{0,8}：$", front):
        return False
    return re.search("将[^：]{0,14}：$", front) is not None or all(view.level[a] == "将" for a, _ in spans)


_COUNTED_DEED = re.compile("[\u4e00-\u9fff]{1,2}[一二两三四五六七八九十百千0-9]+[个项名所家批万千支条座门]")


def _colon_items(view: View, start: int, end: int, count: int) -> list[Span]:
    a, b = without_edges(view.level, start, end)
    by_semicolon = cut_at(view.level, a, b, "；")
    if len(by_semicolon) >= 2:
        return by_semicolon
    by_comma = cut_at(view.level, a, b, "，")
    if count and len(by_comma) == count:
        return by_comma
    by_mark = cut_at(view.level, a, b, "、")
    if count and len(by_mark) == count:
        return by_mark
    if len(by_comma) > 2 and all(_COUNTED_DEED.match(view.level, c, d) for c, d in by_comma):
        return by_comma
    if len(by_mark) > 2 and len({d - c for c, d in by_mark}) == 1:
        return by_mark
    firsts = {view.level[c] for c, _ in by_comma}
    return by_comma if len(by_comma) >= 3 and len(firsts) == 1 else []
