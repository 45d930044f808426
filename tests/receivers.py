"""Receivers of letters and messages for tests: a mail server and a group's bot, each remembering what reached it."""

from __future__ import annotations

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class MailServer:
    """A mail server that takes everything; `ids` are the Message-IDs in the order they came."""

    port: int = 0
    ids: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address for CHANJIAO_MAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server on a free port."""
    server = MailServer()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 test\r\n")
            while line := self.rfile.readline():
                verb = line.split()[0].upper() if line.split() else b""
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    text = b"".join(iter(self.rfile.readline, b".\r\n"))
                    found = re.search(rb"(?im)^Message-ID: <(.+?)>", text)
                    server.ids.append(found[1].decode() if found else "")
                self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
                if verb == b"QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as listening:
        listening.daemon_threads = True
        server.port = listening.server_address[1]
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield server
        listening.shutdown()


@dataclass
class Group:
    """A group's bot: what it answers, after how long, and what it was told."""

    origin: str = ""
    status: int = 200
    answer: bytes = b'{"errcode":0,"errmsg":"ok"}'
    drip: float = 0.0
    keys: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def group() -> Iterator[Group]:
    """A bot on a free port of this machine; its origin must be permitted by the test."""
    bot = Group()

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bot.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            bot.keys.append(self.headers["Idempotency-Key"])
            bot.paths.append(self.path)
            self.send_response(bot.status)
            for name, value in bot.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in bot.answer:
                    self.wfile.write(bytes([piece]))
                    self.wfile.flush()
                    time.sleep(bot.drip)
            except OSError:
                pass  # the sender has lost its patience

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Talk)
    listening.daemon_threads = True
    bot.origin = f"http://127.0.0.1:{listening.server_address[1]}"
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield bot
    listening.shutdown()
    listening.server_close()
