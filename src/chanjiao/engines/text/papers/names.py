"""Programmes, places, firms and people that stand in a stretch of text."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from chanjiao.data import tables
from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers.level import trimmed

_FIRM = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9（）()·]{2,30}?(?:股份有限公司|有限责任公司|有限公司|服务中心|集团|事务所|研究院|合作社|医院|旅行社|酒店|宾馆|超市|厂(?![房里家内长商区矿务]))(?![\u4e00-\u9fff]{0,8}分公司)"
)
_FIRM_LEFT = re.compile(
    r".*(?:走访了?|拜访了?|考察了?|调研了?|前往|来到|深入|我们是|啦|因|由|赴|为|到|在|向|我公司|我司|贵校|单位|公司(?=[^（）]{2})|^)[（(]?"
)
_TITLE = (
    "经理|女士|先生|小姐|老师|主任|院长|部长|科长|处长|校长|书记|教授|总监|同学|姐|哥(?!斯)|总(?!公司)"
    "|工(?!业|作|程|艺|厂|资|具)"
)
_PERSON = re.compile(rf"[\u4e00-\u9fff]{{1,3}}(?:{_TITLE})|[\u4e00-\u9fff]{{2,4}}(?![\u4e00-\u9fff])")
_NO_PERSON = re.compile("电话|手机|邮箱|地址|微信|联系|传真|咨询|人事|招聘|详见|邮件")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})(?!\d)")
_PROGRAMME = re.compile(
    r"(?:[^，。；;、或\s：:（）()\d]{2,14}[、或]){0,5}[^，。；;、\s：:（）()\d]{2,14}?(?:等)?(?:相关)?专业(?!代码|名称|要求|不限|行动)"
)
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")


def phone_in(text: str, start: int, end: int) -> Span | None:
    """The first telephone number of a stretch."""
    found = _PHONE.search(text, start, end)
    return found.span() if found else None


def credit_code_in(text: str, start: int, end: int) -> Span | None:
    """The first 18 characters that can be a unified social credit code."""
    found = _CREDIT_CODE.search(text, start, end)
    return found.span() if found else None


def person_at(text: str, start: int, end: int) -> Span | None:
    """The person whom a stretch begins with: a name, or a surname with a title (祁经理)."""
    first, last = trimmed(text, start, end)
    found = _PERSON.match(text, first, last)
    return found.span() if found and not _NO_PERSON.match(found[0]) else None


def firms_in(text: str, start: int, end: int) -> list[Span]:
    """The firms of a stretch in the order of the text."""
    found = []
    for one in _FIRM.finditer(text, start, end):
        cut = _FIRM_LEFT.match(one[0][:-4])
        first = one.start() + (len(cut[0]) if cut and len(one[0]) - len(cut[0]) > 5 else 0)
        found.append((first, one.end()))
    return found


@cache
def _catalogue() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    codes: dict[str, str] = {}
    for level in ("secondary", "bachelor", "associate"):
        codes |= {one.name: one.code for one in tables.programmes() if one.level == level}
    codes = {one.name: one.code for one in tables.majors()} | codes
    by_start: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(codes, key=len, reverse=True):
        by_start[name[:2]].append(name)
    return {start: tuple(names) for start, names in by_start.items()}, codes


def programme_codes() -> dict[str, str]:
    """Name of a programme or major → its code; the associate level where several levels bear the name."""
    return _catalogue()[1]


def programmes_in(text: str, start: int, end: int) -> list[Span]:
    """The programmes of the catalogues that a stretch names, the longest at each place."""
    by_start, _ = _catalogue()
    found, place = [], start
    while place < end:
        name = next((one for one in by_start.get(text[place : place + 2], ()) if text.startswith(one, place, end)), "")
        # 自动化 in 焊接技术与自动化 is the end of a name that the catalogues no longer hold.
        if name and not (len(name) < 5 and text[place - 1 : place] in ("与", "及", "和")):
            found.append((place, place + len(name)))
        place += len(name) or 1
    return found


def programmes_told(text: str, start: int, end: int) -> list[Span]:
    """The programmes that words before 专业 name, in the catalogues or not (机械类, 老年服务)."""
    found: list[Span] = []
    for one in _PROGRAMME.finditer(text, start, end):
        stop = re.search(r"(?:等)?(?:相关)?专业$", one[0])
        assert stop is not None
        place = one.start()
        for part in re.finditer(r"[^、或]+", one[0][: stop.start()]):
            first, last = place + part.start(), place + part.end()
            inside = programmes_in(text, first, last)
            lead = re.match(
                r"(?:要求|需要|为|今年可为|持有?|\S*?招[收聘]|\S*?提供|限|现|面向|对)(?=\S{2})", text[first:last]
            )
            found.extend(inside or [(first + (lead.end() if lead else 0), last)])
    return found
