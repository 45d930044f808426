"""A writer's content, checked against the rules and the code tables, as columns of a listing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from chanjiao.apps.exchange.codes import is_known
from chanjiao.apps.exchange.kinds import DEFAULT_UNITS, Kind, Side
from chanjiao.apps.exchange.partners import known_partners
from chanjiao.apps.exchange.rules import OPEN_FOR, Content, faults, read_fields
from chanjiao.core.errors import ChanjiaoError, Rejected

_NAMES = tuple(field.name for field in fields(Content))
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
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
    known = known_partners(content.partners)
    errors = [
        *faults(side, kind, content, today=today, complete=complete),
        *_unknown_codes(content),
        *_unknown_partners(content, known),
    ]
    if errors:
        raise Rejected(errors)
    columns = {name: getattr(content, name) for name in _NAMES}
    columns["skills"] = list(content.skills)
    columns["partners"] = list(dict.fromkeys(known[name] for name in content.partners))
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


def _unknown_partners(content: Content, known: Mapping[str, str]) -> list[ChanjiaoError]:
    unknown = [name for name in content.partners if name not in known]
    return [ChanjiaoError("listing.unknown_partner", field="partners", value=name) for name in unknown]


def _tidied(content: Content) -> Content:
    given = ((name, getattr(content, name)) for name in _NAMES)
    texts: dict[str, Any] = {name: clean_text(value) for name, value in given if isinstance(value, str)}
    skills, partners = _distinct(content.skills), _distinct(content.partners)
    fields = tuple((name, clean_text(value) if isinstance(value, str) else value) for name, value in content.fields)
    return replace(content, **texts, skills=skills, partners=partners, fields=fields)


def _distinct(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(clean_text, texts) if text))


def clean_text(text: str) -> str:
    """The text without outer blanks and without control characters but line ends, which databases refuse."""
    if text.isprintable():
        return text.strip()
    return _CONTROL.sub("", text.replace("\r\n", "\n")).strip()
