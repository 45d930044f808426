"""Days some months or years on. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last day of a month that is shorter.

    >>> months_later(date(2026, 8, 31), 6), months_later(date(2028, 2, 29), 12)
    (datetime.date(2027, 2, 28), datetime.date(2029, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def term_after(starts: date, ends: date) -> tuple[date, date]:
    """The term that follows without a gap: as many whole months where it has such, else as many days.

    >>> term_after(date(2026, 9, 1), date(2027, 8, 31))
    (datetime.date(2027, 9, 1), datetime.date(2028, 8, 31))
    """
    after = ends + timedelta(days=1)
    months = (after.year - starts.year) * 12 + after.month - starts.month
    if months and months_later(starts, months) == after:
        return after, months_later(after, months) - timedelta(days=1)
    return after, after + (ends - starts)


def years_until(first: date, today: date) -> int:
    """How many whole years later the day is no longer past; none where it is not past.

    >>> years_until(date(2024, 9, 1), date(2026, 3, 1)), years_until(date(2026, 9, 1), date(2026, 3, 1))
    (2, 0)
    """
    years = max(0, today.year - first.year)
    return years + 1 if months_later(first, 12 * years) < today else years
