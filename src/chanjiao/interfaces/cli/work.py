"""`chanjiao work`: a process that works off background jobs; any number may run, on several machines."""

from __future__ import annotations

import signal
import threading

import click

from chanjiao.interfaces.cli.start import start_django


@click.command("work")
@click.option("--once", is_flag=True, help="End when no job is due.")
def command(once: bool) -> None:
    """Work off background jobs until stopped."""
    start_django()
    from chanjiao.core import clock, jobs

    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    while not stopped.is_set():
        jobs.schedule_repeating(clock.now())
        while jobs.run_next() and not stopped.is_set():
            pass
        if once:
            return
        stopped.wait(1)
