"""The exact text of an agreement: what is signed, hashed, printed, and never composed a second time. Pure.

It is Chinese whatever the reader's language, since that is what the parties agree to. Its shape is plain: the first
line is the title, a line that begins with 第…条 is a heading.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chanjiao.apps.cooperation.content import Content, Typed, read_fields

if TYPE_CHECKING:
    from chanjiao.apps.cooperation.kinds import AgreementField, AgreementKind

LETTERS = "甲乙丙丁戊己庚辛"
ROLE_WORDS = {"school": "学校", "institute": "科研院所", "enterprise": "企业", "student": "学生", "third": "第三方"}
_DIGITS = "零一二三四五六七八九"
_HEADING = re.compile(r"第[一二三四五六七八九十]+条　")


@dataclass(frozen=True, slots=True)
class Named:
    """A party as the text names it: full name, and credit code and address where there are any."""

    name: str
    credit_code: str = ""
    address: str = ""


def text_of(kind: AgreementKind, content: Content, names: tuple[Named, ...], number: str, version: int) -> str:
    """The text of a complete agreement; `names` are its parties in their order."""
    lines = [content.title, f"编号：{number}　第{version}版", "", *_parties(content, names), ""]
    lines.append("上述各方经平等协商一致，订立本协议。")
    for place, (heading, body) in enumerate(_articles(kind, content, version), start=1):
        lines += ["", f"第{chinese(place)}条　{heading}", *body]
    return "\n".join(lines) + "\n"


def sha256_of(text: str) -> str:
    """The fingerprint of an exact text."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_heading(line: str) -> bool:
    """Whether the line heads an article."""
    return bool(_HEADING.match(line))


def chinese(number: int) -> str:
    """A whole number from 1 to 99 in Chinese.

    >>> chinese(3), chinese(10), chinese(24)
    ('三', '十', '二十四')
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def value_in_chinese(one: AgreementField, value: Typed) -> str:
    """The value of a particular as the text states it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if one.value == "choice":
        return one.choices[str(value)].zh
    if one.value == "date":
        return day_in_chinese(date.fromisoformat(str(value)))
    unit = "%" if one.value == "percent" else one.unit
    return f"{value:,}{unit}" if isinstance(value, int | float) else f"{value}{unit}"


def day_in_chinese(day: date) -> str:
    """A day as documents write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def money_in_chinese(amount: Decimal) -> str:
    """An amount of yuan with separators."""
    return f"人民币{amount:,.2f}元"


def _parties(content: Content, names: tuple[Named, ...]) -> Iterator[str]:
    for letter, party, named in zip(LETTERS, content.parties, names, strict=False):
        yield f"{letter}方（{ROLE_WORDS[party.role]}）：{named.name}"
        if named.credit_code:
            yield f"统一社会信用代码：{named.credit_code}"
        if named.address:
            yield f"地址：{named.address}"


def _articles(kind: AgreementKind, content: Content, version: int) -> Iterator[tuple[str, list[str]]]:
    values = read_fields(kind, dict(content.fields))[0]
    stated = [one for one in kind.fields if one.name in values]
    yield "合作事项", [f"{one.label.zh}：{value_in_chinese(one, values[one.name])}" for one in stated]
    assert content.starts_on
    assert content.ends_on
    yield "期限", [f"自{day_in_chinese(content.starts_on)}起至{day_in_chinese(content.ends_on)}止。"]
    if content.amount is not None:
        yield "金额", [f"{money_in_chinese(content.amount)}。"]
    yield "权利与义务", list(_rights_and_duties(content))
    for clause in content.clauses:
        yield clause.heading, clause.text.splitlines()
    shared = "同意" if content.shares_money else "不同意"
    yield "秘书处知悉", [f"各方{shared}联合体秘书处查阅本协议的金额和保密条款。"]
    if version > 1:
        yield "版本", [f"本版自各方签署之日起替代第{version - 1}版及以前各版。"]


def _rights_and_duties(content: Content) -> Iterator[str]:
    for letter, party in zip(LETTERS, content.parties, strict=False):
        if party.rights:
            yield f"{letter}方权利：{party.rights}"
        if party.duties:
            yield f"{letter}方义务：{party.duties}"
