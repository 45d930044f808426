"""What waits for somebody, what they promised, what they are owed: one list, to which every app adds its own.

An app registers sources in a module `commitments.py`, which is imported at the start. A source reads with the rights of
whoever asks, like any selector; the workbench shows all of them together and knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from chanjiao.core.permissions import Actor


class Standing(StrEnum):
    """Whose move it is: mine now, mine by a promise, or somebody else's towards me."""

    WAITS = "waits"
    PROMISED = "promised"
    OWED = "owed"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: its title, a line under it, the record it opens, the day it is due.

    `button` (English, translated when shown) is said instead of the source's where there is one.
    """

    title: str
    under: str
    object_type: str
    object_id: int
    due: date | None = None
    button: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Things of one sort. `rows` hands out what concerns the actor: a list, or anything with slices and `count()`.

    `title` and `button` are English and translated when shown.
    """

    code: str
    standing: Standing
    title: str
    button: str
    icon: str
    rows: Callable[[Actor, datetime], Any]
    item: Callable[[Any], Item]


SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """The workbench shows this source from now on."""
    SOURCES[source.code] = source


def count_of(rows: Any) -> int:
    """The number of rows, without reading them where they count themselves."""
    return len(rows) if isinstance(rows, list) else int(rows.count())
