"""Bodies that a post names by its place or not at all: a mayor's government, a town, a company without its ending."""

from __future__ import annotations

import re

from chanjiao.engines.text.endings import is_subunit
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.view import View

_COMMITTEE = re.compile("[省市州区县旗]委$")
OF_GOVERNMENT = re.compile("(?:副|代|常务副)*(?:省|市|州|区|县|镇|乡|旗|盟)长$")


def head_seat(org: Mention | None, title: str) -> str:
    """The place that a head of government heads: of the party committee named (某市某区委 → 某市某区), else the level.

    Empty for a city without a name, which is the usual one.
    """
    if org is not None and _COMMITTEE.search(org.name):
        seat = re.sub("(?<=([市区县旗]))\\1$", "", org.name[:-1])
        if seat[-1] == title[-2:-1] or len(seat) == 1:
            return seat
    return title[-2] if title[-2:-1] in ("省", "州", "区", "县", "旗") else ""


_TOWN = re.compile(r"([\u4e00-\u9fff]{2,4}(?:镇|乡|街道))(?=党委|党工委|副?[镇乡]长|办事处|人大)")


def seat_of(view: View, start: int, title: str) -> tuple[Mention | None, str, str]:
    """A post that names its place but no body: 廊坊市副市长, 薛埠镇党委书记."""
    seat, rest = _leading_places(view, title)
    if seat and rest == "长" and seat[-1] in "省市州区县":
        return None, "政府" + seat, seat[-1] + "长"
    if seat and OF_GOVERNMENT.match(rest):
        return None, "政府" + seat, rest
    if new := _NEW_SEAT.fullmatch(title):
        return None, "政府" + new[1], new[2]
    if (company := _bare_company(title)) and view.level[start - 1 : start] in _BEFORE_COMPANY:
        return Mention(start, start + len(company), company, "enterprise", 0.6), "", title[len(company) :]
    town = _TOWN.match(title)
    if town:
        end = start + town.end()
        return Mention(start, end, town[1], "government", 0.7), "", title[town.end() :]
    return None, "", title


_NEW_SEAT = re.compile("([\u4e00-\u9fff]{2,4}[市县区])((?:常务)?副[市县区]长)")


def _leading_places(view: View, title: str) -> tuple[str, str]:
    """The places that a title begins with, and the rest: 宁波市奉化区 | 副区长."""
    end = 0
    for _ in range(3):
        place = view.places.match(title, end)
        if place is None:
            break
        end = place.end()
    return title[:end], title[end:]


_BEFORE_COMPANY = ("", "、", "，", "。", "；", "\n", "和", "与", "及", "由", " ", "：")
_COMPANY_POST = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{3,10}?)(?:(?:党委|党总支|党支部|人力资源(?:部|中心)?|人事(?:行政)?(?:部|科)?|行政(?:部|科)|"
    r"综合(?:部|管理部)|培训(?:部|中心))(?:副?书记|副?部长|副?经理|副?总监|副?科长|副?主任|主管|负责人)|"
    r"(?:副|常务副|执行|高级副|总){0,3}(?:董事长|总经理|总裁|经理|厂长|总工程师|首席执行官|CEO|总监))"
)
_NO_COMPANY = re.compile(
    "公司|集团|企业|单位|负责|代表|分别|上述|首席|技术|产品|市场|项目|运营|营销|财务|品牌|校企|区域|客户|行政|教育|渠道|"
    "研发|质量|工程|人力|华东|华南|华北|华中|大区|[部处区科室系厂店所名位由等的任兼、镇乡村]$|街道$|[我该其原]|董事|联席|轮值|高级|名誉|常务"
)


def _bare_company(title: str) -> str:
    """The company's name without an ending that stands in front of a post that only companies have: 北方重锻总经理."""
    match = _COMPANY_POST.fullmatch(title)
    return match["name"] if match and not _NO_COMPANY.search(match["name"]) else ""


def is_unit(view: View, org: Mention) -> bool:
    """Whether the organisation is a unit inside another: a college, an office or centre without a place or ministry."""
    if is_subunit(org.name):
        return True
    own = view.places.match(org.name) or _OF_THE_STATE.match(org.name) or _OF_A_LEVEL.match(org.name)
    return org.type == "other" and not own and org.name.endswith(_SUBUNITS)


_OF_THE_STATE = re.compile("中国|全国|国家|中华|中共|[^处室科]{2,8}部")
_OF_A_LEVEL = re.compile("[省市区县](?![级内外直属区场])[\u4e00-\u9fff]{4,}")
_SUBUNITS = ("办公室", "中心", "委员会", "基地", "工作室", "分会")
