"""How often one address may ask for a page that anybody can reach, across all server processes."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from chanjiao.core.errors import ChanjiaoError


def limit_rate(request: HttpRequest, name: str, *, most: int, seconds: int) -> None:
    """Raise `rate.limited` where this client's address has asked more than `most` times in `seconds`."""
    window, passed = divmod(time.time(), seconds)
    key = f"rate:{name}:{get_adapter().get_client_ip(request)}:{window:.0f}"
    cache.add(key, 0, timeout=seconds)
    if cache.incr(key) > most:
        raise ChanjiaoError("rate.limited", seconds=int(seconds - passed) + 1)
