"""Values as words: figures, dates, durations, states, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind
from chanjiao.core.words import between_sentences

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
    "replied": ("done", "circle-check"),
    "lapsed": ("", "circle-minus"),
    "open": ("live", "circle-dot"),
    "running": ("live", "activity"),
    "wishes": ("live", "circle-dot"),
    "ranking": ("waits", "clipboard-list"),
    "allocation": ("waits", "activity"),
    "decided": ("waits", "clipboard-check"),
    "published": ("done", "circle-check"),
    "joined": ("done", "user-check"),
    "upheld": ("done", "circle-check"),
    "replaced": ("", "refresh"),
    "moved": ("", "refresh"),
    "matched": ("done", "link"),
    "answered": ("waits", "mail"),
    "chosen": ("done", "check"),
    "not_chosen": ("", "circle-minus"),
    "contracted": ("done", "file-certificate"),
    "opinions": ("waits", "hourglass"),
    "ready": ("waits", "clipboard-check"),
    "carried_out": ("live", "activity"),
    "measured": ("done", "circle-check"),
    "approved": ("done", "circle-check"),
    "in_force": ("done", "circle-check"),
    "renewed": ("", "rotate-clockwise"),
    "superseded": ("", "history"),
    "proved": ("waits", "clock"),
    "stopped": ("", "circle-minus"),
    "passed": ("done", "circle-check"),
    "accepted": ("done", "circle-check"),
    "active": ("done", "circle-check"),
    "done": ("done", "circle-check"),
    "fulfilled": ("done", "circle-check"),
    "complete": ("done", "circle-check"),
    "checking": ("live", "activity"),
    "storing": ("live", "activity"),
    "undoing": ("live", "activity"),
    "checked": ("waits", "clock"),
    "undone": ("", "circle-minus"),
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
        return _("%d min ago") % (seconds // 60)
    if seconds < 86400:
        return _("%d h ago") % (seconds // 3600)
    days = (timezone.localdate() - timezone.localtime(value).date()).days
    if days > 7:
        return short_day(value)
    return _("yesterday") if days == 1 else _("%d days ago") % days


def percent(value: float | None) -> str:
    """A share as a whole percentage; a dash where there is none."""
    return "–" if value is None else f"{round(100 * value)}%".replace("-", "−")


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


SINGULAR = {
    "agreements": "agreement", "applicants": "applicant", "cards": "card", "challenges": "challenge",
    "changes": "change", "changes of intake": "change of intake", "code tables": "code table",
    "contracts": "contract", "dossiers": "dossier", "editions": "edition", "events": "event", "faults": "fault",
    "functions and skills": "function or skill", "jobs": "job", "lines": "line", "links": "link", "matches": "match",
    "needs": "need", "notices": "notice", "occupations": "occupation", "offers": "offer",
    "offers of places": "offer of a place", "organisations": "organisation", "people": "person", "prices": "price",
    "programme points planned differently": "programme point planned differently", "programmes": "programme",
    "projects": "project", "proofs": "proof", "rows": "row", "scenarios": "scenario", "seat groups": "seat group",
    "students": "student", "technical problems": "technical problem", "turns": "turn", "records": "record",
    "attendances": "attendance", "items": "item", "machines": "machine", "sets": "set", "workplaces": "workplace",
    "pieces": "piece", "tonnes": "tonne", "days": "day", "hours": "hour", "places": "place", "months": "month",
    "years": "year", "rounds": "round", "consortia": "consortium", "applications": "application",
    "industry chains": "industry chain", "imports": "import", "entries": "entry",
}  # fmt: skip
"""English nouns that stand after a count, for one of them; Chinese knows no plural."""


def noun_of(count: object, noun: str) -> str:
    """A noun after its count: 2 needs, 1 need."""
    return SINGULAR.get(noun, noun) if count == 1 else noun


def signed(value: float) -> str:
    """A whole number with its sign; 0 has none."""
    whole = round(value)
    return ("+" if whole > 0 else "−" if whole < 0 else "") + amount(abs(whole))


def listed(words: Iterable[object]) -> str:
    """Several words in a row, as the reader's language parts them."""
    return _(", ").join(str(word) for word in words)


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences one after another."""
    return between_sentences(str(get_language())).join(sentences)


def kind_word(kind: str) -> str:
    """The word for a kind of need or offer."""
    return _(KIND_WORDS[Kind(kind)])


def days_left(day: date, today: date) -> str:
    """How far a day is off: today, tomorrow, 5 days left, 3 days overdue."""
    left = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("overdue since yesterday")}
    return near.get(left) or (_("%d days left") % left if left > 0 else _("%d days overdue") % -left)
