"""Whether a stretch with the ending of an organisation names one, or only says the kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from chanjiao.engines.text.endings import ENTERPRISE_TAILS, NATIONAL_START, TITLE_AFTER, ending_pattern, generic_pattern
from chanjiao.engines.text.lexicon import (
    departments,
    institution_names,
    institution_of_short,
)
from chanjiao.engines.text.points import DEEDS
from chanjiao.engines.text.view import View

_PLACED_ONLY = frozenset(
    "街道 乡 镇 司 厂 校区 基地 中心 办公室 委员会 政府 学校 中学 小学 分会 专班 大厦 工厂 农委 驻地 学会 科技园 "
    "新区 园区 产业园 中心".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
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


_POST_WITHIN = re.compile("书记|主任|处长|院长|校长|局长|市长|经理|董事长|主席|部长")


_PARKS = frozenset("科技园 新区 园区 产业园".split())


_SHORT_SCHOOLS = frozenset("师大 工大 科大 农大 财大 医大 交大 职院 职大 师专 医专 幼专".split())


_FACILITIES = frozenset(
    "实训基地 实训中心 基地 服务中心 培训中心 工程中心 实验室 工作室 工作站 办公室 中心 专班 产业学院 企业学院 "
    "工程师学院".split()
)


_SHORT_NAMES = frozenset("政协 人大 市委 省委 区委 县委 州委 旗委 盟委 行署".split())


_OF_THE_NATION = frozenset("人大常委会 人大 政协 总工会 妇联 工商联 科协 残联".split())
_LEVELS = frozenset(("", "市", "省", "区", "县", "州", "旗"))


_LEVEL_BODIES = frozenset(
    "市委 省委 区委 县委 州委 旗委 盟委 行署 行政公署 州政府 旗政府 自治州党委 自治区党委 "
    "总工会 省政府 市政府 区政府 县政府 团市委 团省委 教育部 国务院 人社部 工信部 财政部 "
    "商务部 科技部 农业农村部".split()
)


def is_name(one: Candidate) -> bool:
    name = one.name
    if name in institution_names() or name in institution_of_short() or name in departments():
        return True
    if len(name) > 34 or (len(name) < 3 and name not in _SHORT_NAMES):
        return False
    if (one.ending in departments() and one.stem in _LEVELS) or (one.stem == "全国" and one.ending in _OF_THE_NATION):
        return True
    return _is_of_level(one) if _has_level(one) else _is_named(one)


def _has_level(one: Candidate) -> bool:
    return one.kind in ("party", "union", "government") and one.ending in _LEVEL_BODIES


def _is_of_level(one: Candidate) -> bool:
    """Whether a body that every level has (市委, 总工会) stands alone or behind a place; 各县（市）区政府 is none."""
    if not one.stem:
        return one.before != "）"
    return len(one.stem) <= 4 or one.view.places.search(one.stem) is not None


def _is_named(one: Candidate) -> bool:
    if not one.stem or one.ending == one.name:
        return _stands_alone(one)
    if one.ending in ("局", "厅") and len(one.stem) <= 10 and one.view.level.endswith(_BUREAUS, 0, one.start):
        return True
    return _says_which(one) and not any(rule(one) for rule in _NO_NAME) and not _in_title(one.view, one.start, one.kind)


_BUREAUS = ("局、", "厅、", "委、")


def _stands_alone(one: Candidate) -> bool:
    """A bare 高新区 in a list or before its organs, a bare 管委会 in a list of posts."""
    behind = one.view.level[one.end : one.end + 4]
    if one.kind == "media":
        return (
            re.match(
                "讯|[^，。\n]{0,8}[0-9]{1,2}日(?:电|讯)|[^，。\n]{0,4}记者", one.view.level[one.end : one.end + 16]
            )
            is not None
        )
    if one.ending == "管委会":
        return one.before == "、" and TITLE_AFTER.match(behind) is not None
    return one.ending in ("高新区", "经开区") and (
        one.before in ("、", "和", "与", "在", "，", "（")
        or behind.startswith(("党工委", "工委", "管委会", "领导", "管理委员"))
    )


def _says_which(one: Candidate) -> bool:
    """Whether the stem tells this body from others of its kind."""
    if one.kind == "consortium":
        return _names_consortium(one.view, one.stem, one.start)
    if one.kind in ("university", "school_vocational") and _is_said_again(one):
        return True
    return generic_pattern().fullmatch(one.stem) is None or one.view.places.search(one.stem) is not None


def _is_said_again(one: Candidate) -> bool:
    """Whether a school of common words (西部科技大学) has a name's length and is named again."""
    return len(one.stem) > 3 and _SOME.search(one.stem) is None and one.view.level.count(one.name) > 1


_SOME = re.compile("各|多|有关|相关|部分|成员|牵头|知名|一流|高水平|所有|全")
_TOWN_BEHIND = re.compile("人民|政府|党委|党工委|党政|办事处|党群|综合|副?[镇乡]长|书记|负责|领导|、|等|和|与")
_OF_PARTY = re.compile("(?:开发区|高新区|经开区|新区|园区)(?:党工委|工委)$")  # whose posts are the park's
_VERBAL = re.compile(f"(?:{DEEDS})|[进到成给入留把将搬派驻]|组织|聘请|面向|率")
_CLAUSE = re.compile("愿意|可以|能够|提供|[交送留让带推]给|将(?![军乐台])|把(?!关)")  # words that no name holds
_SCHEMES = frozenset("工程师学院 产业学院 企业学院 工匠学院".split())  # kinds of college, of which a school has several
_TO_BE = re.compile("(?:建设|打造|创建|加快|推进|推动|争创)")  # 某市建设…示范区
_PLANNED = re.compile("(?:把|将|建立|共建|共享|建好|办好|用好|筹建|搭建|打造|开放)(?:一个|一批|的)?$")
_COMMON = frozenset("园区 学校 专家组 厂 工厂 基地 产业园 企业学院 工程师学院".split())
_OF_ALL = re.compile(
    "(?:市|推进|深化|加快|加强|推动)市域(?:产教)?$"
)  # 某市市域产教联合体建设推进会 is about all of a city's
_BUILDING = re.compile("建设(?:工作|推进|现场|若干|情况|年度|专题|实施|方案|规划|联席|研讨|座谈|部署|调度|培训|动员)")
_MEASURE = re.compile("平方|[亩台套吨元辆只株头座栋间册本篇股度]")

_DOES = re.compile("面向|推荐|给|实训|一次|进入|走进|服务|建设|建好")
_IS_HELD = re.compile("[^，。、]{0,8}(?:举行|召开|举办|开幕|启幕)")  # the house in which something takes place


def _is_house(one: Candidate) -> bool:
    """Whether a centre is only the house in which something takes place; those for conferences and fairs count."""
    is_centre = one.ending.endswith("中心") and not one.name.endswith(("会议中心", "会展中心"))
    return is_centre and _IS_HELD.match(one.view.level, one.end) is not None


_NO_NAME: tuple[Callable[[Candidate], bool], ...] = (
    lambda one: one.ending in ("镇", "乡", "街道") and not _TOWN_BEHIND.match(one.view.level, one.end),
    lambda one: one.ending == "厂" and one.view.level.startswith("房", one.end),
    lambda one: one.stem.startswith(("县区", "市县", "区县")),
    lambda one: one.ending in _COMMON and not _placed(one) and _VERBAL.search(one.stem) is not None,
    lambda one: one.ending.endswith("园区") and not _placed_within(one) and _DOES.search(one.stem) is not None,
    lambda one: one.name in _SCHEMES,
    lambda one: one.kind == "park" and _is_aim(one),
    lambda one: _CLAUSE.search(one.stem) is not None,
    lambda one: one.kind in ("institute", "other") and _is_planned(one),
    lambda one: _OF_PARTY.search(one.name) is not None,
    lambda one: _OF_ALL.search(one.stem) is not None and _BUILDING.match(one.view.level, one.end) is not None,
    lambda one: one.before in ("在", "于") and _is_house(one),
    lambda one: one.ending == "厂" and one.stem.endswith(("驻", "进", "入", "下", "到", "在", "出")),
    lambda one: (one.before.isdigit() or one.before == "万") and _MEASURE.match(one.stem) is not None,
    lambda one: "（市、区）" in one.name or "（区、市）" in one.name or "县区）" in one.name,
    lambda one: one.ending in ENTERPRISE_TAILS and not _short_enterprise(one.view, one.end, one.stem),
    lambda one: one.ending in _PLACED_ONLY and not _placed(one) and len(one.stem) < _least(one),
    lambda one: one.ending.endswith("委员会") and one.kind == "other" and not _placed_within(one),
    lambda one: one.ending.endswith("中心") and one.kind == "other" and not _owned(one),
    lambda one: one.stem.endswith("好") and not _placed(one),
    lambda one: _POST_WITHIN.search(one.stem) is not None,
    lambda one: one.name.startswith(("党委", "党政", "校党委")),
    lambda one: one.ending in _SHORT_SCHOOLS and (len(one.stem) > 4 or one.stem.startswith(("来", "更多"))),
    lambda one: re.search("有[^有]{1,4}有", one.stem) is not None,
    lambda one: (
        one.ending in _FACILITIES
        and not _named_college(one)
        and not _placed(one)
        and ending_pattern().search(one.stem) is None
    ),
)


def _is_aim(one: Candidate) -> bool:
    """Whether the stretch says what a place wants to become: 某市建设…示范区."""
    place = one.view.places.match(one.stem)
    return place is not None and _TO_BE.match(one.stem, place.end()) is not None


def _is_planned(one: Candidate) -> bool:
    """Whether a laboratory or centre without a place is only to be set up: 共建…研发中心."""
    if one.ending in _SCHEMES or _placed_within(one):
        return False
    return _PLANNED.search(one.view.level[max(0, one.start - 5) : one.start]) is not None


def _named_college(one: Candidate) -> bool:
    """Whether the text comes back to an industry's college by its name."""
    return one.ending == "产业学院" and len(one.stem) > 2 and one.view.level.count(one.name) > 1


def _owned(one: Candidate) -> bool:
    """Whether a centre says whose it is or where."""
    return _placed_within(one) or ending_pattern().search(one.stem) is not None


def _least(one: Candidate) -> int:
    """The least length of a stem without a place."""
    return 2 if one.ending in _PARKS else 4


def _placed(one: Candidate) -> bool:
    return one.view.places.match(one.stem) is not None


_LEVEL_STEM = re.compile("[省市区县](?![级内外直属区场])[\u4e00-\u9fff]{2,}")


def _placed_within(one: Candidate) -> bool:
    found = one.view.places.search(one.stem) or NATIONAL_START.search(one.stem) or _LEVEL_STEM.match(one.stem)
    return found is not None


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
    if len(core) < 2 or _VISITED.search(core) or _OF_PROVINCE.search(stem):
        return False
    generic = generic_pattern().fullmatch(stem) is not None
    if view.level.startswith(("职业教育集团", "职教集团"), start + len(stem)):
        return len(stem) >= 2 and not generic
    if (_NEW_CITY.match(stem) and not generic) or view.places.search(stem) or _OF_REGION.match(stem):
        return True
    if generic:
        return False
    if _FULL_FORM.match(view.level, start + len(stem)) and not _IN_SENTENCE.search(stem):
        return True
    return len(stem) > 3 and (_OF_TRADE.search(stem) is not None or _acts_as_name(view, stem, start))


_VISITED = re.compile("公布|争创|入选|获批|推荐|遴选|第[一二三四五六]批|督导|调研|考察|走访|观摩|检查|视察")
_OF_PROVINCE = re.compile("(?:省|自治区)(?:市域|级|$)")  # a province has many: the word for all of them
_NEW_CITY = re.compile(r"(?!我|全|本|各|该|为|推进|推动|加强|建设|促进|打造|努力|申报|做好)[\u4e00-\u9fff]{2,3}市")
_OF_REGION = re.compile("全国|中国|国家.{2,}|长三角|京津冀|粤港澳|大湾区|成渝|西部|华东|华中|华南|华北|东北")
_OF_TRADE = re.compile("行业$|开发区|高新区|经开区|新区|园区")
_FULL_FORM = re.compile("产教融合共同体|产教联合体|产教融合联盟|产教融合联合体")
_IN_SENTENCE = re.compile(
    "的|建设|打造|推动|推进|加强|促进|构建|组建|成立|一个|我们|他们|这个|实体|深化|完善|高质量|协同|命运|利益|发挥|启动|共同|支持|服务|全力|加入|参与|依托|通过|围绕|[在为让把]"
)
_NAME_BEHIND = re.compile(
    "(?:产教融合|产教|职业教育|职教)?(?:联合体|共同体|集团|联盟)(?:第[一二三四五六七八九十]|首届|理事会|成立|揭牌|年会|[0-9]{4}年|启动|章程|秘书)"
)


def _acts_as_name(view: View, stem: str, start: int) -> bool:
    """Whether what follows the stem, or the stem's return, shows that it names one consortium."""
    if _IN_SENTENCE.search(stem):
        return False
    return _NAME_BEHIND.match(view.level, start + len(stem)) is not None or view.level.count(stem) > 1


def _short_enterprise(view: View, end: int, stem: str) -> bool:
    """Whether a tail such as 股份 ends a name: a post or a list mark follows, and a short stem stands before."""
    return 2 <= len(stem) <= 6 and (TITLE_AFTER.match(view.level, end) is not None)
