"""The endings that names of organisations have, and the type that each tells."""

from __future__ import annotations

import re
from functools import cache

from chanjiao.engines.text.lexicon import (
    departments,
    institution_names,
    institution_of_short,
    lines,
    vocational_names,
)
from chanjiao.engines.text.places import regions
from chanjiao.engines.text.view import View

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
def generic_pattern() -> re.Pattern[str]:
    """A stem that only says what kind of body it is; possessive, so that no stem costs more than one reading."""
    words = "|".join(sorted(lines("generic.txt"), key=len, reverse=True))
    return re.compile(f"(?:{words}|[0-9余一二三四五六七八九十百]+)*+")


ENTERPRISE_TAILS = frozenset("股份 控股 电信 联通 移动 铁塔 酒业 汽车 重工 实业 药业 置业 商城".split())


TITLE_AFTER = re.compile(
    r"(?:党委|党组|党总支|党支部|纪委|总支|[副常]|委员|成员|书记|主任|局长|院长|校长|主席|部长|秘书|理事|会长|董事|"
    r"总经理|经理|负责|处|科)"
)


@cache
def ending_types() -> dict[str, str]:
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


@cache
def park_pattern() -> re.Pattern[str]:
    """A name up to the last ending of a park."""
    ends = sorted((word for word, kind in ending_types().items() if kind == "park"), key=len, reverse=True)
    return re.compile(f".*(?:{'|'.join(ends)})")


_AFTER_LAST = {"大": "(?!学(?![科子]))", "委": "(?!员)", "部": "(?!门)", "校": "(?!长)", "办": "(?![公学事法])"}
_OFFICE_BEHIND = {f"{level}政府": "(?!办公室)" for level in "省市区县州"}
_NOT_BEHIND = {"厅": "(?:(?<=技术厅)|(?<=[育社技信务政利输旅游村业源境建设生法安急计化障]厅))"}


_NOT_BEFORE = {
    "经开区": "(?!校区)",
    "高新区": "(?!校区)",
    "新区": "(?!校区)",
    "大学": "(?!生(?!命)|科(?![技学])|[子术城])",
    "学院": "(?!士)",
    "职院": "(?!校)",
    "学会": "(?!议)",
    "协会": "(?!议)",
    "商会": "(?!议)",
}


@cache
def ending_pattern() -> re.Pattern[str]:
    endings = sorted(ending_types(), key=len, reverse=True)
    guarded = [
        word
        + _NOT_BEHIND.get(word, "")
        + _OFFICE_BEHIND.get(word, "")
        + _NOT_BEFORE.get(word, _AFTER_LAST.get(word[-1], ""))
        for word in endings
    ]
    return re.compile("|".join(guarded))


NATIONAL_START = re.compile("中国|全国|国家|中华")


def last_ending(name: str, ending: str) -> str:
    """The ending that the name has now."""
    if name.endswith(ending):
        return ending
    return max((word for word in ending_types() if name.endswith(word)), key=len, default=ending)


def type_of(name: str, ending: str) -> str:
    kinds = ending_types()
    if name in vocational_names() or (
        name in institution_of_short() and institution_of_short()[name] in vocational_names()
    ):
        return "school_vocational"
    if name in institution_names() or name in institution_of_short():
        return "university"
    special = (kind for end, words, kind in _SPECIAL if ending == end and words.search(name))
    kind = next(special, kinds[ending])
    vocational = kind == "university" and any(word in name for word in ("职业", "职院", "技师", "高职", "专科"))
    return "school_vocational" if vocational else kind


# Endings whose type other words of the name decide.
_SPECIAL = (
    ("委员会", re.compile("^中共|^中国共产党"), "party"),
    ("局", re.compile("^中(?:建|铁|交|冶|核|化|电建|水|国水利水电第|国水电)[^厅委]{0,8}局$"), "enterprise"),
    ("分会", re.compile("学会|协会|商会|联合会|研究会|促进会"), "association"),
    ("工作委员会", re.compile("学会|协会|商会|联合会|研究会"), "association"),
    ("委员会", re.compile("(?:农业农村|卫生健康|住房和城乡建设|商务|科学技术|城市管理)委员会$"), "government"),
    ("专业委员会", re.compile("学会|协会|商会|联合会|研究会"), "association"),
    ("专委会", re.compile("学会|协会|商会|联合会|研究会"), "association"),
    ("办公室", re.compile("政府"), "government"),
    ("办公室", re.compile("[省市区县]委办公室"), "party"),
    ("中心", re.compile("职业教育中心"), "school_vocational"),
    ("学院", re.compile("产业学院|企业学院|干部学院|社会主义学院|乡村振兴学院|工程师学院|工匠学院"), "other"),
)


def is_subunit(name: str) -> bool:
    """Whether a college is one inside a university: 智能制造学院, 商学院.

    >>> is_subunit("智能制造学院"), is_subunit("黄淮学院")
    (True, False)
    """
    if any(word in name for word in ("职业", "技师", "大学", "高等")):
        return False
    if regions().match(name):
        return False
    return name not in institution_names() and len(name) <= 10 and _SUBUNIT.match(name) is not None


def sureness(view: View, name: str, kind: str) -> float:
    if name in institution_names() or name in institution_of_short():
        return 0.99
    if view.places.match(name) or name.endswith(("有限公司", "有限责任公司")):
        return 0.95
    return 0.85 if kind != "other" else 0.7
