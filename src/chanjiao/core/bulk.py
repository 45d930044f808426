"""Many new rows of one table in few statements, for those who store records by the thousand.

`bulk_create` prepares every value of every column and compiles a statement for each batch; where most values need no
preparing, that is most of the time an import takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db import connection, models

_PREPARED = (models.JSONField, models.DateField, models.DecimalField, models.BooleanField)
"""Columns whose values a database takes in a form of its own; DateTimeField is a DateField."""
MOST_ROWS = 500
"""Rows of one statement where the database sets no limit of its own."""


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Every row is stored, its values in the order of `columns` (attribute names); other columns get their defaults."""
    by_name = {field.attname: field for field in _fields(model)}
    others = [field for name, field in by_name.items() if name not in columns]
    defaults = _preparing(others)([field.get_default() for field in others])
    prepared = _preparing([by_name[name] for name in columns])
    fields = [*(by_name[name] for name in columns), *others]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"{_insert_into(model, fields)} {_marks(len(fields))}", [[*prepared(row), *defaults] for row in rows]
        )


def insert_models(instances: Sequence[models.Model]) -> None:
    """Every instance, all of one model, is stored and bears its key."""
    if not instances:
        return
    model = type(instances[0])
    fields = _fields(model)
    prepared, values_of = _preparing(fields), attrgetter(*(field.attname for field in fields))
    size = max(1, min(MOST_ROWS, (connection.features.max_query_params or 10**6) // len(fields)))
    key = connection.ops.quote_name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        for start in range(0, len(instances), size):
            some = instances[start : start + size]
            marks = ", ".join([_marks(len(fields))] * len(some))
            values = chain.from_iterable(prepared(values_of(one)) for one in some)
            cursor.execute(f"{_insert_into(model, fields)} {marks} RETURNING {key}", list(values))
            for one, (pk,) in zip(some, cursor.fetchall(), strict=True):
                one.pk, one._state.adding, one._state.db = pk, False, connection.alias


def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _preparing(fields: Sequence[models.Field[Any, Any]]) -> Callable[[Sequence[Any]], list[Any]]:
    """Turns values of these columns into those that the database takes; the same day, time or empty list once."""
    known: dict[Any, Any] = {}
    preparing = [(place, field) for place, field in enumerate(fields) if isinstance(field, _PREPARED)]

    def prepared(row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, field in preparing:
            value = values[place]
            if value and isinstance(field, models.JSONField):
                values[place] = field.get_db_prep_save(value, connection)
                continue
            told = (place, value or repr(value))
            if told not in known:
                known[told] = field.get_db_prep_save(value, connection)
            values[place] = known[told]
        return values

    return prepared


def _insert_into(model: type[models.Model], fields: Sequence[models.Field[Any, Any]]) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES"


def _marks(count: int) -> str:
    return f"({', '.join(['%s'] * count)})"
