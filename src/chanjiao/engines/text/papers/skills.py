"""Skills out of what a post asks for: the points without verbs, degrees, subjects and good wishes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chanjiao.engines.text.papers import names
from chanjiao.engines.text.papers.level import points, trimmed
from chanjiao.engines.text.papers.values import Fact

LONGEST = 40
_VERBS = re.compile(
    r"(?:(?:需要?|要求?|应|须|能够?|可以?|会|并|且|具有?|具备|较?熟练|熟悉|掌握|精通|了解|懂得?|使用|用(?![户于工])|操作(?=[A-Za-z])|运用|持有?"
    r"|有(?!关)|取得|具有?良好的|独立)\s*)+"
)
_TAIL = re.compile(
    r"(?:者?(?:可)?优先(?:考虑)?|等?(?:相关)?(?:软件|技能|工作)?(?:经验|能力|知识|基础)?(?:者)?(?:优先|即可)|的?优先|者|等)$"
)
_NO_SKILL = re.compile(
    r"学历|专业(?!技)|不限|吃苦|责任|爱心|耐心|细心|认真|踏实|沟通|团队|形象|普通话|身体|年龄|周岁|岁|性别|男女|勿扰|服从|品行|工作经验|"
    r"应届|毕业生|在校|在读|本科|大专|专科|高职|中专|高中|初中|视力|道德|守纪|以上|倒班|夜班|月薪|薪资|工资|咨询|地点|均在"
)


def skills_in(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    """Each point that names something one can do, hold or handle.

    >>> told = "1、大专学历；2、熟练掌握Java、MySQL；3、有焊工操作证者优先，吃苦耐劳"
    >>> [fact.value for fact in skills_in(told, 0, len(told), 1.0)]
    ['Java', 'MySQL', '焊工操作证']
    """
    programmes = names.programmes_told(text, start, end)
    for first, last in points(text, start, end, commas=True):
        if any(first < stop and begin < last for begin, stop in programmes):
            continue
        if _NO_SKILL.search(text, first, last) and not re.search(r"证", text[first:last]):
            continue
        verb = _VERBS.match(text, first, last)
        place = verb.end() if verb else first
        tail = _TAIL.search(text[place:last])
        place, stop = trimmed(text, place, place + tail.start() if tail else last)
        if 1 < stop - place <= LONGEST:
            yield Fact("skill", text[place:stop], (place, stop), confidence)


def abilities_in(text: str, start: int, end: int, confidence: float) -> Iterator[Fact]:
    """Each point of what a course enables to do, without 能 and 会 before it."""
    for first, last in points(text, start, end):
        verb = re.compile(r"(?:能够?|会|可以?)\s*").match(text, first, last)
        place = verb.end() if verb else first
        if place < last:
            yield Fact("skill", text[place:last], (place, last), confidence)
