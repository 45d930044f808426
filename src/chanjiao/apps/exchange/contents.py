"""A writer's content, checked against the rules and the code tables, as columns of a listing."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from chanjiao.apps.exchange.codes import is_known
from chanjiao.apps.exchange.kinds import DEFAULT_UNITS, Kind, Side
from chanjiao.apps.exchange.rules import OPEN_FOR, Content, faults, read_fields
from chanjiao.core.errors import ChanjiaoError, Rejected

_CODES = {
    "occupation_code": "occupation",
    "programme_code": "programme",
    "industry_code": "industry",
    "region_code": "region",
}


def checked_columns(side: Side, kind: Kind, content: Content, *, today: date, complete: bool) -> dict[str, Any]:
    """The columns of a listing with this content; `Rejected` with every fault where there is one.

    Text is rid of control characters and outer blanks; an empty unit and day of expiry get their defaults.
    """
    content = _tidied(content)
    errors = [*faults(side, kind, content, today=today, complete=complete), *_unknown_codes(content)]
    if errors:
        raise Rejected(errors)
    columns = asdict(content)
    columns["skills"] = list(content.skills)
    columns["fields"] = read_fields(side, kind, dict(content.fields))[0]
    columns["unit"] = content.unit or DEFAULT_UNITS[kind]
    columns["expires_on"] = content.expires_on or today + OPEN_FOR
    return columns


def _unknown_codes(content: Content) -> list[ChanjiaoError]:
    given = [(name, system, getattr(content, name)) for name, system in _CODES.items()]
    return [
        ChanjiaoError("listing.unknown_code", field=name, value=code)
        for name, system, code in given
        if code and not is_known(system, code)
    ]


def _tidied(content: Content) -> Content:
    texts: dict[str, Any] = {
        name: clean_text(value) for name, value in asdict(content).items() if isinstance(value, str)
    }
    skills = tuple(dict.fromkeys(skill for skill in map(clean_text, content.skills) if skill))
    fields = tuple((name, clean_text(value) if isinstance(value, str) else value) for name, value in content.fields)
    return replace(content, **texts, skills=skills, fields=fields)


def clean_text(text: str) -> str:
    """The text without outer blanks and without control characters but line ends, which databases refuse."""
    kept = (char for char in text.replace("\r\n", "\n") if char == "\n" or unicodedata.category(char) != "Cc")
    return "".join(kept).strip()
