"""Posting to a bot's address: nowhere but where bots live, never long, and no secret in what is said of a failure."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from chanjiao.apps.notices.rules import is_bot_address

PATIENCE = 10.0
"""Seconds that a bot has to take a message, however slowly it speaks."""
LONGEST_ANSWER = 65_536


class Unposted(Exception):
    """The message was not taken, for a reason that names neither address nor secret."""


def post(address: str, body: bytes, *, key: str, origins: Collection[str], patience: float = PATIENCE) -> bytes:
    """What the bot answers with status 200. Redirects are not followed: they could lead anywhere.

    Raises `Unposted` for an address that is no bot's, a refusal, silence, and an answer that is too slow or too long.
    """
    if not is_bot_address(address, origins):
        raise Unposted("address")
    try:
        with _connected(address, patience) as connection:
            parts = urlsplit(address)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                raise Unposted(f"HTTP {answer.status}")
            told = answer.read(LONGEST_ANSWER + 1)
    except (OSError, http.client.HTTPException) as error:
        raise Unposted(type(error).__name__) from None
    if len(told) > LONGEST_ANSWER:
        raise Unposted("answer too long")
    return told


@contextmanager
def _connected(address: str, patience: float) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut off when the patience is over.

    A socket's own timeout starts anew with each byte, so that a slow talker could hold a worker for hours.
    """
    parts = urlsplit(address)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.netloc, timeout=patience, context=context
        )
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=patience)
    connection.connect()
    is_over = threading.Event()
    cut = threading.Timer(patience, _cut, [connection.sock, is_over])
    cut.daemon = True
    cut.start()
    try:
        yield connection
        if is_over.is_set():
            raise Unposted("too slow")
    finally:
        cut.cancel()
        connection.close()


def _cut(line: socket.socket, is_over: threading.Event) -> None:
    is_over.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
