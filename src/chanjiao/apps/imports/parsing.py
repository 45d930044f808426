"""Cells as values: days, numbers, words of a list, codes by code or by name. Every refusal names the column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TypeVar

from django.db.models import Choices

from chanjiao.apps.exchange.codes import is_known
from chanjiao.apps.reference.selectors import codes_since
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.words import translate
from chanjiao.data import tables

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?)?\s*月?(?:[ T]\d.*)?")
_SEPARATORS = re.compile(r"[、,，;；|\n]+")
LEVEL_WORDS = {
    "中职": "secondary",
    "高职": "associate",
    "高职（专科）": "associate",
    "高职专科": "associate",
    "专科": "associate",
    "大专": "associate",
    "职业本科": "bachelor",
    "本科": "bachelor",
    "硕士": "master",
    "研究生": "master",
}
"""Words for education that forms use besides ours."""
_EXCEL_BEGIN = date(1899, 12, 30)
Found = TypeVar("Found")


def day_of(cell: str, column: str) -> date | None:
    """The day that a cell names: 2026-03-05, 2026/3/5, 2026年3月5日, 2026年3月 (its first day), a spreadsheet's number.

    >>> day_of("2026年3月5日", "from"), day_of("2026.9", "from"), day_of("46086", "from")
    (datetime.date(2026, 3, 5), datetime.date(2026, 9, 1), datetime.date(2026, 3, 5))
    """
    if not cell:
        return None
    if re.fullmatch(r"[34567]\d{4}", cell):
        return _EXCEL_BEGIN + timedelta(days=int(cell))
    found = _DAY.fullmatch(cell)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        pass
    raise ChanjiaoError("import.bad_day", field=column, value=cell[:40])


def count_of(cell: str, column: str) -> int | None:
    """The whole number of a cell, thousands separated or followed by a counting word.

    >>> count_of("1,200", "intake"), count_of("30人", "quantity"), count_of("", "quantity")
    (1200, 30, None)
    """
    if not cell:
        return None
    found = re.fullmatch(r"(\d+)(?:\.0+)?\s*[人名位个台套项件次年]?", cell.replace(",", "").replace("，", ""))
    if found is None or len(found[1]) > 9:
        raise ChanjiaoError("import.bad_number", field=column, value=cell[:40])
    return int(found[1])


def money_of(cell: str, column: str) -> Decimal | None:
    """The amount of a cell, thousands separated or followed by 元; 万元 counts ten thousand.

    >>> money_of("1,200.50", "price"), money_of("30万元", "bounty"), money_of("", "price")
    (Decimal('1200.50'), Decimal('300000'), None)
    """
    if not cell:
        return None
    found = re.fullmatch(r"(\d{1,15}(?:\.\d+)?)\s*(万?)元?", cell.replace(",", "").replace("，", ""))
    if found is None:
        raise ChanjiaoError("import.bad_number", field=column, value=cell[:40])
    return Decimal(found[1]) * (10_000 if found[2] else 1)


def people_of(cell: str, column: str) -> int | None:
    """The people of a cell; `import.classes_not_people` where it counts classes.

    >>> people_of("45人", "intake")
    45
    """
    if re.fullmatch(r"\d+\s*个?班级?", cell):
        raise ChanjiaoError("import.classes_not_people", field=column, value=cell[:40])
    return count_of(cell, column)


def year_of(cell: str, column: str) -> int:
    """The year of a cell that holds a year, a school year (its last), a month or a day.

    >>> year_of("2025年", "year"), year_of("2024-2025学年", "year"), year_of("2025-09-01", "year")
    (2025, 2025, 2025)
    """
    if not cell:
        raise ChanjiaoError("import.required", field=column)
    found = re.fullmatch(r"(?:\d{4}\s*[-—–/]\s*)?(\d{4})(?:\.0)?\s*(?:学?年度?|级|届)?", cell)
    if found:
        return int(found[1])
    day = day_of(cell, column)
    assert day is not None
    return day.year


def list_of(cell: str) -> tuple[str, ...]:
    """The words of a cell, separated by 、 or a comma, semicolon, bar or line end.

    >>> list_of("数控编程、 三坐标测量；")
    ('数控编程', '三坐标测量')
    """
    return tuple(word.strip() for word in _SEPARATORS.split(cell) if word.strip())


def msgids_of(choices: type[Choices]) -> dict[str, str]:
    """Value → its English word, which is translated when a file is read or written."""
    return {value: str(choices(value)._label_) for value in choices.values}


def numbered(found: Mapping[str, Found], number: str, column: str) -> Found:
    """What bears the number; `import.required` for an empty cell, `import.unknown_number` where nothing bears it."""
    if number not in found:
        code = "import.unknown_number" if number else "import.required"
        raise ChanjiaoError(code, field=column, value=number[:20])
    return found[number]


def choice_of(cell: str, choices: Mapping[str, str], column: str, also: Mapping[str, str] | None = None) -> str:
    """The stored value of a choice that the cell tells as that value or as its word; empty for an empty cell.

    `also` holds further words, as forms use them, with their values.
    """
    if not cell:
        return ""
    known = _choices_by_word(tuple(choices.items()), tuple((also or {}).items()))
    if cell.casefold() not in known:
        expected = "、".join(translate(word, "zh-hans") for word in choices.values())
        raise ChanjiaoError("import.bad_choice", field=column, value=cell[:40], expected=expected)
    return known[cell.casefold()]


@cache
def _choices_by_word(choices: tuple[tuple[str, str], ...], also: tuple[tuple[str, str], ...]) -> dict[str, str]:
    spoken = {word.casefold(): value for value, told in choices for word in (value, told, translate(told, "zh-hans"))}
    return dict(also) | spoken


def code_of(cell: str, system: str, column: str) -> str:
    """The code that a cell names: a code as it stands, or the code of the one term that bears the name.

    Codes are checked against their table by whoever stores them. `import.unknown_name` and `import.ambiguous_name`.

    >>> code_of("6-18-01-07", "occupation", "occupation"), code_of("焊工", "occupation", "occupation")
    ('6-18-01-07', '6-18-02-04')
    """
    if not cell or re.match(r"[A-Z]?\d", cell):
        return cell.split(maxsplit=1)[0] if cell else ""
    codes = _codes_by_name(system).get(cell, frozenset())
    if not codes:
        raise ChanjiaoError("import.unknown_name", field=column, value=cell[:40])
    if len(codes) > 1:
        raise ChanjiaoError("import.ambiguous_name", field=column, value=cell[:40], codes="、".join(sorted(codes)))
    return next(iter(codes))


def code_now(actor: Actor, cell: str, system: str, column: str) -> tuple[str, ChanjiaoError | None]:
    """The code in force that a cell names, and a note where the cell has the one of an earlier catalogue.

    `import.code_split` where several took the earlier one's place.
    """
    code = code_of(cell, system, column)
    since = [] if is_known(system, code) else codes_since(actor, system, code)
    if len(since) > 1:
        raise ChanjiaoError("import.code_split", field=column, value=code[:40], codes="、".join(since))
    if not since:
        return code, None
    return since[0], earlier_code(column, code, since[0])


def check_name(code: str, name: str) -> None:
    """Raise where a programme's code bears another name in the catalogue than the row gives: earlier catalogues gave
    out the same codes. A name may be longer, for a direction, or shorter.
    """
    known = _names_by_code().get(code, "")
    told = re.sub(r"[（(].*", "", name).strip()
    if known and told and told not in known and known not in told:
        raise ChanjiaoError("import.name_of_another", field="code", value=code, known=known, name=told[:40])


@cache
def _names_by_code() -> dict[str, str]:
    return dict(_terms("programme"))


def earlier_code(column: str, code: str, now: str) -> ChanjiaoError:
    """The note of a code that was read as the one which took its place."""
    return ChanjiaoError("import.earlier_code", field=column, value=code, now=now)


@cache
def _codes_by_name(system: str) -> dict[str, frozenset[str]]:
    named: dict[str, set[str]] = {}
    for code, name in _terms(system):
        named.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in named.items()}


def _terms(system: str) -> Iterable[tuple[str, str]]:
    match system:
        case "occupation":
            for row in tables.occupations():
                yield row.code, row.name
        case "programme":
            yield from ((row.code, row.name) for row in tables.programmes())
            yield from ((row.code, row.name) for row in tables.majors())
        case "industry":
            yield from ((row.code, row.name) for row in tables.industries())
        case "region":
            yield from ((row.code, row.name) for row in tables.regions())
