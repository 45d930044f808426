"""What opens a point in a clause: 希望, 建议, a modal behind the body that is to act (各单位要, 学院将)."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from chanjiao.engines.text.points import ACTOR, DEEDS, actor_end
from chanjiao.engines.text.view import View, last


@dataclass(frozen=True, slots=True)
class Opening:
    """A clause that opens a point: its kind, where the deed begins, and from `start` on who is to act, if `named`."""

    kind: str
    start: int
    deed: int
    verb: str = ""
    named: bool = False


SAYS = re.compile(
    "(?:表示|强调|指出|提出|表态(?!发言)|宣布|透露|承诺|答应|认为|谈到|坦言|(?:明确|部署|介绍)(?=[，：]|$|说|提出)|"
    "(?<![小学传游演])说|(?<![简名职])称)(?!的)(?:了|道|时|说)?"
)
_HOPE = re.compile(
    "(?<![点条项个的切出与和])(?:希望|期望|期待|盼望|期盼|盼着|恳请|(?<=[，：也还])请)"
    "(?!的|和|之|小学|工程|值|[与和]?(?:要求|期|建))[，：]?|"
    "(?:寄语|勉励|嘱托)(?!的)(?:全体|各位|广大)?[\u4e00-\u9fff]{0,4}?"
    "(?:同学|学生|教师|师生|学员|学徒|选手|干部|职工)?们?，?"
)
_ASK = re.compile(
    "(?<![点条项个的出具体按照据合需])(?:建议|要求|提议|呼吁|倡议|叮嘱|嘱咐)(?!的|和|与|、|是|书|进行)(?:说|，)?"
)
_BEFORE_ASK = re.compile(
    "(?:并|还|也|再次|同时|他|她|会议|大会|论坛|[时中上里]|会后|最后|[省市区县]|代表|同志|"
    "[局市校院县区处部]长|书记|主[任席]|总经理|教授|与会[^，]{0,4})$"
)
_OUGHT = re.compile(
    "(?<![需重主只首必紧纪摘概简次将不想险扼更])要(?![素点件闻职害塞的])(?!求(?![真新实变同]))|必须|应当|应该|务必|"
    "(?<=[位门校业体方区们委])应(?![用届聘急邀对])"
)
_WILL = re.compile(
    "(?<![即必])将(?!来|军|近|要|会议)|愿意?(?!望)|计划(?=[^，。]{3,})|准备|打算|(?<![开模虚比])拟(?!定|合)|一定会|"
    "(?<![场议大年工展协学商座谈晚])会(?=继续|进一步|加|尽|全力|积极|不断|持续|把|认真|始终|从|拿出|派|提供|优先|当好|做好)|"
    "可以(?=提供|安排|接收|开放|拿出|派)"
)
_OF_PEOPLE = re.compile("(?:[省市县州局厅委办处部科系所院校区会组班]|领导|班子|行业|我们|自己)$")
_WHEN = re.compile(
    "(?:并且?|同时|另?一方面|还|也|就|都|均|则|再|先|最后|另外|此外|首先|其次|始终|一定|能够?|可以|下一步|今后|接下来|随后|"
    "未来[一二三四五0-9]*年?|会后|回去后|今年|明年|年内|近期|下阶段|秋季|春季|下学期|本学期)+$"
)
# What cannot act, and so promises nothing: 联合体的成立将…
_DEEDLESS = re.compile("成立|举措|此[次举]|这|签约|揭牌|活动|召开|举办|项目|计划|改革|合作$|发展$|建设$|工作$|是|有|的")
_NP = 22  # characters in front of a modal in which who is to act may stand


def opening_of(view: View, a: int, b: int, *, said: bool, just_said: str, names: Set[int]) -> Opening | None:
    """The opening of the clause from `a` to `b`, or None.

    `said` tells whether somebody speaks, `just_said` by which verb right before, `names` where names and bodies end.
    """
    level = view.level
    if (hope := _HOPE.search(level, a, b)) is not None:
        return Opening("hope", hope.end(), hope.end(), hope[0])
    ask = _ASK.search(level, a, b)
    if ask and (ask.start() == a or ask.start() in names or _BEFORE_ASK.search(level, a, ask.start())):
        ought = _modal(view, _OUGHT, ask.end(), b, names, free=True)
        return _opened(view, "requirement", ask.end(), ought) if ought else Opening("requirement", ask.end(), ask.end())
    if (say := last(SAYS, level, a, b)) is not None:
        a, said, just_said = say.end(), True, say[0]
    return _modal_opening(view, a, b, just_said, names) if said else None


def _modal_opening(view: View, a: int, b: int, just_said: str, names: Set[int]) -> Opening | None:
    """The opening by 要, 将 and their like, or by a deed that the speaker declares."""
    if (ought := _modal(view, _OUGHT, a, b, names, free=bool(just_said))) is not None:
        return _opened(view, "requirement", a, ought)
    if (will := _will(view, a, b, just_said, names)) is not None:
        return _opened(view, "commitment", a, will)
    if _URGES.match(just_said) and _DEED.match(view.level, a, b) and _is_parallel(view, a):
        return Opening("requirement", a, a)
    if just_said and a < b and (declared := _declared(view, a, b, just_said)) >= 0:
        return Opening("commitment", a, declared)
    return None


def _will(view: View, a: int, b: int, just_said: str, names: Set[int]) -> re.Match[str] | None:
    """The 将 or its like: behind who acts, or, right after a verb of speech, behind whatever can act."""
    found = _modal(view, _WILL, a, b, names, free=False)
    if found is not None:
        return found if found.start() > a or just_said else None
    found = _WILL.search(view.level, a, min(b, a + _NP)) if just_said else None
    return found if found and found[0] != "可以" and not _DEEDLESS.search(view.level, a, found.start()) else None


def _is_parallel(view: View, place: int) -> bool:
    """Whether the sentence has parts between semicolons, of which the first states nothing and leads to no modal."""
    stop = view.level.find("；", place, view.sentence_at(place).end)
    return stop > 0 and "是" not in view.level[place:stop] and not _OUGHT.search(view.level, place, stop)


def _opened(view: View, kind: str, start: int, modal: re.Match[str]) -> Opening:
    who = _WHEN.sub("", view.level[start : modal.start()])
    return Opening(kind, start, modal.end(), modal[0], named=len(who) > 1)


_URGES = re.compile("强调|指出|提出|部署|明确")
_DEED = re.compile(DEEDS)
_PLEDGES = re.compile("承诺|表态|答应")
_TELLS = re.compile("表示|宣布|透露|说|称")
_SOON = re.compile(
    "(?:从?[今明本下]年|下[个半]?月|[本下]学期|马上|立即|随即|即日|年内|[年月]底|首期|每[年月周]|[0-9一二两三四五六]+[年月日天周]之?内)"
)


def _declared(view: View, a: int, b: int, verb: str) -> int:
    """Where the deed begins that is promised without 将 (学校马上研究…); -1 where the clause promises nothing."""
    deed = actor_end(view.level, a, b)
    if _PLEDGES.match(verb) or (_TELLS.match(verb) and _SOON.match(view.level, deed, b)):
        return deed if b - deed > 3 else -1
    return -1


def _modal(
    view: View, modal: re.Pattern[str], start: int, end: int, names: Set[int], *, free: bool
) -> re.Match[str] | None:
    """The modal that begins the clause, behind nothing but who is to act; `free` where anything may be told to."""
    found = modal.search(view.level, start, min(end, start + _NP))
    if found is None:
        return None
    front = view.level[start : found.start()].strip("“")
    return found if not front or free or _acts(view, front, found.start(), names) else None


def _acts(view: View, front: str, end: int, names: Set[int]) -> bool:
    """Whether what stands in front of a modal is a body or people, or only says when."""
    who = _WHEN.sub("", front)
    end -= len(front) - len(who)
    if not who or end in names or _OF_PEOPLE.search(who) or ACTOR.fullmatch(who):
        return True
    place = view.places.search(who)
    return place is not None and place.end() == len(who)
