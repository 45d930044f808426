"""Companies that a list names without an ending: 三一重工、中联重科, 京东集团、顺丰速运、菜鸟网络等企业."""

from __future__ import annotations

import re

from chanjiao.engines.text.lexicon import departments
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.view import View

_LABELLED = re.compile(
    r"(?:(?:副?理事长|常务理事|理事|会员|成员|牵头|参建)单位|"
    r"(?:牵头|成员|参与|合作)企业)(?:[：:]|为|有)([^；。\n]{3,300})"
)
_BEFORE_KIND = re.compile(
    r"等(?:[0-9]{1,4}[余多]?家|多家|一批|数家|几家)?(?:知名|龙头|骨干|头部|重点|行业|链主|大型|优质|相关|上下游|规上)*(?:企业|公司)"
)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）·]{2,10}")
_NO_NAME = re.compile(
    "单位|企业|学校|院校|高校|部门|机构|代表|协会|学会|政府|领域|行业|产业|专业|岗位|技术|制造|智能|装备|材料|能源|工程|管理|"
    "[的了和与等在为是有将被让把由]|"
    "大学|学院|[局厅委处部会园区县市省]$|参加|出席|参与|共同|一起|开展|签约|签订|来自|理事|成员|[0-9]+[家所个人名]|发展|建设|服务|电商|物流$|汽车$|化工$|电子$"
)
_COUNTED = re.compile("等[0-9]{1,4}[余多]?家(?:单位|企业|公司)")  # what is counted has names, not fields of work
_WORDS = re.compile(
    "单位|企业|学校|院校|高校|部门|机构|代表|协会|政府|行业|[的了和与等在为是有将被让把由]|[局厅委处部会园区县市省]$|参加|出席|共同|[0-9]+[家所个人名]|理事|成员"
)
_MOST = 40  # names of one list; more is no list of companies


def listed_companies(view: View, mentions: list[Mention]) -> list[Mention]:
    """The mentions of companies that only their list shows to be such."""
    if "单位" not in view.level and "企业" not in view.level and "公司" not in view.level:
        return []
    taken = {place for mention in mentions for place in range(mention.start, mention.end)}
    found: dict[int, Mention] = {}
    for match in _LABELLED.finditer(view.level):
        _add(view, taken, found, _pieces(view.level, match.start(1), match.end(1)), _NO_NAME)
    for match in (*_BEFORE_KIND.finditer(view.level), *_COUNTED.finditer(view.level)):
        no_name = _WORDS if _COUNTED.match(view.level, match.start()) else _NO_NAME
        start = max(view.sentence_at(match.start()).start, match.start() - 200)
        pieces = _pieces(view.level, start, match.start())
        first = next((n for n in range(len(pieces) - 1, 0, -1) if view.level[pieces[n][0] - 1] != "、"), 0)
        pieces = pieces[first:]
        if len(pieces) > 1:
            a, b = pieces[0]
            pieces[0] = (max(a, view.left_edge(b)), b)
            _add(view, taken, found, pieces, no_name)
    return sorted(found.values(), key=lambda mention: mention.start)


def _pieces(level: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces, place = [], start
    for mark in re.finditer("[、，；]|$", level[start:end]):
        if start + mark.start() > place:
            pieces.append((place, start + mark.start()))
        place = start + mark.end()
    return pieces[-_MOST:]


def _add(
    view: View, taken: set[int], found: dict[int, Mention], pieces: list[tuple[int, int]], no_name: re.Pattern[str]
) -> None:
    for a, b in pieces:
        name = view.level[a:b]
        if any(place in taken for place in (a, b - 1)) or not _NAME.fullmatch(name) or no_name.search(name):
            continue
        if len(name) < 3 or name in departments() or (view.places.match(name) and len(name) < 4):
            continue
        found.setdefault(a, Mention(a, b, view.text[a:b], "enterprise", 0.55))
