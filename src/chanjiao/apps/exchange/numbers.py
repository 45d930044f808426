"""Numbers of records, one series a letter and year."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from chanjiao.apps.exchange.models import NumberSeries


def next_number(letter: str, now: datetime) -> str:
    """The next number of a letter's series in the year of `now`, such as N-2026-0042; called in a transaction."""
    # The update locks the row of the series until the transaction ends, so that no two records read the same number.
    name = f"{letter}-{timezone.localdate(now).year}"
    series = NumberSeries.objects.filter(name=name)
    if not series.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(name=name)
        series.update(last=F("last") + 1)
    return f"{name}-{series.values_list('last', flat=True).get():04d}"
