"""Many new rows of one table in one statement, for records that nobody needs back.

`bulk_create` prepares every value of every column, builds a model for each row and text for each batch; for rows that
are only ever written (the record, the events, the rows of an import) that is most of the time an import takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

_PREPARED = (models.JSONField, models.DateField, models.DecimalField, models.BooleanField)
"""Columns whose values a database takes in a form of its own; DateTimeField is a DateField."""


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Every row is stored, its values in the order of `columns` (attribute names); other columns get their defaults."""
    by_name = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    others = [field for name, field in by_name.items() if name not in columns]
    fields = [*(by_name[name] for name in columns), *others]
    preparing = [(place, field) for place, field in enumerate(fields) if isinstance(field, _PREPARED)]
    defaults = [field.get_default() for field in others]

    def prepared(row: Sequence[Any]) -> list[Any]:
        values = [*row, *defaults]
        for place, field in preparing:
            values[place] = field.get_db_prep_save(values[place], connection)
        return values

    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  (no user's words)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [prepared(row) for row in rows])
