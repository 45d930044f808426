"""Values that callers give."""

from __future__ import annotations

from typing import Annotated

from ninja import Field

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Whole = Annotated[int, Field(ge=0, lt=2**63)]
"""A number, perhaps an id or a version: no larger than a database can hold."""
