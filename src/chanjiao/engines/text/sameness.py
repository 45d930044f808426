"""By what two names are told to be one: the place in front, the body in its shortest form, characters in order."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from chanjiao.engines.text.lexicon import departments, region_names
from chanjiao.engines.text.view import View

LEVELS = ("自治区", "我市", "我省", "我区", "我县", "市", "省", "区", "县", "州", "旗")
_SHORTER = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高新技术产业园", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("管理委员会", "管委会"),
    ("职业教育", "职教"),
    ("职业技术学院", "职院"),
    ("职业学院", "职院"),
    ("职业技术大学", "职大"),
    ("工作委员会", "工委"),
    ("人民政府", "政府"),
    ("师范大学", "师大"),
    ("科技大学", "科大"),
    ("工业大学", "工大"),
    ("理工大学", "理工"),
    ("农业大学", "农大"),
    ("交通大学", "交大"),
    ("市域产教", "产教"),
    ("教育体育", "教体"),
    ("教育和体育", "教体"),
    ("产教融合共同体", "共同体"),
    ("产教联合体", "联合体"),
    ("集团股份", "集团"),
    ("高等专科学校", "专"),
    ("职业中等专业学校", "职专"),
    ("中等专业学校", "中专"),
    ("职业教育中心", "职教中心"),
    ("国家级", ""),
    ("国家高新", "高新"),
    ("国家经", "经"),
)
_COMPANY = re.compile(r"(?:集团)?(?:股份|控股)?(?:有限责任公司|有限公司|公司)$|集团$|股份$|控股$|（集团）")


@cache
def _department_key() -> dict[str, str]:
    keys: dict[str, str] = {}
    for short, fuller in departments().items():
        key = keys.get(short, short)
        for form in (short, *fuller):
            keys.setdefault(form, key)
    return keys


_COMMITTEE = re.compile("(?<!团)[省市州区县旗]委$")


def split_place(view: View, name: str) -> tuple[str, str]:
    """The place in front of a name and the rest of it.

    >>> from chanjiao.engines.text.view import view_of
    >>> split_place(view_of(""), "市人社局"), split_place(view_of(""), "安庆市人社局")
    (('市', '人社局'), ('安庆市', '人社局'))
    """
    place, rest = "", name
    if name in ("市政府", "省政府", "区政府", "县政府"):
        return name[0], name[1:]
    if _COMMITTEE.search(name):
        return name[:-1], name[-1]
    for _ in range(3):
        match = view.places.match(rest)
        if match is None or match.end() >= len(rest) - 1:
            break
        place, rest = place + match.name, rest[match.end() :]
    if place:
        if rest[:1] in ("市", "省", "区", "县") and len(rest) > 3:
            place, rest = place + rest[0], rest[1:]
        return place, rest
    for level in LEVELS:
        if rest.startswith(level) and len(rest) - len(level) >= 2:
            return level, rest[len(level) :]
    return "", rest


@lru_cache(maxsize=8192)
def key_of(body: str, kind: str) -> str:
    """The body in its shortest usual form, by which forms are compared."""
    keys = _department_key()
    if body in keys:
        return keys[body]
    if kind == "enterprise":
        core = _COMPANY.sub("", body)
        return core or body
    for long, short in _SHORTER:
        body = body.replace(long, short)
    for ending in ("管委会", "党工委"):
        if body.endswith(ending) and body[: -len(ending)] in keys:
            return keys[body[: -len(ending)]] + ending
    return keys.get(body, body.replace("（", "").replace("）", ""))


def shortens(a: str, b: str) -> bool:
    """Whether one name is the other without its place, or has its beginning, its ending and characters in order."""
    if a.endswith(b) or b.endswith(a):
        return True
    return a[:2] == b[:2] and a[-2:] == b[-2:] and (in_order(a, b) or in_order(b, a))


def in_order(short: str, full: str) -> bool:
    places = iter(full)
    return all(char in places for char in short)


def same_place(view: View, a: str, b: str) -> bool:
    """Whether two places may be the same; a bare level means the story's own city."""
    if not a or not b or a == b:
        return True
    level_a, level_b = a.removeprefix("我"), b.removeprefix("我")
    if level_a in LEVELS and level_b in LEVELS:
        return level_a == level_b
    if level_a in LEVELS:
        return b.endswith(level_a) or (level_a == "市" and view.city.startswith(b))
    if level_b in LEVELS:
        return a.endswith(level_b) or (level_b == "市" and view.city.startswith(a))
    if a.endswith(b) or b.endswith(a):
        return True
    known = region_names()
    full_a, full_b = known.get(a, a), known.get(b, b)
    return full_a == full_b or full_a.endswith(full_b) or full_b.endswith(full_a) or a.startswith(b) or b.startswith(a)
