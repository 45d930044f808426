"""What goes into an index and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a term was found."""

    CODE = "code"
    CODE_PREFIX = "code_prefix"
    FORMER_CODE = "former_code"
    NAME = "name"
    NAME_PREFIX = "name_prefix"
    NAME_PART = "name_part"
    ALIAS = "alias"
    ALIAS_PREFIX = "alias_prefix"
    ALIAS_PART = "alias_part"
    WORDS = "words"
    ABBREVIATION = "abbreviation"
    INITIALS = "initials"
    PINYIN = "pinyin"
    SOUND = "sound"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a code system.

    `spellings` are other ways to write the code in force; `context` is words that tell terms of one name apart
    (the names above it) and counts only where a query has several words.
    """

    system: str
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    context: str = ""
    in_force: bool = True
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: `matched` is the name, alias or code that matched, `start:end` the part of it (0:0: no part).

    `score` falls from 100 and orders hits of one query only.
    """

    entry: Entry
    reason: Reason
    score: float
    matched: str
    start: int = 0
    end: int = 0
