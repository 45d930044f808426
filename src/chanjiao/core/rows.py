"""Rows of a list, read as they are asked for, in the order that is asked for, and what narrows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from django.db.models import QuerySet

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row")
AnyFilters = TypeVar("AnyFilters", bound="DataclassInstance")
CHUNK = 200


class Rows(Generic[Row]):
    """What readers are handed of a query: a slice, the count, or all in chunks, each row made by `row_of`."""

    def __init__(self, rows: QuerySet[Any], row_of: Callable[[Any], Row]) -> None:
        self._rows = rows
        self._row_of = row_of

    def count(self) -> int:
        """The number of rows."""
        return self._rows.count()

    def __len__(self) -> int:
        return self.count()

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return self._row_of(self._rows[place])
        return [self._row_of(found) for found in self._rows[place]]

    def __iter__(self) -> Iterator[Row]:
        return (self._row_of(found) for found in self._rows.iterator(CHUNK))


def readable(filters: AnyFilters) -> AnyFilters:
    """The filters without the characters that PostgreSQL refuses in any text."""
    texts = {field.name: getattr(filters, field.name) for field in fields(filters) if field.type in ("str", str)}
    return replace(filters, **{name: text.replace("\x00", "") for name, text in texts.items()})


def column_asked(sort: str, columns: Mapping[str, str], otherwise: str = "") -> str:
    """The column by which a list is asked to be sorted (`name`, or `-name` from the end), with its sign.

    `otherwise` stands for a column that the list does not have; without it the answer is then empty.

    >>> column_asked("-year", {"year": "year"}), column_asked("-colour", {"year": "year"})
    ('-year', '')
    """
    column = columns.get(sort.removeprefix("-"), otherwise)
    return f"-{column}" if column and sort.startswith("-") else column


def sorted_as_asked(rows: Iterable[Row], sort: str, keys: Mapping[str, Callable[[Row], Any]]) -> list[Row]:
    """Rows at hand sorted by the key that is asked for (`name`, or `-name` from the end), as they came without one."""
    key = keys.get(sort.removeprefix("-"))
    return sorted(rows, key=key, reverse=sort.startswith("-")) if key else list(rows)
