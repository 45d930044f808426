"""Days as documents write them, as ISO dates; `--MM-DD` where the year is left out."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(?<!\d)(?:(20\d\d)\s*[年.\-/]\s*)?(\d{1,2})\s*(?:月\s*|[.\-/]\s*)(\d{1,2})(?:日|号|(?![\d.]))")


def day_in(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The first day of a stretch with its place; what is no day of the calendar is passed over.

    >>> day_in("2026年9月18日", 0, 10), day_in("10月30日前", 0, 7), day_in("2026-13-40", 0, 10)
    (('2026-09-18', 0, 10), ('--10-30', 0, 6), None)
    """
    for found in _DAY.finditer(text, start, end):
        year, month, day = found[1], int(found[2]), int(found[3])
        if not year and "月" not in found[0]:
            continue
        try:
            date(int(year or 2024), month, day)
        except ValueError:
            continue
        return (f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"), found.start(), found.end()
    return None
