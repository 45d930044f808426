"""Days of the demo's files on this site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days of the demo's files, moved forward by `shift`."""

    shift: timedelta

    def day(self, written: date) -> date:
        """The day on which it happens on this site."""
        return written + self.shift

    def moment(self, written: date, hour: int = 9) -> datetime:
        """That day, at an hour of the city's time."""
        moved = self.day(written)
        return datetime(moved.year, moved.month, moved.day, hour, tzinfo=timezone.get_default_timezone())
