"""What loaders hand over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """A programme point as a file tells it; `programme_code` may be one of an undergraduate major."""

    college_id: int
    level: str
    programme_code: str
    years: int
    intake: int
    enrolled: int
    first_year: int | None = None
    teachers: int = 0
    dual_qualified: int = 0
