"""Translation without a framework: the command line and the pages read the same message catalogue."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

LANGUAGES = ("zh-hans", "en")
_FORMATTER = Formatter()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language != "zh-hans":
        return gettext.NullTranslations()
    with files("chanjiao").joinpath("locale/zh_Hans/LC_MESSAGES/django.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def translate(words: str, language: str) -> str:
    """`words` (English) in `language`, one of `LANGUAGES`; unknown languages read English."""
    return _catalogue(language).gettext(words) if words else ""


def between_sentences(language: str) -> str:
    """What stands between two sentences: Chinese ones stand without a space."""
    return "" if language == "zh-hans" else " "


def value_words(value: Any, how: str) -> str:
    """A value as `filled` tells it where `:how` stands behind its name."""
    one, bar, many = how.partition("|")
    if bar:
        return (one if str(value) == "1" else many).replace("#", str(value))
    if how != "bytes":
        return format(value, how)
    unit, name = (2**20, "MB") if value >= 2**20 else (2**10, "KB")
    return f"{value / unit:.1f}".removesuffix(".0") + f" {name}"


def filled(words: str, values: Mapping[str, object]) -> str:
    """The words with the values in place; `{n:# place|# places}` goes by the number, `{size:bytes}` is KB or MB.

    >>> filled("{n:# place is|# places are} taken", {"n": 1})
    '1 place is taken'
    """
    return "".join([said + _told(values, field) for said, field in _pieces(words)])


def _told(values: Mapping[str, object], field: tuple[str, str, str | None] | None) -> str:
    if field is None:
        return ""
    name, how, conversion = field
    return value_words(_FORMATTER.convert_field(values[name], conversion), how)


@cache
def _pieces(words: str) -> list[tuple[str, tuple[str, str, str | None] | None]]:
    """(words, the field behind them: its name, how it is told, its conversion)."""
    parsed = _FORMATTER.parse(words)
    return [(said, (name, how or "", conversion) if name else None) for said, name, how, conversion in parsed]


def terminal_language(environment: os._Environ[str] | dict[str, str]) -> str:
    """The language of a terminal: CHANJIAO_LANGUAGE, else Chinese for a Chinese locale, else English."""
    wanted = environment.get("CHANJIAO_LANGUAGE", "").lower()
    if wanted in LANGUAGES:
        return wanted
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "zh-hans" if locale.startswith("zh") else "en"
