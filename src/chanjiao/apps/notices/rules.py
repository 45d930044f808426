"""Rules over notices: when a letter is due, how fast a bot may speak, which web addresses are a bot's. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

DIGEST_HOUR = time(8, 30)
"""When daily and weekly letters go out, in the city's time."""
MONDAY = 0
BURST = 5
"""Messages a bot may send at once."""
A_MINUTE = 15
"""Messages by which a bot's allowance grows in a minute; with the burst, no minute sees more than 20."""
MOST_BOTS = 5
"""Group bots of one organisation."""
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
GRACE = timedelta(days=14)
"""How long a link may be answered after its deadline: late is better than never."""
MOST_ATTEMPTS = 12
"""Tries of a letter before it counts as failed: with the pauses, about five hours."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which no letter goes out; the end may lie on the next day. The same hour twice: never quiet."""

    start: time = time(21, 0)
    end: time = time(7, 30)

    def holds(self, hour: time) -> bool:
        """Whether this hour is quiet.

        >>> Quiet(time(21), time(7)).holds(time(23)), Quiet(time(21), time(7)).holds(time(12))
        (True, False)
        """
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


def letter_due(now: datetime, *, rhythm: str, quiet: Quiet) -> datetime | None:
    """When a letter about something of this moment goes out; None where its reader wants none.

    `now` is in the reader's time zone. `rhythm` is a value of models.Rhythm.
    """
    if rhythm == "never":
        return None
    if rhythm == "at_once":
        return _after_quiet(now, quiet)
    digest = datetime.combine(now.date(), DIGEST_HOUR, now.tzinfo)
    if digest <= now:
        digest += timedelta(days=1)
    if rhythm == "weekly":
        digest += timedelta(days=(MONDAY - digest.weekday()) % 7)
    return digest


def _after_quiet(now: datetime, quiet: Quiet) -> datetime:
    if not quiet.holds(now.time()):
        return now
    end = datetime.combine(now.date(), quiet.end, now.tzinfo)
    return end if end > now else end + timedelta(days=1)


def tokens_now(tokens: float, *, seconds: float) -> float:
    """What a bot may send after some seconds of silence.

    >>> tokens_now(0, seconds=8), tokens_now(4, seconds=600)
    (2.0, 5)
    """
    return min(BURST, tokens + max(0.0, seconds) * A_MINUTE / 60)


def next_token(tokens: float) -> timedelta:
    """How long until a bot may send one more message."""
    return timedelta(seconds=max(0.0, 1 - tokens) * 60 / A_MINUTE)


def pause_after(failures: int) -> timedelta:
    """The pause after so many failures in a row: doubling from half a minute to an hour."""
    doublings = max(0, min(failures, 16) - 1)
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))


def is_bot_address(address: str, origins: Collection[str]) -> bool:
    """Whether the address belongs to one of the permitted origins (scheme and host), without user or fragment.

    >>> is_bot_address("https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key=1", ["https://qyapi.weixin.qq.com"])
    False
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if not address.isascii() or any(sign.isspace() or sign == "\\" for sign in address) or parts.username is not None:
        return False
    origin = f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port is not None else "")
    return origin in origins and parts.path.startswith("/") and not parts.fragment


def link_end(now: datetime, deadline: datetime | None) -> datetime:
    """When a link in a letter of this moment ends: `GRACE` after the deadline, and at least `GRACE` from now."""
    return max(now, deadline or now) + GRACE
