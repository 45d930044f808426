"""The event of a story: what it was called, when, where, and how many people came."""

from __future__ import annotations

import re

from chanjiao.engines.text.event_days import event_day
from chanjiao.engines.text.event_names import HELD, event_name
from chanjiao.engines.text.facts import Event, Span
from chanjiao.engines.text.numerals import number_of
from chanjiao.engines.text.view import View

_PLACE = re.compile(
    rf"在([^，。；！？\n]{{2,40}}?)(?={HELD}|(?:正式|成功)?(?:签订|签署|签约)|(?:顺利|成功|隆重|圆满|如期)(?:落下帷幕|闭幕))"
)
_PLACE_AFTER = re.compile(
    r"(?:召开|举行|举办)地点[：: ]*([^，。；\n]{2,40})|会议地点[：: ]*([^，。；\n]{2,40})|"
    r"地点[：:]([^，。；\n]{2,40})|\n *地 {0,4}点[：: ] *([^，。；\n]{2,40})"
)
_COUNT = (
    r"(?:近|约|超过?|共计?|逾|达|等)?([0-9]{1,5}|[0-9.]+万|[一二两三四五六七八九十百千]{1,6})(余|多|"
    r"来)?(?:余)?(?:名|位|人|余人|余名|余位)"
)
_ATTENDANCE = re.compile(
    rf"{_COUNT}(?!次|均|才)[^，。；！？\n0-9]{{0,22}}?(?=代表|嘉宾|出席|参加|参会|与会|到会|齐聚|负责人|领导|选手|"
    rf"师生|专家|，|。|共同|现场|见证|到场|入场|到会|$)"
)
_COUNT_CUE = re.compile("选手|入场|代表|出席|参加|参会|与会|到会|齐聚|嘉宾|见证|共同|现场|聚|观看|收看")
_NOT_ATTENDING = re.compile(
    "一行|人为|人当选|培养|培训|毕业生|就业|学生人数|在校生|教职工|输送|招收|员工|职工|订单班|名额|累计|年均|岗位|实习|人才[0-9]|"
    "编制|党员人数|招聘|引进|服务|资助|学员|总数"
)


def event_of(view: View) -> Event:
    """The event that the story reports, from its first sentences that say so; empty fields where it does not say."""
    name, name_span = event_name(view)
    day, date_span = event_day(view, name_span)
    place, place_span = _place(view, name_span)
    attendance, count_span = _attendance(view)
    spans = tuple(span for span in (name_span, date_span, place_span, count_span) if span is not None)
    found = sum(bool(part) for part in (name, day, place, attendance))
    return Event(name, day, place, attendance, spans, round(0.55 + 0.1 * found, 2) if found else 0.0)


def _place(view: View, name_span: Span | None) -> tuple[str, Span | None]:
    head = view.level[:4000]
    best: Span | None = None
    for match in _PLACE.finditer(head):
        start = head.rfind("在", match.start(), match.end()) + 1
        inner = head.rfind("在", match.start() + 1, match.end(1))
        start = inner + 1 if inner > match.start() and match.end(1) - inner > 2 else match.start(1)
        place = head[start : match.end(1)]
        if _BAD_PLACE.search(place):
            continue
        best = (start, match.end(1))
        if "\n" in head[match.end() :] and "\n" not in head[: match.end()]:
            continue  # a headline gives the place in short; what follows it may say more
        break
    if best is None:
        label = _PLACE_AFTER.search(head)
        if label is None:
            gone = _GONE_TO.search(head)
            return (view.text[gone.start(1) : gone.end(1)], gone.span(1)) if gone else ("", None)
        index = next(n for n in (1, 2, 3, 4) if label[n])
        best = label.span(index)
    return view.text[best[0] : best[1]].strip(), best


_GONE_TO = re.compile(
    "(?:到|赴|莅临|来到|走进)([\u4e00-\u9fff（）]{4,20}?(?:学院|大学|学校|公司|集团|园区|开发区|高新区|中心|镇|县|市|区))"
    "(?=调研|考察|开展|就|座谈|走访|指导|，就|，围绕)"
)
_BAD_PLACE = re.compile(
    "^这里|^此|的(?:指导|支持|见证|领导|推动|带领|背景|掌声|基础)下?|指导下|支持下|见证下|下$|过程|期间|之际|同时|时$|会上|"
    "同期|[0-9]月|背景|前提|基础上"
)


def _attendance(view: View) -> tuple[int, Span | None]:
    best: tuple[int, Span] | None = None
    for match in _ATTENDANCE.finditer(view.level[:5000]):
        number = number_of(match[1])
        sentence = view.sentence_at(match.start())
        around = view.level[max(sentence.start, match.start() - 30) : min(sentence.end, match.end() + 22)]
        if (
            number < 5
            or not _COUNT_CUE.search(around)
            or (
                _NOT_ATTENDING.search(view.level[max(sentence.start, match.start() - 12) : match.end() + 4])
                and not re.match("[^，。]{0,6}(?:入场|到场|参会|参加)", view.level[match.end() : match.end() + 12])
            )
        ):
            continue
        if best is None and not re.match("(?:代表)?(?:为|当选)", view.level[match.end() :][:4]):
            best = (number, (match.start(1), match.end()))
    return best if best is not None else (0, None)
