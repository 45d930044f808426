"""Mentions of organisations: an ending that organisations have, and the left edge where the name begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from chanjiao.data import tables
from chanjiao.engines.text.lexicon import (
    departments,
    institution_names,
    institution_of_short,
    lines,
    vocational_names,
)
from chanjiao.engines.text.view import View, last

_ENDINGS = tuple((kind, ends.split()) for kind, ends in (line.split("\t") for line in lines("endings.tsv")))
_SUBUNIT = re.compile(
    r"(?:商|家具|工|文|理|法|医|农|工程|信息|机械|机电|电气|电子|汽车|建筑|经济|管理|经管|艺术|设计|教育|"
    r"继续教育|马克思主义|财经|会计|外语|外国语|"
    r"计算机|软件|人工智能|智能制造|材料|化工|生物|护理|轻工|交通|土木|体育|师范|国际|创新创业|公共|旅游|"
    r"现代[^，。、]{0,4}|[^，。、]{2,8}(?:工程|科学|技术|经济|管理|艺术|"
    r"制造|设计|教育|资源|信息|服务|商务|物流|传媒|文化))学院$"
)


# What an ending does not make a name: the whole is an ordinary noun.
@cache
def _generic_pattern() -> re.Pattern[str]:
    """A stem that only says what kind of body it is; possessive, so that no stem costs more than one reading."""
    words = "|".join(sorted(lines("generic.txt"), key=len, reverse=True))
    return re.compile(f"(?:{words}|[0-9余一二三四五六七八九十百]+)*+")


_TRIM_FRONT = re.compile(
    r"(?:我|本|该|此|各|全体|所有|其他|其中|包括|以及|还有|特别是|尤其是|首批|一批|多家|多所|部分|有关|相关|"
    r"著名|知名|上述|同样|原来的|时任|"
    r"来自|当地|会议|大会|活动|期间|随后|接着|最后|首先|同时|此外|另外|今年|去年|目前|近年来|多年来|长期以来|"
    r"当前|日前|近日|当日|[0-9]+日|上午|下午|晚上|"
    r"主要|积极|全面|深入|充分|切实|进一步|不断|努力|还|也|又|再|均|都|已|曾|要|必须|需要|让|使|令|给|替|除|每|"
    r"参会的|与会的|牵头的|发起的|成立的|组建的|授牌的|一家|两家|[一二三四五六七八九十]+家|[0-9余多]+家|"
    r"[0-9余多]+所|协助|支撑|助推|带动|引领|服务)+"
)
_NOT_ENDINGS = re.compile(
    "格局|布局|全局|结局|大局|开局|破局|变局|时局|新局|僵局|当局|邮局|局面|局限|局势|司机|公司化|政府引导|城镇|"
    "乡镇|乡村|村镇|家乡|他乡|异乡|司法|上司|移动互联|移动端|移动办公|新能源汽车|智能网联汽车|"
    "汽车产业|汽车零部件|汽车制造|股份制|大厅|客厅|餐厅|展厅|报告厅|宴会厅|厅堂|门厅|多功能厅|音乐厅|市政协调|"
    "政协调|中心城|中心任务|中心工作|中心组|以[^，。]{1,10}为中心|中心主题|核心|重心|信心|"
    "人大代表|[扩最重强巨伟壮博宏远]大学|大学生|大学城|中学生|小学生|学校长|校区长|基地化|街道两|集团化|集团军|"
    "联盟军|厂房|厂区|工厂化|银行业|银行卡|行业协会商会"
)
_ENTERPRISE_TAILS = frozenset("股份 控股 电信 联通 移动 铁塔 酒业 汽车 重工 实业 药业 置业 商城".split())
_PLACED_ONLY = frozenset(
    "街道 乡 镇 司 厂 校区 基地 中心 办公室 委员会 政府 学校 中学 小学 分会 专班 大厦 工厂 农委 驻地 学会 科技园 "
    "新区 园区 产业园 中心".split()
)
_TITLE_AFTER = re.compile(
    r"(?:党委|党组|党总支|党支部|纪委|总支|[副常]|委员|成员|书记|主任|局长|院长|校长|主席|部长|秘书|理事|会长|董事|"
    r"总经理|经理|负责|处|科)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: the stretch `[start, end)` names an organisation of `type`; `sure` in 0…1."""

    start: int
    end: int
    name: str
    type: str
    sure: float
    listed: bool = False


@cache
def _ending_types() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, endings in _ENDINGS:
        for word in endings:
            found.setdefault(word, kind)
    for short in departments():
        found.setdefault(short, "government")
    for name, kind in (
        ("妇联", "association"),
        ("团市委", "party"),
        ("团省委", "party"),
        ("总工会", "union"),
        ("教育工委", "party"),
        ("教工委", "party"),
        ("教育体育工委", "party"),
        ("科协", "association"),
        ("工商联", "association"),
        ("残联", "association"),
        ("社科联", "association"),
        ("编办", "party"),
        ("管委会", "park_admin"),
    ):
        found[name] = kind
    return found


_AFTER_LAST = {"大": "(?!学(?![科子]))", "委": "(?!员)"}
_NOT_BEFORE = {
    "大学": "(?!生(?!命)|科(?![技学])|[子术城])",
    "学院": "(?!士)",
    "职院": "(?!校)",
    "学会": "(?!议)",
    "协会": "(?!议)",
    "商会": "(?!议)",
}


@cache
def _ending_pattern() -> re.Pattern[str]:
    endings = sorted(_ending_types(), key=len, reverse=True)
    guarded = [word + _NOT_BEFORE.get(word, _AFTER_LAST.get(word[-1], "")) for word in endings]
    return re.compile("|".join(guarded))


@cache
def _whole_pattern() -> re.Pattern[str]:
    """Names of lists that need no ending: institutions, their short forms, zones."""
    names = {*institution_names(), *institution_of_short(), *(zone.name for zone in tables.zones())}
    return re.compile("|".join(map(re.escape, sorted((n for n in names if len(n) >= 3), key=len, reverse=True))))


def organisation_mentions(view: View) -> list[Mention]:
    """Every mention of an organisation in the order of the text, none inside another."""
    level = view.level
    blocked = {place for m in _NOT_ENDINGS.finditer(level) for place in range(m.start(), m.end())}
    found: list[Mention] = []
    for match in _ending_pattern().finditer(level):
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
    return found


_MOST = 1200  # mentions of one story; more is no story


_LONGEST = 40


def _is_post(level: str, start: int, end: int) -> bool:
    """Whether the ending is the first half of a post (副局|长) or a party body that belongs to the post behind it."""
    if level[end : end + 1] == "长" and level[start - 1 : start] in (
        "副",
        "局",
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
    return level[start:end] in ("党工委", "纪委", "团委", "工会") and _TITLE_AFTER.match(level, end) is not None


def _mention(view: View, match: re.Match[str]) -> Mention | None:
    level, ending, end = view.level, match[0], match.end()
    start = _start(view, match.start(), end)
    end = _without_facility(view, start, match.start(), end, ending)
    name = level[start:end]
    double = re.search("(?<=市委|省委|区委|县委|州委|党委)(?=[市省区县州]政府$)|(?<=人民政府)(?=[市区县]委$)", name)
    if double:
        start += double.start()
        name = level[start:end]
    kind = _type_of(name, _last_ending(name, ending))
    if not _is_name(_Candidate(view, start, match.start(), end, ending, kind)):
        return None
    return Mention(start, end, view.text[start:end], kind, _sureness(view, name, kind))


_ROOMS = frozenset(
    "中心 体育馆 图书馆 博物馆 会堂 大礼堂 实训基地 实训中心 基地 办公室 信息中心 文化中心 工作室 会议中心".split()
)


def _without_facility(view: View, start: int, ending_start: int, end: int, ending: str) -> int:
    """The end of the school or company whose hall, library or office the name goes on to."""
    if ending not in _ROOMS:
        return end
    owner = None
    for found in _ending_pattern().finditer(view.level, start, ending_start):
        owner = owner if found[0] in _ENTERPRISE_TAILS else found
    if owner is None or _ending_types()[owner[0]] not in ("school_vocational", "university", "enterprise"):
        return end
    return owner.end()


def _start(view: View, ending_start: int, end: int) -> int:
    level = view.level
    edge = max(view.left_edge(ending_start), ending_start - _LONGEST)
    edge = _through_brackets(view, edge, ending_start)
    edge = _across_and(view, edge)
    edge = _past_weak(view, edge, ending_start)
    trimmed = _TRIM_FRONT.match(level, edge, ending_start)
    if trimmed and trimmed.end() < end - 1 and not view.places.match(level, edge):
        edge = trimmed.end()
    return _listed_start(level, end) or _at_region(view, edge, ending_start, end)


def _listed_start(level: str, end: int) -> int:
    """Where the longest institution of the national list that ends here begins; 0 where none does."""
    if level[end - 1] not in "学院校":
        return 0
    names = institution_names()
    return next((end - size for size in range(18, 5, -1) if level[max(0, end - size) : end] in names), 0)


def _through_brackets(view: View, edge: int, ending_start: int) -> int:
    """A place or word in brackets inside a name, as companies have it: 国创融合科技（北京）有限公司."""
    level = view.level
    if (
        edge > 1
        and level[edge - 1] == "）"
        and level[ending_start : ending_start + 2]
        in (
            "有限",
            "集团",
            "股份",
            "职业",
            "分校",
            "校区",
            "技术",
            "研究",
            "科技",
            "联盟",
            "公司",
            "控股",
            "总部",
            "学院",
            "分公",
            "总公",
        )
    ):
        open_at = level.rfind("（", max(0, edge - 12), edge)
        if open_at > 0 and view.left_edge(open_at) < open_at:
            return view.left_edge(open_at)
    return edge


_NATIONAL = re.compile("中国|全国|国家|中华")


def _across_and(view: View, edge: int) -> int:
    """Past a 与 or 和 that stands inside the name: what is before it can be no member of a list."""
    level = view.level
    if edge == 0 or level[edge - 1] not in "与和及":
        return edge
    before = view.left_edge(edge - 1)
    fragment = level[before : edge - 1]
    if not fragment and level[before - 1 : before] in ("、", "，"):
        return edge - 1  # 、和君职业技术学院: the conjunction is the name's first character
    if len(fragment) == 1 and level[before - 1 : before] in ("、", "，", "由", ""):
        return before
    starts = _NATIONAL.match(fragment) or (view.places.match(fragment) and len(fragment) > 4)
    if starts and len(fragment) <= 14 and not view.places.match(level, edge) and not _ends_like_member(fragment):
        return before
    return edge


def _ends_like_member(fragment: str) -> bool:
    match = last(_ending_pattern(), fragment, 0, len(fragment))
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
        if match.start() > edge and before and before[-1] in "上后前中时用个家名位请拟致携称悉":
            edge = match.start()
    return edge


def _at_region(view: View, edge: int, ending_start: int, end: int) -> int:
    """The first region in the stretch, where what stands before it is no part of a name."""
    level = view.level
    first = view.places.search(level, edge, end)
    if first is None or first.start() == edge or first.start() >= ending_start:
        return edge
    front = level[edge : first.start()]
    if _POST_BEFORE_PLACE.search(front):
        return first.start()
    if _BEFORE_PLACE.fullmatch(front) or _ending_pattern().search(front) or level[edge:end] in institution_names():
        return edge
    kind = _ending_types().get(level[ending_start:end], "")
    if (kind in _PLACE_FIRST and len(front) > 1) or len(front) > 8 or _VERB_BEFORE_PLACE.search(front):
        return first.start()
    return edge


_POST_BEFORE_PLACE = re.compile(
    "(?:理事长|会长|主任|书记|院长|校长|局长|董事长|秘书长|委员|成员|单位|企业|代表|院校|学校)$"
)
_PLACE_FIRST = frozenset("consortium government school_vocational university park park_admin party union".split())
_BEFORE_PLACE = re.compile("(?:中国|全国|国家级|国家|中共|共青团|国网|中华|中铁|中建|中交|中核|中航|新)+")
_VERB_BEFORE_PLACE = re.compile(
    "(?:上|会|里|日|年|名|次|动|作|于|来|往|入|展|发|立|起|请|见|访|赴|达|进|与|行|证|予|给|持|助|导|护|成|设|"
    "好|过|谢|迎|自|聚|合)$"
)


def _last_ending(name: str, ending: str) -> str:
    """The ending that the name has now."""
    if name.endswith(ending):
        return ending
    return max((word for word in _ending_types() if name.endswith(word)), key=len, default=ending)


def _type_of(name: str, ending: str) -> str:
    kinds = _ending_types()
    if name in vocational_names() or (
        name in institution_of_short() and institution_of_short()[name] in vocational_names()
    ):
        return "school_vocational"
    if name in institution_names() or name in institution_of_short():
        return "university"
    kind = kinds[ending]
    if ending == "办公室" and re.search("政府|[省市区县]委办公室", name):
        return "government" if "政府" in name else "party"
    if kind == "university" and any(word in name for word in ("职业", "职院", "技师", "高职", "专科")):
        return "school_vocational"
    if ending == "学院" and re.search("产业学院|企业学院|干部学院|社会主义学院", name):
        return "other"
    if ending == "中心" and "职业教育中心" in name:
        return "school_vocational"
    return kind


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stretch that may name an organisation: stem and ending."""

    view: View
    start: int
    ending_start: int
    end: int
    ending: str
    kind: str

    @property
    def name(self) -> str:
        return self.view.level[self.start : self.end]

    @property
    def stem(self) -> str:
        return self.view.level[self.start : self.ending_start]

    @property
    def before(self) -> str:
        return self.view.level[self.start - 1 : self.start]


_POST_WITHIN = re.compile("书记|主任|院长|校长|局长|市长|经理|董事长|主席|部长")
_PARKS = frozenset("科技园 新区 园区 产业园".split())
_SHORT_SCHOOLS = frozenset("师大 工大 科大 农大 财大 医大 交大 职院 职大 师专 医专 幼专".split())
_FACILITIES = frozenset("实训基地 实训中心 基地 服务中心 培训中心 工作站 办公室 中心 专班 产业学院 企业学院".split())
_SHORT_NAMES = frozenset("政协 人大 市委 省委 区委 县委".split())
_LEVELS = frozenset(("", "市", "省", "区", "县", "州", "旗"))
_LEVEL_BODIES = frozenset(
    "市委 省委 区委 县委 州委 总工会 省政府 市政府 区政府 县政府 团市委 团省委 教育部 国务院 人社部 工信部 财政部 "
    "商务部 科技部 农业农村部".split()
)


def _is_name(one: _Candidate) -> bool:
    name, stem = one.name, one.stem
    if name in institution_names() or name in institution_of_short() or name in departments():
        return True
    if len(name) > 34 or (len(name) < 3 and name not in _SHORT_NAMES):
        return False
    if one.ending in departments() and stem in _LEVELS:
        return True
    if one.kind in ("party", "union", "government") and one.ending in _LEVEL_BODIES:
        return not stem or len(stem) <= 4 or one.view.places.search(stem) is not None
    if not stem or one.ending == name:
        return _stands_alone(one)
    return _says_which(one) and not any(rule(one) for rule in _NO_NAME) and not _in_title(one.view, one.start, one.kind)


def _stands_alone(one: _Candidate) -> bool:
    """A bare 高新区 in a list or before its organs, a bare 管委会 in a list of posts."""
    behind = one.view.level[one.end : one.end + 4]
    if one.ending == "管委会":
        return one.before == "、" and _TITLE_AFTER.match(behind) is not None
    return one.ending in ("高新区", "经开区") and (
        one.before in ("、", "和", "与", "在", "，", "（")
        or behind.startswith(("党工委", "管委会", "领导", "管理委员"))
    )


def _says_which(one: _Candidate) -> bool:
    """Whether the stem tells this body from others of its kind."""
    if one.kind == "consortium":
        return _names_consortium(one.view, one.stem, one.start)
    return _generic_pattern().fullmatch(one.stem) is None or one.view.places.search(one.stem) is not None


_NO_NAME: tuple[Callable[[_Candidate], bool], ...] = (
    lambda one: one.ending in _ENTERPRISE_TAILS and not _short_enterprise(one.view, one.end, one.stem),
    lambda one: one.ending in _PLACED_ONLY and not _placed(one) and len(one.stem) < _least(one),
    lambda one: one.ending.endswith("委员会") and one.kind == "other" and not _placed_within(one),
    lambda one: one.ending.endswith("中心") and one.kind == "other" and not _owned(one),
    lambda one: one.stem.endswith("好") and not _placed(one),
    lambda one: _POST_WITHIN.search(one.stem) is not None,
    lambda one: one.ending in _SHORT_SCHOOLS and (len(one.stem) > 4 or one.stem.startswith(("来", "更多"))),
    lambda one: one.ending in _FACILITIES and not _placed(one) and _ending_pattern().search(one.stem) is None,
)


def _owned(one: _Candidate) -> bool:
    """Whether a centre says whose it is or where."""
    return _placed_within(one) or _ending_pattern().search(one.stem) is not None


def _least(one: _Candidate) -> int:
    """The least length of a stem without a place."""
    return 2 if one.ending in _PARKS else 4


def _placed(one: _Candidate) -> bool:
    return one.view.places.match(one.stem) is not None


def _placed_within(one: _Candidate) -> bool:
    return one.view.places.search(one.stem) is not None or _NATIONAL.search(one.stem) is not None


def _in_title(view: View, start: int, kind: str) -> bool:
    """Whether the name only stands inside a document's title, where a consortium or a government still counts."""
    if kind in ("consortium", "government", "park"):
        return False
    sentence = view.sentence_at(start).start
    return view.level.rfind("《", sentence, start) > view.level.rfind("》", sentence, start)


def _names_consortium(view: View, stem: str, start: int) -> bool:
    """Whether the stem says where, or in which trade, the consortium stands."""
    core = re.sub(
        "国家级|全国|中国|行业|市域|首个|首批|省级|市级|现有|产教|融合|[一两二三四五几]个|多个|建设|区域", "", stem
    )
    if len(core) < 2:
        return False
    if view.level.startswith("职业教育集团", start + len(stem)) or view.level.startswith("职教集团", start + len(stem)):
        return len(stem) >= 2 and not _generic_pattern().fullmatch(stem)
    if re.match(
        r"(?!我|全|本|各|该|为|推进|推动|加强|建设|促进|打造|努力|申报|做好)[\u4e00-\u9fff]{2,3}市", stem
    ) and not _generic_pattern().fullmatch(stem):
        return True
    if view.places.search(stem) or re.match(
        "全国|中国|国家.{2,}|长三角|京津冀|粤港澳|大湾区|成渝|西部|华东|华中|华南|华北|东北", stem
    ):
        return True
    return (
        re.search("行业$|开发区|高新区|经开区|新区|园区", stem) is not None
        and len(stem) > 3
        and not _generic_pattern().fullmatch(stem)
    )


def _short_enterprise(view: View, end: int, stem: str) -> bool:
    """Whether a tail such as 股份 ends a name: a post or a list mark follows, and a short stem stands before."""
    return 2 <= len(stem) <= 6 and (_TITLE_AFTER.match(view.level, end) is not None)


def is_subunit(name: str) -> bool:
    """Whether a college is one inside a university: 智能制造学院, 商学院.

    >>> is_subunit("智能制造学院"), is_subunit("黄淮学院")
    (True, False)
    """
    if any(word in name for word in ("职业", "技师", "大学", "高等")):
        return False
    return name not in institution_names() and len(name) <= 10 and _SUBUNIT.match(name) is not None


def _sureness(view: View, name: str, kind: str) -> float:
    if name in institution_names() or name in institution_of_short():
        return 0.99
    if view.places.match(name) or name.endswith(("有限公司", "有限责任公司")):
        return 0.95
    return 0.85 if kind != "other" else 0.7
