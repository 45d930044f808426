"""Where one point of a speaker ends and the next begins."""

from __future__ import annotations

import re
from itertools import takewhile

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.lexicon import words
from chanjiao.engines.text.view import View

DEEDS = "|".join(sorted(words("deeds.txt"), key=len, reverse=True))
_ACTORS = (
    "(?:单位|部门|院校|学校|学院|高校|大学|企业|公司|集团|[双各三两四][方校]|两地|校企|联合体|共同体|联盟|理事会|秘书处|政府|"
    "园区|开发区|高新区|经开区|中心|医院|银行|教师|同学|学生|学徒|大家|我们|他们|你们|机构|媒体|专业组|工作组|乡镇|街道|成员|"
    "同志|干部|职工|团队|专家|协会|学会|商会|导师|师傅)"
)
ACTOR = re.compile(
    rf"[\u4e00-\u9fff、（）“”]{{0,12}}?{_ACTORS}+(?:们|要|应|能够|能|可以|可|先|都|也){{0,2}}(?![的和与及、，；]|文化|之间|内部?)"
)
_DEED = re.compile(f"(?:全面|认真|进一步|积极|主动|切实|尽快|抓紧)?(?:{DEEDS})|[向为对把将给与在以从]|面向")


def actor_end(level: str, start: int, end: int) -> int:
    """Where the words end that say who is to act at the beginning of a clause; its start where it names nobody."""
    found = None if _DEED.match(level, start, end) else ACTOR.match(level, start, end)
    return found.end() if found and found.end() < end - 1 else start


def without_edges(level: str, a: int, b: int) -> Span:
    """The stretch without the marks at its edges, and without a quotation mark that has no partner in it."""
    while a < b and level[a] in " ，；、：\n":
        a += 1
    while b > a and level[b - 1] in "，。；、！ \n":
        b -= 1
    if level[a : a + 1] == "“" and "”" not in level[a:b]:
        a += 1
    if b > a and level[b - 1] == "”" and "“" not in level[a:b]:
        b -= 1
    return a, b


def cut_at(level: str, start: int, end: int, mark: str) -> list[Span]:
    """The pieces between the marks, without the punctuation at their edges."""
    pieces, place = [], start
    for stop in (*(m.start() for m in re.finditer(mark, level[start:end])), end - start):
        a, b = without_edges(level, place, start + stop)
        if b > a:
            pieces.append((a, b))
        place = start + stop + 1
    return pieces


_LEAST = 6  # characters; 继续努力 says nothing that could be followed up


def points_within(view: View, start: int, end: int, *, promised: bool) -> list[Span]:
    """The points of what one verb opens: its parts between semicolons, its clauses, or the whole."""
    start, end = without_edges(view.level, start, end)
    if end - start < _LEAST:
        return []
    parts = cut_at(view.level, start, end, "；")
    if len(parts) > 1:
        return parts if promised else _without_actor(view.level, parts)
    return _by_comma(view.level, start, end, promised=promised)


def _by_comma(level: str, start: int, end: int, *, promised: bool) -> list[Span]:
    clauses = _led(level, cut_at(level, start, end, "，"))
    if len(clauses) == 1:
        return points_of_clause(level, *clauses[0], listed=not promised)
    if not promised and (among := _among(level, *clauses[-1])):
        return among
    if len(clauses) == 2 and _serves(level, clauses):
        return [(start, end)]
    if promised:
        return [clauses[0], *takewhile(lambda span: not _WRAP_UP.match(level, *span), clauses[1:])]
    return _without_actor(level, clauses)


def _without_actor(level: str, spans: list[Span]) -> list[Span]:
    """The points without the body that the first names for all of them."""
    (a, b), *rest = spans
    deed = actor_end(level, a, b)
    if deed > a and rest and not any(actor_end(level, *span) > span[0] for span in rest):
        return [(deed, b), *rest]
    return spans


# An opening phrase that says by what, along what or on what ground the next clause's deed is done.
_LEADS = re.compile(
    f"(?:紧紧|紧密|牢牢)?(?:围绕|立足|依托|结合|针对|抢抓|借助|通过|根据|按照|本着|秉持)(?!.{{1,14}}(?:{DEEDS}).{{2}})[^，]+$|"
    "[^，]{0,8}?以[^，]+为[^，]{1,8}$|(?:充分)?发挥[^，]+优势$|(?:从|在)[^，]{2,16}(?:上|中|方面|基础上|前提下)$"
)
# What a speech ends with that nobody could follow up.
_WRAP_UP = re.compile(
    "不断|奋力|携手(?:谱写|推动|开创|共)|(?:努力|共同)(?:开创|谱写)|以实际行动|让[^，]{2,8}“|"
    "(?:为[^，]{2,30}(?:贡献|增添|注入|提供(?:有力|坚实|强大|强劲))[^，]{0,8}(?:力量?|智慧|动能|光彩|支撑|保障)|"
    "确保[^，]{0,4}(?:见效|实效|成效|挂牌)|推动[^，]{2,14}行稳致远)$"
)


def _led(level: str, clauses: list[Span]) -> list[Span]:
    """The clauses, each opening phrase (以…为契机, 围绕…) as one with the clause that it leads."""
    found: list[Span] = []
    lead = -1
    for a, b in clauses:
        begin = lead if lead >= 0 else a
        lead = begin if _LEADS.match(level[a:b]) and (a, b) != clauses[-1] else -1
        if lead < 0:
            found.append((begin, b))
    return found


_FOR = re.compile("(?:为|在|使|让|以|确保|形成|切实|从而)")
_CONCRETE = re.compile(
    "[0-9一二两三四五六七八九十百千]+(?:名|个|家|项|万|台|套|间|年|天|月|人|次|门|场|份|本|所|批)|[年月]底|下月|马上"
)


def _serves(level: str, clauses: list[Span]) -> bool:
    """Whether the second of two clauses only says for whom, in what or to what end (敞开大门，为…提供…)."""
    return _FOR.match(level, *clauses[1]) is not None and not any(_CONCRETE.search(level, *span) for span in clauses)


_AMONG = re.compile("[^，。]{0,8}?(?:在|围绕|就|从)([^，。]+?)(?:等(?:[^，。]{0,3}方面|领域|工作))[^，。]{2,10}$")


def _among(level: str, start: int, end: int) -> list[Span]:
    """The fields that a clause lists: 在甲、乙、丙等方面先行探索."""
    among = _AMONG.match(level[start:end])
    parts = cut_at(level, start + among.start(1), start + among.end(1), "、") if among else []
    return parts if len(parts) > 1 else []


_OF_DEED = re.compile(f"(?:.{{0,4}}?(?:{DEEDS}).{{2}}|把|将|向|面向|为|对|给|让|使|与)")


def points_of_clause(level: str, start: int, end: int, *, listed: bool) -> list[Span]:
    """The clause as one point, or the parts of its list: 把…、把…, 引进…、加强…, where `listed` also 在甲、乙等方面…"""
    if listed and (among := _among(level, start, end)):
        return among
    parts = cut_at(level, actor_end(level, start, end) if listed else start, end, "、")
    alike = len({level[a] for a, _ in parts}) == 1 or (
        len(parts) > 2 and all(_OF_DEED.match(level, *span) for span in parts)
    )
    return parts if len(parts) > 1 and alike and all(b - a > 3 for a, b in parts) else [(start, end)]
