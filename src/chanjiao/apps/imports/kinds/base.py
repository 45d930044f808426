"""What every kind of import is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chanjiao.apps.imports.layouts import Layout, Record, Row
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.sheets import Cells


@dataclass(frozen=True, slots=True)
class Options:
    """What the sender chose: the consortium of rows that name none."""

    consortium_id: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that was read and may be stored: what will become of it, and what its kind needs to do so; of a row that
    changes nothing, the record that stands as `Stored`. `note` tells what was read otherwise than it was written.
    """

    outcome: str
    payload: Any
    note: ChanjiaoError | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """The record that a row made, changed or found, and its former state where it was changed."""

    object_type: str
    object_id: int
    version: int
    before: Any = None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row after reading, with its cells as they came: what is planned, or why it is refused."""

    number: int
    cells: Cells
    planned: Planned | None
    refused: ChanjiaoError | None = None


class Reading(Protocol):
    """One import under way: what its kind looked up once, and the rows it has met."""

    def plan(self, rows: Iterable[Row]) -> Iterator[ReadRow]:
        """The rows as they will be stored, by number; rows that stand or fall together under that of the first.

        The same rows give the same numbers whenever they are read, for an import that was cut off goes on by them.
        """

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """What became of rows that make or change something, in their order; within the caller's transaction."""


class RowByRow(ABC):
    """The planning of a reading that reads each row by itself."""

    def plan(self, rows: Iterable[Row]) -> Iterator[ReadRow]:
        """The rows in their order."""
        return map(self.planned, rows)

    def planned(self, row: Row) -> ReadRow:
        """A row as it will be stored, or why it is refused."""
        number, record, cells = row
        try:
            return ReadRow(number, cells, self.read(record))
        except ChanjiaoError as refused:
            return ReadRow(number, cells, None, refused)

    @abstractmethod
    def read(self, record: Record) -> Planned:
        """The row as it will be stored; `ChanjiaoError` or `Rejected` with every fault, `field` naming a column."""


class OneByOne(RowByRow):
    """The storing of a reading whose rows are stored each by itself."""

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """What became of the rows, in their order."""
        return [self.store_one(one) for one in planned]

    @abstractmethod
    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of record that files bring and take away.

    `begin(actor, layout, options, now)` starts a reading, `undo(actor, stored, now)` takes back what one row did or
    refuses, `records(actor, layout)` yields what the actor keeps. `afterwards` follows what was stored or taken back.
    """

    key: str
    label: str
    layouts: tuple[Layout, ...]
    begin: Callable[[Actor, Layout, Options, datetime], Reading]
    undo: Callable[[Actor, Stored, datetime], None]
    records: Callable[[Actor, Layout], Iterator[Record]]
    afterwards: Callable[[Actor, datetime], None] = lambda actor, now: None

    @property
    def own(self) -> Layout:
        """The layout of our own columns."""
        return self.layouts[0]
