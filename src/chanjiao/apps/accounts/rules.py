"""Rules over accounts: what a log-in name looks like, how long a token lives."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from chanjiao.engines.errors import ChanjiaoError

TOKEN_DAYS = (30, 90, 180, 365)
"""The lives of a token that may be chosen, in days."""
TOKENS_AT_A_TIME = 10
TOKEN_PREFIX = "chj_"  # noqa: S105  (a mark by which a leaked token is recognised, not a secret)

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,29}")


def username_of(text: str) -> str:
    """The log-in name in lower case; refused with `person.username_malformed`."""
    name = text.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise ChanjiaoError("person.username_malformed", field="username")
    return name


def token_expiry(*, now: datetime, days: int) -> datetime:
    """When a token made now ends; refused with `token.days` unless `days` is one of `TOKEN_DAYS`."""
    if days not in TOKEN_DAYS:
        raise ChanjiaoError("token.days", field="days", expected=", ".join(str(one) for one in TOKEN_DAYS))
    return now + timedelta(days=days)
