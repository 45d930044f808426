"""The one place that reads the clock; actions and engines are given the time."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, with time zone."""
    return timezone.now()
