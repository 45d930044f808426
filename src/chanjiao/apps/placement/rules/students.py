"""What can be wrong with a student's data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from chanjiao.engines.errors import ChanjiaoError

COLLEGES = frozenset({"school_vocational", "university"})
"""Types of organisation whose students are placed."""
AGES = (12, 70)


def student_faults(*, mark: Decimal | None, birth_date: date | None, today: date) -> Iterator[ChanjiaoError]:
    """Everything wrong, each fault at its field."""
    if mark is not None and not (mark.is_finite() and 0 <= mark <= 100):
        yield ChanjiaoError("placement.out_of_bounds", field="mark", low=0, high=100)
    if birth_date is not None and not AGES[0] <= today.year - birth_date.year <= AGES[1]:
        yield ChanjiaoError("placement.unlikely_birth_date", field="birth_date")
