"""Numbers of records, one series a letter and year."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from chanjiao.apps.exchange.models import NumberSeries


def next_number(letter: str, now: datetime) -> str:
    """The next number of a letter's series in the year of `now`, such as N-2026-0042; called in a transaction."""
    return next_numbers(letter, 1, now)[0]


def next_numbers(letter: str, count: int, now: datetime) -> list[str]:
    """The next `count` numbers of the series, in order; called in a transaction."""
    if not count:
        return []
    # The update locks the row of the series until the transaction ends, so that no two records read the same number.
    name = f"{letter}-{timezone.localdate(now).year}"
    series = NumberSeries.objects.filter(name=name)
    if not series.update(last=F("last") + count):
        NumberSeries.objects.get_or_create(name=name)
        series.update(last=F("last") + count)
    last = series.values_list("last", flat=True).get()
    return [f"{name}-{number:04d}" for number in range(last - count + 1, last + 1)]
