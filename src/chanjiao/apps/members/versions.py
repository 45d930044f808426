"""Two people with one form: the first to send it wins, the second is told."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from chanjiao.core.errors import ChanjiaoError, Rejected

Versioned = TypeVar("Versioned", bound=models.Model)


def claim(record: Versioned, version: int) -> None:
    """The record is the caller's to change in this transaction; `record.stale` where somebody changed it meanwhile."""
    if record.version != version:  # type: ignore[attr-defined]
        raise ChanjiaoError("record.stale")
    won = type(record)._default_manager.filter(pk=record.pk, version=version).update(version=F("version") + 1)
    if not won:
        raise ChanjiaoError("record.stale")
    record.version = version + 1  # type: ignore[attr-defined]


def check_fields(record: models.Model, *, known: frozenset[str] = frozenset()) -> None:
    """`Rejected` with one `field.invalid` for each column whose value the model does not take.

    Relations cost a query each; those `known` to hold are not looked up.
    """
    try:
        derived = {field.name for field in record._meta.fields if not field.editable}
        record.clean_fields(exclude={*derived, *known, "created_at"})
    except ValidationError as refused:
        raise Rejected(
            [
                ChanjiaoError("field.invalid", field=name, reason=" ".join(messages))
                for name, messages in refused.message_dict.items()
            ]
        ) from None
