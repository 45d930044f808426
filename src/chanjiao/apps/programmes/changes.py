"""What adding and editing a programme point share."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from chanjiao.apps.programmes.rules import Figures, faults
from chanjiao.core.errors import ChanjiaoError, Rejected


def check(figures: Figures, now: datetime, also: list[ChanjiaoError] | None = None) -> None:
    """Raise a `Rejected` with every fault of the figures, and those found `also`."""
    found = [*(also or []), *faults(figures, this_year=timezone.localdate(now).year)]
    if found:
        raise Rejected(found)
