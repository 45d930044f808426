"""Where the name of an organisation begins: left from its ending to the last boundary, past what may stand inside."""

from __future__ import annotations

import re

from chanjiao.engines.text.endings import ENTERPRISE_TAILS, NATIONAL_START, ending_pattern, ending_types
from chanjiao.engines.text.lexicon import (
    institution_names,
)
from chanjiao.engines.text.view import View, last

_TRIM_FRONT = re.compile(
    r"(?:(?:首批|现有|创始)?成员(?:还有|包括|有|为)|面向|愿|起|与|副?秘书长|副?理事长|副?会长|监事长|副?主任委员|应(?!用|城|县|急)|[日德美韩台港外]资企业|主动|对接|请|我|本|该|此|各|全体|所有|其他|其中|包括|以及|还有|特别是|尤其是|首批|一批|多家|多所|部分|有关|相关|"
    r"著名|知名|上述|同样|原来的|时任|"
    r"来自|当地|会议|大会|活动|期间|随后|接着|最后|首先|同时|此外|另外|今年|去年|目前|近年来|多年来|长期以来|"
    r"当前|日前|近日|当日|[0-9]+日|上午|下午|晚上|"
    r"情况报|录用|承诺|底前完成|紧盯|推荐给|"
    r"主要|积极|全面|深入|充分|切实|进一步|不断|努力|还|也|又|再|均|都|已|曾|要|必须|需要|让|使|令|给|替|除|每|"
    r"参会的|与会的|牵头的|发起的|成立的|组建的|授牌的|一家|两家|[一二两三四五六七八九十]+[家所个座]|[0-9余多]+家|"
    r"[0-9余多]+所|协助|支撑|助推|带动|引领|服务)+"
)


_LONGEST = 40


_ROOMS = frozenset(
    "中心 体育馆 图书馆 博物馆 会堂 大礼堂 实训基地 实训中心 基地 办公室 信息中心 文化中心 工作室 会议中心".split()
)


def without_facility(view: View, start: int, ending_start: int, end: int, ending: str) -> int:
    """The end of the school or company whose hall, library or office the name goes on to; of a zone's committee."""
    committee = view.level.find("管委会", start + 2, ending_start)
    if committee > 0:
        return committee + 3
    if ending not in _ROOMS:
        return end
    owner = None
    for found in ending_pattern().finditer(view.level, start, ending_start):
        owner = owner if found[0] in ENTERPRISE_TAILS else found
    if owner is None:
        return end
    kind = ending_types()[owner[0]]
    houses = kind in ("school_vocational", "university", "enterprise") or (kind == "park" and ending == "会议中心")
    return owner.end() if houses else end


def left_edge_of(view: View, ending_start: int, end: int) -> int:
    level = view.level
    edge = max(view.left_edge(ending_start), ending_start - _LONGEST)
    edge = _through_brackets(view, edge, ending_start)
    edge = _across_and(view, edge)
    edge = _through_latin(view, edge)
    edge = _past_weak(view, edge, ending_start)
    place = view.places.match(level, edge)
    if place and (visit := _VISIT.match(level, place.end())) and view.places.match(level, visit.end()):
        edge = visit.end()  # 赴蚌埠评估安徽…联合体
    if level[edge] in "经报继" and (view.places.match(level, edge + 1) or level[edge + 1 : edge + 2] in "省市区县"):
        edge += 1
    trimmed = _TRIM_FRONT.match(level, edge, ending_start)
    if trimmed and trimmed.end() < end - 1 and not view.places.match(level, edge):
        edge = trimmed.end()
    return _listed_start(level, end) or _at_region(view, edge, ending_start, end)


_VISIT = re.compile("评估|验收|视察|督导|检查|观摩|指导|对接|学习")
_LATIN_FRONT = re.compile(r"(?:[A-Za-z][A-Za-z0-9&.\-]* ?)+$")


def _through_latin(view: View, edge: int) -> int:
    """The start of the words in Latin letters that the name goes on from: Krantz Lager（太仓）有限公司."""
    level = view.level
    if level[edge - 1 : edge] == "·" and view.places.match(level, view.left_edge(edge - 1)):
        return view.left_edge(edge - 1)  # 河池·南丹工业园区
    front = _LATIN_FRONT.search(level, max(0, edge - 40), edge)
    if front is None or not (level[edge - 1].isalpha() or level[edge : edge + 1].isascii()):
        return edge
    place = view.places.match(level, view.left_edge(front.start()))
    return place.first if place and place.end() == front.start() else front.start()


def _listed_start(level: str, end: int) -> int:
    """Where the longest institution of the national list that ends here begins; 0 where none does."""
    if level[end - 1] not in "学院校":
        return 0
    names = institution_names()
    return next((end - size for size in range(18, 5, -1) if level[max(0, end - size) : end] in names), 0)


def _through_brackets(view: View, edge: int, ending_start: int) -> int:
    """A place or word in brackets inside a name, as companies have it: 国创融合科技（北京）有限公司."""
    level = view.level
    if edge > 1 and level[edge - 1] == "）":
        open_at = level.rfind("（", max(0, edge - 12), edge)
        inside = level[open_at + 1 : edge - 1]
        placed = level[:open_at].endswith(("中国", "全国")) or view.places.match(inside) is not None
        known = placed or level.startswith(_BEHIND_BRACKET, edge) or level.startswith(_BEHIND_BRACKET, ending_start)
        if open_at > 0 and view.left_edge(open_at) < open_at and known:
            return view.left_edge(open_at)
    return edge


_BEHIND_BRACKET = tuple(
    "有限 集团 股份 职业 分校 校区 技术 研究 科技 联盟 公司 控股 总部 学院 分公 总公 工程 电子 机械 教育 智能".split()
)


_POST_IN = re.compile("书记|主任|院长|校长|局长|市长|县长|区长|经理|董事|主席|部长|处长|会长|秘书|教授")


def _across_and(view: View, edge: int) -> int:
    """Past a 与 or 和 that stands inside the name: what is before it can be no member of a list."""
    level = view.level
    if edge == 0 or level[edge - 1] not in "与和及" or level.startswith("以及", edge - 2):
        return edge
    before = view.left_edge(edge - 1)
    fragment = level[before : edge - 1]
    if not fragment and level[before - 1 : before] in ("、", "，"):
        return edge - 1  # 、和君职业技术学院: the conjunction is the name's first character
    if len(fragment) == 1 and level[before - 1 : before] in ("、", "，", "由", ""):
        return before
    starts = (
        NATIONAL_START.match(fragment)
        or ((place := view.places.match(fragment)) and (len(fragment) > 4 or len(fragment) - place.end() == 1))
        or (_LEVEL_START.match(fragment) and not _LEVEL_START.match(level, edge))
    )
    if _POST_IN.search(fragment):
        return edge
    if starts and len(fragment) <= 14 and not view.places.match(level, edge) and not _ends_like_member(fragment):
        return before
    return edge


_LEVEL_START = re.compile("[省市区县](?![内外区级直属])[\u4e00-\u9fff]{2,7}")


def _ends_like_member(fragment: str) -> bool:
    match = last(ending_pattern(), fragment, 0, len(fragment))
    return (match is not None and match.end() == len(fragment)) or fragment.endswith(_MEMBER_TAILS)


_MEMBER_TAILS = (
    "企业",
    "部门",
    "院校",
    "单位",
    "机构",
    "代表",
    "领导",
    "专家",
    "高校",
    "学者",
    "书记",
    "主任",
    "院长",
    "校长",
    "局长",
    "董事长",
    "会长",
    "经理",
    "政府",
    "行业",
    "城市",
    "各地",
    "部委",
)


def _past_weak(view: View, edge: int, ending_start: int) -> int:
    """Past a weak boundary word, when a region's name follows it."""
    for match in view.places.finditer(view.level, edge, ending_start):
        before = view.masked[max(edge, match.start() - 2) : match.start()]
        if match.start() == edge + 1 and view.level[edge - 1 : edge] in _MARKS:
            continue  # 、中南…大学: the name's first character
        if match.start() > edge and before and before[-1] in "上后前中时用个家名位请拟致携称悉":
            edge = match.start()
    return edge


_MARKS = ("、", "，", "。", "\n")


def _at_region(view: View, edge: int, ending_start: int, end: int) -> int:
    """The first region in the stretch, where what stands before it is no part of a name."""
    level = view.level
    first = view.places.search(level, edge, end)
    if first is None or first.start() == edge or first.start() >= ending_start:
        return edge
    front = level[edge : first.start()]
    if front.endswith("（") or _goes_on(level, edge, end, front):
        return edge  # a place in brackets inside a company's name, or in the middle of a name
    if _POST_BEFORE_PLACE.search(front):
        return first.start()
    if _BEFORE_PLACE.fullmatch(front) or ending_pattern().search(front) or level[edge:end] in institution_names():
        return edge
    kind = ending_types().get(level[ending_start:end], "")
    if (
        (kind in _PLACE_FIRST and (len(front) > 1 or front in "有含即"))
        or len(front) > 8
        or _VERB_BEFORE_PLACE.search(front)
    ):
        return first.start()
    return edge


def _goes_on(level: str, edge: int, end: int, front: str) -> bool:
    """Whether two characters in front of a region belong to the name (曹州牡丹…): so behind a mark, or said again."""
    if len(front) != 2 or front[-1] not in _OF_PLACES:
        return False
    return level[edge - 1 : edge] in ("、", "\n", "：", "") or level.count(level[edge:end]) > 1


_OF_PLACES = "州城阳江山川河湖海岭陵原安宁平昌东西南北中都源泉溪口关"


_POST_BEFORE_PLACE = re.compile(
    "(?:理事长|会长|主任|书记|院长|校长|局长|董事长|秘书长|委员|成员|单位|企业|代表|院校|学校)$"
)


_PLACE_FIRST = frozenset("consortium government school_vocational university park park_admin party union".split())


_BEFORE_PLACE = re.compile(
    "(?:中国（?|全国（?|国家级|国家|中国共产党|中共|共青团|国网|中华|中铁|中建|中交|中核|中航|新)+"
)


_VERB_BEFORE_PLACE = re.compile(
    "(?:上|会|里|日|年|名|次|动|作|于|来|往|入|展|发|立|起|请|见|访|赴|达|进|与|行|证|予|给|持|助|导|护|成|设|"
    "好|过|谢|迎|自|聚|合|有|含|即|经)$"
)
