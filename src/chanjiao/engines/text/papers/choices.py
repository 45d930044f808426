"""What a few words settle: education, form of engagement, shift work, lodging, forms of contract, types of research."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chanjiao.engines.text.papers.values import Value


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that words settle, with their place."""

    value: Value
    start: int
    end: int


_Rules = tuple[tuple[Value | None, re.Pattern[str]], ...]


def _rules(*rows: tuple[Value | None, str]) -> _Rules:
    return tuple((value, re.compile(words)) for value, words in rows)


# Of several that fit, the one that begins first counts, of those that begin together the longer; None settles nothing.
_WORDS: dict[str, _Rules] = {
    "education": _rules(
        (None, "学历不限|不限学历|初中"),
        ("master", "硕士|研究生"),
        ("bachelor", "本科|学士"),
        ("associate", "大专|专科|高职(?!院校)|高技"),
        ("secondary", "中专(?!业)|中职|高中|中技|职高|技校|技工学校"),
    ),
    "engagement": _rules(
        (None, "实习生?(?:勿扰|除外|不招|任务|基地)|不(?:招|接受|接收)实习"),
        ("internship", "岗位实习|顶岗实习|实习"),
        ("apprenticeship", "学徒"),
        ("order_class", "订单班|订单培养|订单式"),
    ),
    "shift": _rules(
        (False, "不(?:用|需|须)?(?:上夜班|倒班|翻班)|无(?:需|须)?(?:倒班|夜班)|[长常]白班|白班(?!夜)"),
        (True, "[两二三四]班[倒两三]|倒班|轮班|白夜班|翻班|夜班"),
    ),
    "lodging": _rules(
        (False, "不(?:提供|包|管)(?:食宿|吃住|住宿|宿舍|住)|(?:食宿|住宿)自理|无宿舍|^\\s*(?:不提供|无|否|不包)\\s*$"),
        (
            True,
            "(?:提供|安排|免费|包)[^，、。；\\n不]{0,6}?(?:食宿|吃住|住宿|宿舍|公寓|住(?!房))|(?:有|设有)(?:员工)?宿舍"
            "|^\\s*(?:是|有|提供|包)\\s*$|(?:宿舍|公寓)[^，。；\\n]{0,6}免费|[一二三四五六八]人间|管吃管?住|管住|有住的地方",
        ),
    ),
    "cooperation_mode": _rules(
        ("development", "(?:委托|合作|联合|共同)(?:开发|研发|研究|攻关)|技术开发"),
        ("transfer", "技术转让|转让|技术入股"),
        ("licence", "许可"),
        ("consulting", "咨询"),
        ("service", "技术服务|检测服务"),
    ),
    "research_type": _rules(
        ("basic", "基础研究"), ("applied", "应用(?:基础)?研究"), ("development", "试验发展|实验发展|产品开发")
    ),
}


def choice_in(field: str, text: str, start: int, end: int) -> Choice | None:
    """What the words of a stretch settle for a field, by those that stand first; None where they settle nothing.

    >>> choice_in("education", "大专及以上学历", 0, 7)
    Choice(value='associate', start=0, end=2)
    >>> choice_in("shift", "不倒班", 0, 3).value, choice_in("engagement", "实习生勿扰", 0, 5)
    (False, None)
    """
    stretch = text[start:end]
    found = [(one.start(), -one.end(), value) for value, words in _WORDS[field] for one in words.finditer(stretch)]
    taken = 0
    for first, last, value in sorted(found, key=lambda one: one[:2]):
        if first < taken:
            continue
        if value is not None:
            return Choice(value, start + first, start - last)
        taken = -last
    return None
