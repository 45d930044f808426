"""The event of a story: what it was called, when, where, and how many people came."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chanjiao.engines.text.cited import IS_NOTICE, OWN_TITLE
from chanjiao.engines.text.facts import Event, Span
from chanjiao.engines.text.lexicon import words
from chanjiao.engines.text.view import View

_KINDS = words("meetings.txt")
_HOW = "(?:组织|隆重|成功|顺利|正式|圆满|如期|同期|线上|线下|胜利|共同|联合)*"
_HELD = rf"{_HOW}(?:召开|举行|举办|开幕|启动|拉开帷幕|揭牌成立|启幕|落下帷幕|落幕|闭幕|开赛|开班|开讲)"
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_KIND_END = re.compile(rf"(?:{_KIND})(?:（[^）]{{1,20}}）)?(?!制|长|成员|单位|代表|章程|讲话|上|谈|晤)")
_HELD_AT = re.compile(_HELD)
_REST = re.compile(
    rf"(?:[0-9]{{1,2}}日|(?:在|于)[^，]*|以[^，]{{2,16}}(?:形式|方式)|今日|今天|近日|昨日|日前|如约|{_HOW})*$"
)
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
_PLACE = re.compile(
    rf"在([^，。；！？\n]{{2,40}}?)(?={_HELD}|(?:正式|成功)?(?:签订|签署|签约)|(?:顺利|成功|隆重|圆满|如期)(?:落下帷幕|闭幕))"
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
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_FRONT = re.compile(
    r"^.*(?:[0-9]日|[0-9]号|上午|下午|晚上|晚|近日|日前|当天|当日|精神|期间|承办的|主办的|协办的|指导的|牵头的|"
    r"组织的|召开的|随着|发起的)(?:[，、]?)(?![^“]*”)"
)


def event_of(view: View) -> Event:
    """The event that the story reports, from its first sentences that say so; empty fields where it does not say."""
    name, name_span = _name(view)
    day, date_span = _date(view, name_span)
    place, place_span = _place(view, name_span)
    attendance, count_span = _attendance(view)
    spans = tuple(span for span in (name_span, date_span, place_span, count_span) if span is not None)
    found = sum(bool(part) for part in (name, day, place, attendance))
    return Event(name, day, place, attendance, spans, round(0.55 + 0.1 * found, 2) if found else 0.0)


def _name(view: View) -> tuple[str, Span | None]:
    if OWN_TITLE.search(view.level[:800]) and IS_NOTICE.search(view.level):  # a notice is no report
        called = _CALLED.search(view.level[:800])
        return (view.text[called.start(1) : called.end(1)], called.span(1)) if called else ("", None)
    best: tuple[int, Span] | None = None
    headline = view.level.strip().partition("\n")[0][:80]
    for order, match in enumerate(_HELD_AT.finditer(view.level[:4000])):
        if _NOT_YET.search(view.level, max(0, match.start() - 4), match.start()):
            continue
        for penalty, span in ((0, _in_front(view, match)), (2, _behind(view, match))):
            tight = _tight(view, *span) if span is not None else None
            if tight is None:
                continue
            worth = _worth(view, tight) - order - penalty + (8 if _in_headline(view, tight, headline) else 0)
            if best is None or worth > best[0]:
                best = (worth, tight)
    if best is None:
        return _named_only(view)
    start, end = best[1]
    return _unquoted(view.text[start:end]), best[1]


_NOT_YET = re.compile("(?:定期|适时|每[年月季周]|计划|拟|按期|及时)$")


def _in_headline(view: View, span: Span, headline: str) -> bool:
    """Whether the headline speaks of the meeting, perhaps without the place in front of its name."""
    name = view.level[span[0] : span[1]]
    return len(name) > 3 and span[0] > len(headline) and name[-8:] in headline


def _unquoted(name: str) -> str:
    """The name without a quotation mark that has lost its partner."""
    name = re.sub("^【[^】]{1,12}】|[（(](?:以下|下)?简称[^）)]*[）)]", "", name).strip()
    if name.count("“") != name.count("”") or (name.startswith("“") and name.endswith("”")):
        name = name.strip("“”")
    return name


_NAMED_ONLY = re.compile(
    r"[^，。；！？\n]{4,70}?(?:成立大会|成立仪式|揭牌仪式|签约仪式|启动仪式|授牌仪式|理事会|年会|推进会|座谈会|"
    r"研讨会|筹备会|对接会)"
)


def _named_only(view: View) -> tuple[str, Span | None]:
    """A meeting that the story's beginning names without saying that it was held."""
    if talk := _TALK.search(view.level[:3000]):
        return view.text[talk.start(1) : talk.end(1)], talk.span(1)
    for match in _NAMED_ONLY.finditer(view.level[:500]):
        start = match.start()
        for lead in re.finditer("参加了?|出席了?|受邀|迎来了?|见证了?|^在|主办的|承办的|筹建的|牵头的", match[0]):
            start = match.start() + lead.end()
        tight = _tight(view, start, match.end())
        if tight is not None and not re.search("(?:设立?|发挥|完善|健全)[^，]{0,4}理事会|落实|关于|提出|：", match[0]):
            return _unquoted(view.text[tight[0] : tight[1]]), tight
    if carried := _CARRIED_OUT.search(view.level[:600]):
        return view.text[carried.start(1) : carried.end(1)], carried.span(1)
    title = _KIND_LINE.match(view.level)
    span = _tight(view, *title.span(1)) if title else None
    return (_unquoted(view.text[span[0] : span[1]]), span) if span else ("", None)


_TALK = re.compile(
    r"(?:^|[。\n，；])(?:在|随后|接着){0,2}(?:的|召开的|举行的)?([\u4e00-\u9fff]{0,4}(?:座谈|汇报|反馈|交流|对接|见面|洽谈|论证)会)(?:[上中](?=，)|(?=由))"
)
_CALLED = re.compile("关于(?:召开|举办|举行)([^，。；\n]{4,60})的通知")
_CARRIED_OUT = re.compile(
    "(?:开展|组织)了?([\u4e00-\u9fff“”]{2,20}?(?:对接|洽谈|座谈|交流|签约|揭牌)(?:活动|会))(?=[，。])"
)
_KIND_LINE = re.compile(rf"[ \n]{{0,20}}([^，。；！？\n]{{4,60}}(?:{_KIND}))(?:会议)?(?:纪要|记录)?\s*(?=\n)")


def _in_front(view: View, held: re.Match[str]) -> Span | None:
    """The name in the clause before 召开: up to the last word for a meeting that only a place follows."""
    level = view.level
    start = _clause_start(level, held.start())
    found = None
    for match in _KIND_END.finditer(level, start, held.start()):
        if _REST.match(level[match.end() : held.start()]):
            found = (start, match.end())
            break
    return found


def _clause_start(level: str, place: int) -> int:
    """The start of the clause; a comma inside quotation marks does not end it."""
    depth = 0
    for at in range(place - 1, max(-1, place - 160), -1):
        char = level[at]
        if char in "”）》":
            depth += 1
        elif char in "“（《":
            depth -= 1
        elif char in "，。；！？\n" and (depth <= 0 or char == "\n"):
            return at + 1
    return max(0, place - 160)


def _behind(view: View, held: re.Match[str]) -> Span | None:
    """The name behind 召开了: up to the last word for a meeting in the clause."""
    level = view.level
    start = held.end() + (1 if level[held.end() : held.end() + 1] == "了" else 0)
    stop = re.compile("[，。；！？\n]").search(level, start)
    end = min(stop.start() if stop else len(level), start + 80)
    found = None
    for match in _KIND_END.finditer(level, start, end) if not level.startswith("的", start) else ():
        found = (start, match.end())
    return found


def _worth(view: View, span: Span) -> int:
    """A longer name with what was founded in it, early in the story, is the event's name."""
    name = view.level[span[0] : span[1]]
    worth = min(len(name), 30) // 3
    worth += 6 if re.search("联合体|共同体|集团|联盟|产教|校企|产业学院|协会", name) else 0
    worth += 4 if re.search("大会|理事会|仪式|年会|论坛", name) else 0
    worth -= 8 if re.match("会议|大会|仪式|活动|此次|本次|这次|该|双方|随后", name) else 0
    return worth - span[0] // 400


def _tight(view: View, start: int, end: int) -> Span | None:
    """The name without what stands in front of it in the clause."""
    text = view.level[start:end]
    front = _FRONT.match(text)
    if front and front.end() < len(text) - 1:
        start += front.end()
    text = view.level[start:end]
    lead = re.match(
        r"(?:[^，。（）]{0,30}?(?:[0-9]日[电讯]|本[报网站]讯|讯(?=[ （]))[ ]*(?:（[^）]{2,40}）)?[ ]*)?"
        r"(?:由[^，。]{2,90}?(?:主办|承办|牵头|组织|发起|联合举办|共同举办|申报|组建|共建)的?|在[^，。]{2,30}?(?:上|下|中|"
        r"之际)|[^，。]{2,14}?(?:召开|举行|举办|组织召开|承办|主办|参加|出席)了?|"
        r"[^，。“”]{2,30}(?:与|和)[^，。“”]{2,30}?(?:开展|举行|举办|召开)|"
        r"(?:[^，。“”]{2,30}(?:学院|大学|学校|公司|集团|医院|政府|局|会|院))?(?:与|和)[^，。“”]{2,38}?"
        r"(?:(?=共建)|(?<=公司|学院|大学|学校|医院|集团|协会)(?=“)|(?<=）)(?=“))|"
        r"(?:与|和)[^，。“”]{4,40}?(?=战略合作|校企合作|合作签约|签约)|我[市省校院区县]|学校|学院|"
        r"[，、 —-]|的)+",
        text,
    )
    if lead and lead.end() < len(text) - 2:
        start += lead.end()
    text = view.level[start:end]
    if len(text) < 3 or re.match("[0-9]+[期场]", text) or (text in _KINDS and len(text) < 3):
        return None
    return (start, end)


def _date(view: View, name_span: Span | None) -> tuple[str, Span | None]:
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
        return f"{year}-{_number(written[2]):02d}-{_number(written[3]):02d}", written.span()
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
        return f"--{_number(spelt[1]):02d}-{_number(spelt[2]):02d}", spelt.span()
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
        number = _number(match[1])
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


def _number(text: str) -> int:
    """A count in figures or in characters.

    >>> _number("120"), _number("一百二十"), _number("三百"), _number("1.2万")
    (120, 120, 300, 12000)
    """
    if text.endswith("万"):
        return int(float(text[:-1]) * 10000)
    if text.isdigit():
        return int(text)
    total = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return total + digit
