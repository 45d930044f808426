"""Translation without a framework: the command line and the pages read the same message catalogue."""

from __future__ import annotations

import gettext
import os
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh-hans", "en")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language != "zh-hans":
        return gettext.NullTranslations()
    with files("chanjiao").joinpath("locale/zh_Hans/LC_MESSAGES/django.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def translate(words: str, language: str) -> str:
    """`words` (English) in `language`, one of `LANGUAGES`; unknown languages read English."""
    return _catalogue(language).gettext(words) if words else ""


def terminal_language(environment: os._Environ[str] | dict[str, str]) -> str:
    """The language of a terminal: CHANJIAO_LANGUAGE, else Chinese for a Chinese locale, else English."""
    wanted = environment.get("CHANJIAO_LANGUAGE", "").lower()
    if wanted in LANGUAGES:
        return wanted
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "zh-hans" if locale.startswith("zh") else "en"
