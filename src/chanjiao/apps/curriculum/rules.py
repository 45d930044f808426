"""Rules over course lists: how a line is read, and what is wrong with it. Pure."""

from __future__ import annotations

import re

from chanjiao.engines.alignment.curriculum import Course
from chanjiao.engines.errors import ChanjiaoError

MOST_COURSES = 120
LONGEST_NAME = 80
LONGEST_TOPICS = 500
BASIC = re.compile(
    r"思想|政治|马克思|毛泽东|习近平|形势与政策|道德|法治|军事|国防|安全教育|体育|健康教育|心理健康|大学英语|公共英语|大学语文|"
    r"高等数学|大学数学|职业规划|生涯|就业指导|创新创业|劳动教育|"
    r"美育|艺术|文化史|历史|语文|信息技术$|入学教育|文献"
)
"""Names of courses that everybody has, whatever the programme (公共基础课)."""
_SEPARATOR = re.compile(r"[|｜：:\t]")


def is_basic(name: str) -> bool:
    """Whether a course of that name is one for everybody.

    >>> is_basic("习近平新时代中国特色社会主义思想概论"), is_basic("数控加工编程")
    (True, False)
    """
    return BASIC.search(name) is not None


def read_courses(text: str) -> tuple[list[Course], list[ChanjiaoError]]:
    """The courses of a text, one a line, what it deals with after a colon or a bar; and every fault by its line.

    >>> read_courses("数控编程：宏程序、刀具补偿")[0]
    [Course(name='数控编程', topics='宏程序、刀具补偿', is_basic=False)]
    """
    found: dict[str, Course] = {}
    errors: list[ChanjiaoError] = []
    for number, line in enumerate(text.splitlines(), start=1):
        name, topics = (part.strip() for part in [*_SEPARATOR.split(line, maxsplit=1), ""][:2])
        if not name and not topics:
            continue
        errors += _faults(name, topics, number, known=name in found)
        found.setdefault(name, Course(name, topics, is_basic(name)))
    if not found:
        errors.append(ChanjiaoError("listing.required", field="courses"))
    if len(found) > MOST_COURSES:
        errors.append(ChanjiaoError("curriculum.too_many", field="courses", limit=MOST_COURSES))
    return list(found.values()), errors


def _faults(name: str, topics: str, number: int, *, known: bool) -> list[ChanjiaoError]:
    if not name:
        return [ChanjiaoError("curriculum.no_name", field="courses", line=number)]
    if len(name) > LONGEST_NAME or len(topics) > LONGEST_TOPICS:
        limit = LONGEST_NAME if len(name) > LONGEST_NAME else LONGEST_TOPICS
        return [ChanjiaoError("curriculum.too_long", field="courses", line=number, limit=limit)]
    return [ChanjiaoError("curriculum.twice", field="courses", line=number, name=name)] if known else []
