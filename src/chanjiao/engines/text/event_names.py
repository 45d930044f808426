"""What the event of a story was called."""

from __future__ import annotations

import re

from chanjiao.engines.text.cited import IS_NOTICE, OWN_TITLE
from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.lexicon import words
from chanjiao.engines.text.view import View

_KINDS = words("meetings.txt")
_HOW = "(?:组织|隆重|成功|顺利|正式|圆满|如期|同期|线上|线下|胜利|共同|联合)*"
HELD = rf"{_HOW}(?:召开|举行|举办|开幕|启动|拉开帷幕|揭牌成立|启幕|落下帷幕|落幕|闭幕|开赛|开班|开讲)"
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_KIND_END = re.compile(rf"(?:{_KIND})(?:（[^）]{{1,20}}）)?(?!制|长|成员|单位|代表|章程|讲话|上|谈|晤)")
_HELD_AT = re.compile(HELD)
_REST = re.compile(
    rf"(?:[0-9]{{1,2}}日|(?:在|于)[^，]*|以[^，]{{2,16}}(?:形式|方式)|今日|今天|近日|昨日|日前|如约|{_HOW})*$"
)
_FRONT = re.compile(
    r"^.*(?:[0-9]日|[0-9]号|上午|下午|晚上|晚|近日|日前|当天|当日|精神|期间|承办的|主办的|协办的|指导的|牵头的|"
    r"组织的|召开的|随着|发起的)(?:[，、]?)(?![^“]*”)"
)


def event_name(view: View) -> tuple[str, Span | None]:
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
