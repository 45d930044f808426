"""`chanjiao serve`: the web server and a worker for background jobs, watched by one parent."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading

import click

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.cli.start import ready_site

APPLICATION = "chanjiao.config.wsgi:application"


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Web server processes.")
@click.option("--jobs/--no-jobs", default=True, help="Work off background jobs beside the web server.")
def command(host: str, port: int, workers: int, jobs: bool) -> None:
    """Serve the site until stopped."""
    require_free(host, port)
    ready_site()
    serve(host=host, port=port, workers=workers, jobs=jobs)


def serve(*, host: str, port: int, workers: int = 1, jobs: bool = True) -> None:
    """The site is served until a signal comes; a child that dies is started again."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", str(workers), "--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers"]
    web += ["--log-level", "warning", APPLICATION]
    commands = [web, *([[sys.executable, "-m", "chanjiao", "work"]] if jobs else [])]
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    children = [subprocess.Popen(line) for line in commands]  # noqa: S603  (commands of our own)
    click.echo(f"http://{host}:{port}")
    while not stopped.wait(0.5):
        for number, child in enumerate(children):
            if child.poll() is not None:
                stopped.wait(1)
                children[number] = subprocess.Popen(commands[number])  # noqa: S603
    for child in children:
        child.terminate()
    for child in children:
        child.wait()


def require_free(host: str, port: int) -> None:
    """Raise `port.taken` where another program listens on the address already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise ChanjiaoError("port.taken", host=host, port=port) from None
