"""The day of the event of a story."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.numerals import chinese_number
from chanjiao.engines.text.view import View

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<word>今年|本年|去年))?(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|"
    r"[12][0-9]|0?[1-9])(?:日|号)?(?![0-9])"
)
_STAMP = re.compile(r"(?P<year>20[0-9]{2})[-/.年](?P<month>1[0-2]|0?[1-9])[-/.月](?P<day>3[01]|[12][0-9]|0?[1-9])日?")
_PRINTED = re.compile(r"20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日[ ]*(?:第?[A-Z]?0?[0-9]{1,2}[版]|\n)")
_STAMP_LABEL = re.compile(r"(?:发布(?:时间|日期)?|时间|日期|更新时间|发表时间|提交日期)[：: ]*$")
_ONLY_DAY = re.compile(
    r"(?:^|[，。\n昨今])[（(]?(?:本月|该月)?(3[01]|[12]?[0-9])(?:日[）)]|[）)]?日)(?=上午|下午|晚|，|,|在)"
)


def event_day(view: View, name_span: Span | None) -> tuple[str, Span | None]:
    """The day by its label, else in the sentence that names the event, else the first of the story."""
    head = view.level[:3000]
    stamp = _stamp(head)
    ways = (_labelled_day(head), _day_before(head, stamp), _said_day(view, head, name_span, stamp))
    return next((found for found in ways if found is not None), None) or _by_print(head, stamp) or ("", None)


_Day = tuple[str, Span | None]


def _labelled_day(head: str) -> _Day | None:
    """The day behind 会议时间, or written out with its year."""
    labelled = _AT_TIME.search(head)
    if labelled and (said := _DATE.search(head, labelled.end(), labelled.end() + 16)):
        return f"{said['year'] or '-'}-{int(said['month']):02d}-{int(said['day']):02d}", said.span()
    if written := _WRITTEN.search(head):
        year = "".join(str(_YEAR_DIGITS.index(char) % 10) for char in written[1])
        return f"{year}-{chinese_number(written[2]):02d}-{chinese_number(written[3]):02d}", written.span()
    return None


def _day_before(head: str, stamp: tuple[str, str, str] | None) -> _Day | None:
    """The day before the day of print, where the story says 昨日 and no day."""
    if stamp is None or not _YESTERDAY.search(head) or _DATE.search(_without_stamps(head)):
        return None
    year, month, day = map(int, stamp)
    try:
        return (date(year, month, day) - timedelta(days=1)).isoformat(), None
    except ValueError:  # 2月30日
        return None


def _said_day(view: View, head: str, name_span: Span | None, stamp: tuple[str, str, str] | None) -> _Day | None:
    """The day that the event's own sentence says, else the first that the story says."""
    start = view.sentence_at(name_span[0]).start if name_span is not None and name_span[0] < 3000 else 0
    for match in (*_DATE.finditer(head, start, name_span[0] if name_span else len(head)), *_DATE.finditer(head)):
        if _STAMP_LABEL.search(head[: match.start()][-14:]) or _in_title(view, match.start()):
            continue
        if head.startswith(("电", "讯"), match.end()):  # the day of the dispatch
            only = _DAY_OF.search(head, match.end(), match.end() + 120)
            if only and int(only[1]) <= int(match["day"]):
                return f"{match['year'] or '-'}-{int(match['month']):02d}-{int(only[1]):02d}", only.span(1)
            continue
        month, day = int(match["month"]), int(match["day"])
        year = match["year"] or (stamp[0] if stamp and _near(stamp, month, day) else "")
        if match["word"] and not match["year"] and stamp:
            year = stamp[0] if match["word"] != "去年" else str(int(stamp[0]) - 1)
        return f"{year or '-'}-{month:02d}-{day:02d}", (match.start(), match.end())
    return None


def _by_print(head: str, stamp: tuple[str, str, str] | None) -> _Day | None:
    """The day that only characters, or only the day of print, tell."""
    if spelt := _SPELT.search(head[:600]):
        return f"--{chinese_number(spelt[1]):02d}-{chinese_number(spelt[2]):02d}", spelt.span()
    if stamp and re.search("今天|今日|今早|今晚", head):
        return f"{stamp[0]}-{int(stamp[1]):02d}-{int(stamp[2]):02d}", None
    only = _ONLY_DAY.search(head) if stamp else None
    if stamp and only and int(only[1]) <= int(stamp[2]):
        return f"{stamp[0]}-{int(stamp[1]):02d}-{int(only[1]):02d}", (only.start(1), only.end(1) + 1)
    return None


_YEAR_DIGITS = "〇一二三四五六七八九○零"
_WRITTEN = re.compile(
    "(二[〇○零][一二][〇○零一二三四五六七八九])年(十?[一二]|[一二三四五六七八九十])月([一二三]?十?[一二三四五六七八九]?)日"
)
_DAY_OF = re.compile("(?<![0-9月])([0-9]{1,2})日(?=在|上午|下午|，)")
_SPELT = re.compile(
    "(?<!年)(十[一二]?|[一二三四五六七八九])月([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_AT_TIME = re.compile(
    "(?:会议|活动)?时 {0,4}间[：:] {0,2}(?=[^\n]{4,40}\n[^\n]{0,30}(?:地 {0,4}点|主持人?)[：:])|"
    "(?:会议|召开|举办|活动)(?:时间|日期)[：:] {0,2}"
)


def _in_title(view: View, place: int) -> bool:
    """Whether the place lies in a document's title or number."""
    start = view.sentence_at(place).start
    return view.level.rfind("《", start, place) > view.level.rfind("》", start, place)


_YESTERDAY = re.compile("昨日|昨天|昨晚")


def _without_stamps(head: str) -> str:
    return _PRINTED.sub("", _STAMP.sub(lambda m: m[0] if "月" in m[0] else "", head))


def _stamp(head: str) -> tuple[str, str, str] | None:
    """The day of publication that a page prints in front of, or behind, its story."""
    for match in _STAMP.finditer(head):
        separator = head[match.start() + 4]
        labelled = _STAMP_LABEL.search(head[: match.start()][-14:])
        if labelled or separator in "-/." or _PRINTED.match(head, match.start()):
            return match["year"], match["month"], match["day"]
    return None


def _near(stamp: tuple[str, str, str], month: int, day: int) -> bool:
    """Whether the event lies in the months before publication, so that the year is the same."""
    published, held = int(stamp[1]) * 31 + int(stamp[2]), month * 31 + day
    return 0 <= published - held <= 200
