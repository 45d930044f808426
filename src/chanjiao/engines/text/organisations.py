"""Mentions of organisations: an ending that organisations have, and the left edge where the name begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chanjiao.engines.text.candidates import Candidate, is_name
from chanjiao.engines.text.edges import left_edge_of, without_facility
from chanjiao.engines.text.endings import TITLE_AFTER, ending_pattern, last_ending, sureness, type_of
from chanjiao.engines.text.places import PlaceMatch
from chanjiao.engines.text.view import View, last

_NOT_ENDINGS = re.compile(
    "格局|布局|全局|结局|大局|开局|破局|变局|时局|新局|僵局|当局|邮局|局面|局限|局势|司机|公司化|政府引导|城镇|"
    "乡镇|乡村|村镇|家乡|他乡|异乡|司法|上司|移动互联|移动端|移动办公|新能源汽车|智能网联汽车|"
    "汽车产业|汽车零部件|汽车制造|股份制|大厅|客厅|餐厅|展厅|报告厅|宴会厅|厅堂|门厅|多功能厅|音乐厅|市政协调|"
    "政协调|中心城|中心任务|中心工作|中心组|以[^，。]{1,10}为中心|中心主题|核心|重心|信心|"
    "人大代表|[扩最重强巨伟壮博宏远]大学|大学生|大学城|中学生|小学生|学校长|校区长|基地化|街道两|集团化|集团军|二级教学院|教学院长|"
    "联盟军|厂房|厂区|工厂化|银行业|银行卡|行业协会商会"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: the stretch `[start, end)` names an organisation of `type`; `sure` in 0…1."""

    start: int
    end: int
    name: str
    type: str
    sure: float


def organisation_mentions(view: View) -> list[Mention]:
    """Every mention of an organisation in the order of the text, none inside another."""
    level = view.level
    blocked = {place for m in _NOT_ENDINGS.finditer(level) for place in range(m.start(), m.end())}
    found: list[Mention] = []
    for match in ending_pattern().finditer(level):
        if (match.end() - 1 in blocked and match.start() in blocked) or _is_post(level, match.start(), match.end()):
            continue
        mention = _mention(view, match)
        if mention is None:
            continue
        while found and found[-1].start >= mention.start:
            found.pop()
        if found and found[-1].end > mention.start:
            continue
        found.append(mention)
        if len(found) > _MOST:
            break
    return _with_press(view, _with_short_companies(view, _with_bare_parks(view, found)))


_PRESS = re.compile(
    r"(?:(?<=来源：)|(?<![\u4e00-\u9fff]))([\u4e00-\u9fff]{2,7}(?:网|新闻|发布|融媒|传媒))"
    r"(?=讯|消息|[ ]+(?:20[0-9]{2}|时间|作者|记者|编辑|审核|发布)|（记者|\n|）)"
)


def _with_press(view: View, found: list[Mention]) -> list[Mention]:
    """The mentions, and the papers that only their place shows to be such: 鲁中网讯, 来源：海桑发布."""
    taken = {place for m in found for place in range(m.start, m.end)}
    press = [
        Mention(m.start(1), m.end(1), view.text[m.start(1) : m.end(1)], "media", 0.7)
        for m in _PRESS.finditer(view.level)
        if m.start(1) not in taken and m.end(1) - 1 not in taken
    ]
    return sorted([*found, *press], key=lambda one: one.start)


def _with_short_companies(view: View, found: list[Mention]) -> list[Mention]:
    """The mentions, and the companies named again by the middle of their names in front of a post: 全志科技董事."""
    cores = {core for m in found if m.type == "enterprise" if (core := _core(view, m))}
    if not cores:
        return found
    taken = {place for m in found for place in range(m.start, m.end)}
    names = "|".join(map(re.escape, sorted(cores, key=len, reverse=True)))
    again = [
        Mention(m.start(), m.end(1), view.text[m.start() : m.end(1)], "enterprise", 0.75)
        for m in re.finditer(rf"({names})(?={_COMPANY_POSTS})", view.level)
        if m.start() not in taken
    ]
    return sorted([*found, *again], key=lambda one: one.start)


_COMPANY_POSTS = (
    "党委|党组|党总支|董事|副?总(?:经理|裁|工程师|监)|常务副总|执行|首席|人力|人事|培训|行政|技术|研究院院长"
)
_FORM = re.compile("(?:集团|控股)?(?:股份|控股)?(?:有限责任|有限|总)?公司$")


def _core(view: View, mention: Mention) -> str:
    """What a company's full name is called for short: without its place and its form."""
    name = view.level[mention.start : mention.end]
    body = _FORM.sub("", name)
    if body == name or "（" in body:
        return ""
    place = view.places.match(body)
    core = body[place.end() :].removeprefix("市").removeprefix("省") if place else body
    return core if len(core) > 2 or (len(core) == 2 and place is None) else ""


def _with_bare_parks(view: View, found: list[Mention]) -> list[Mention]:
    """The mentions, and the parks named again without their place in front of their organs: 生态工贸区党工委."""
    bodies = {view.level[place.end() : m.end] for m in found if m.type == "park" and (place := _place_of(view, m))}
    bodies = {body for body in bodies if len(body) > 3}
    if not bodies:
        return found
    taken = {m.start for m in found}
    names = "|".join(map(re.escape, sorted(bodies, key=len, reverse=True)))
    again = [
        Mention(m.start(), m.end(1), view.text[m.start() : m.end(1)], "park", 0.8)
        for m in re.finditer(rf"(?<![\u4e00-\u9fff])({names})(?=党工委|工委)", view.level)
        if m.start() not in taken
    ]
    return sorted([*found, *again], key=lambda one: one.start)


def _place_of(view: View, mention: Mention) -> PlaceMatch | None:
    return view.places.match(view.level, mention.start, mention.end)


_MOST = 1200  # mentions of one story; more is no story


def _is_post(level: str, start: int, end: int) -> bool:
    """Whether the ending is the first half of a post (副局|长) or a party body that belongs to the post behind it."""
    if level[end : end + 1] == "长" and level[start - 1 : start] in (
        "副",
        "局",
        "厅",
        "司",
        "院",
        "部",
        "处",
        "代",
        "原",
        "、",
        "，",
        "任",
    ):
        return True
    if level[start:end] == "工委" and level[:start].endswith(("高新区", "经开区", "开发区", "新区", "园区")):
        return TITLE_AFTER.match(level, end) is not None
    return level[start:end] in ("党工委", "纪委", "团委", "工会") and TITLE_AFTER.match(level, end) is not None


def _mention(view: View, match: re.Match[str]) -> Mention | None:
    level, ending, end = view.level, match[0], match.end()
    start = left_edge_of(view, match.start(), end)
    end = without_facility(view, start, match.start(), end, ending)
    name = level[start:end]
    double = re.search("(?<=市委|省委|区委|县委|州委|党委)(?=[市省区县州]政府$)|(?<=人民政府)(?=[市区县]委$)", name)
    if double:
        start += double.start()
        name = level[start:end]
    if owner := _owner_of_unit(view, start, end):
        end = owner
        name = level[start:end]
        ending = last(ending_pattern(), level, start, end)[0]  # type: ignore[index]
    kind = type_of(name, last_ending(name, ending))
    if name.startswith(("中共", "中国共产党")) and level.startswith("委员会", end):
        end, name, kind = end + 3, level[start : end + 3], "party"
    if kind == "university" and level[start - 1 : start] == "“" and level[end : end + 1] == "”" and start:
        return None  # a “工匠学院” is a scheme
    if not is_name(Candidate(view, start, match.start(), end, ending, kind)):
        return None
    return Mention(start, end, view.text[start:end], kind, sureness(view, name, kind))


_MINISTRY = re.compile("[\u4e00-\u9fff]{2,9}?(?:部|委员会|改革委|国资委|总局|委)(?=[\u4e00-\u9fff]{2,12}司$)")
_OFFICE = re.compile("(?<=[局厅])(?:办公室|办)$|(?<=[局厅委部])专家组$")
_FULL_COMPANY = re.compile("有限责任公司|股份有限公司|有限公司")
_OWN_COMPANY = re.compile("(?:分|子|有限|有限责任|总)公司$|支行$|分行$|厂$|研究院$")


def _owner_of_unit(view: View, start: int, end: int) -> int:
    """The end of the company or government whose unit (数字化工业集团, 政府办) the stretch goes on to name; else 0."""
    level = view.level
    if level.startswith("人民政府政府办", end - 7):
        return end - 3
    if office := _OFFICE.search(level, start, end):
        return office.start()
    if level.startswith("司", end - 1) and (ministry := _MINISTRY.match(level, start, end - 2)):
        return ministry.end()
    if company := _FULL_COMPANY.search(level, start, end):
        rest = level[company.end() : end]
        own = _OWN_COMPANY.search(rest) or view.places.search(rest)
        return company.end() if rest and not own else 0
    return 0
