"""Values as words: figures, dates, durations, states, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# state → (tone, icon); the tone is one of the three meanings, "live" (open to act on) or none
STATES = {
    "draft": ("", "pencil"),
    "submitted": ("waits", "clock"),
    "applied": ("waits", "clock"),
    "proposed": ("waits", "clock"),
    "accepted_by_one": ("waits", "hourglass"),
    "waiting": ("waits", "clock"),
    "queued": ("waits", "clock"),
    "expiring": ("waits", "calendar-due"),
    "partial": ("waits", "alert-triangle"),
    "open": ("live", "circle-dot"),
    "running": ("live", "activity"),
    "matched": ("done", "link"),
    "accepted": ("done", "circle-check"),
    "active": ("done", "circle-check"),
    "done": ("done", "circle-check"),
    "fulfilled": ("done", "circle-check"),
    "complete": ("done", "circle-check"),
    "closed": ("", "circle-minus"),
    "left": ("", "circle-minus"),
    "withdrawn": ("", "circle-minus"),
    "discarded": ("", "circle-minus"),
    "cancelled": ("", "circle-minus"),
    "ended": ("", "circle-minus"),
    "expired": ("bad", "calendar-due"),
    "declined": ("bad", "circle-x"),
    "refused": ("bad", "circle-x"),
    "failed": ("bad", "alert-triangle"),
    "overdue": ("bad", "alert-triangle"),
}


def amount(value: object) -> str:
    """A number with separators; in Chinese by 万 from 100,000 on."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    if get_language() == "zh-hans" and abs(number) >= 100_000:
        return (
            f"{(number / 10_000).normalize():f}".rstrip() + "万" if number % 1000 == 0 else f"{number / 10_000:.1f}万"
        )
    places = 0 if number == number.to_integral_value() else 2
    return number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)


def day(value: date | datetime | None) -> str:
    """A date with its weekday: 2026年3月5日 (周四); Thu 5 March 2026."""
    if value is None:
        return ""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    if get_language() == "zh-hans":
        return f"{date_format(local)} (周{'一二三四五六日'[local.weekday()]})"
    return f"{date_format(local, 'D')} {date_format(local)}"


def short_day(value: date | datetime | None) -> str:
    """A date for tables: 2026-03-05."""
    if value is None:
        return ""
    return (timezone.localtime(value) if isinstance(value, datetime) else value).strftime("%Y-%m-%d")


def moment(value: datetime | None) -> str:
    """A time for tables: 2026-03-05 14:30."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def ago(value: datetime | None) -> str:
    """How long ago, in one unit up to a week; then the date."""
    if value is None:
        return ""
    seconds = int((timezone.now() - value).total_seconds())
    if seconds < 60:
        return _("just now")
    if seconds < 3600:
        return _("%d minutes ago") % (seconds // 60)
    if seconds < 86400:
        return _("%d hours ago") % (seconds // 3600)
    return _("%d days ago") % (seconds // 86400) if seconds < 7 * 86400 else short_day(value)


def percent(value: float | None) -> str:
    """A share as a whole percentage; a dash where there is none."""
    return "–" if value is None else f"{round(100 * value)}%"


SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
BROWSERS = {
    "MicroMessenger": "WeChat",
    "wxwork": "WeCom",
    "Edg/": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


def browser(user_agent: str) -> str:
    """The browser and system that a user agent string names, as far as it tells."""
    named = [next((name for mark, name in kinds.items() if mark in user_agent), "") for kinds in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in named if name) or user_agent[:60]
