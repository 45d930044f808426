"""The model field for a national code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Sequence

    CharField = models.CharField[str, str]
else:
    CharField = models.CharField


class CodeField(CharField):
    """A character field whose value is a code of `system`, empty where none is known.

    `reference update` finds the records that a change of the tables touches by looking for fields of this class.
    """

    def __init__(self, *args: Any, system: str, **kwargs: Any) -> None:
        self.system = system
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """What a migration must know to make the field again."""
        name, path, args, kwargs = super().deconstruct()
        if kwargs.pop("blank", False) is False:
            kwargs["blank"] = False
        return name, path, args, {**kwargs, "system": self.system}
