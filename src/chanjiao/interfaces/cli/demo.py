"""`chanjiao demo`: from the founding notice to precise matches, in one command."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from chanjiao.core.words import terminal_language, translate
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.files import progress
from chanjiao.interfaces.cli.serve import require_free, serve
from chanjiao.interfaces.cli.start import Report, ready_site

STEPS = {
    "code tables": N_("Loading the code tables"),
    "founding": N_("Founding from the notice"),
    "members": N_("Registering the members"),
    "needs and offers": N_("Posting needs and offers"),
    "matches": N_("Matching"),
    "placement": N_("Placing students"),
    "agreements": N_("Signing agreements"),
    "warning cards": N_("Giving warning cards"),
    "plans": N_("Planning the intake"),
    "challenges": N_("Answering challenges"),
    "dossiers": N_("Writing dossiers"),
}


@click.command("demo")
@click.option("--serve", "serves", is_flag=True, help="Serve the site when it is loaded.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(serves: bool, host: str, port: int) -> None:
    """Load the demo consortium and its year, match, and say what was done. A loaded demo is left alone."""
    os.environ.setdefault("CHANJIAO_DEMO", "1")
    if serves:
        require_free(host, port)
    language, begun = terminal_language(os.environ), time.perf_counter()
    with _bars(language) as report:
        ready_site(report)
        from chanjiao.core import clock
        from chanjiao.interfaces.demo.load import is_loaded, load_demo

        loaded = None if is_loaded() else load_demo(now=clock.now(), report=report)
    if loaded is not None:
        from chanjiao.interfaces.cli.demo_summary import summary

        click.echo("\n".join(summary(loaded, seconds=time.perf_counter() - begun)))
    if serves:
        click.echo(translate(N_("The log-in page has a button for each kind of person. Stop with Ctrl+C."), language))
        serve(host=host, port=port)


@contextmanager
def _bars(language: str) -> Iterator[Report]:
    with progress() as bars:
        started = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in started:
                started[step] = bars.add_task(translate(STEPS[step], language), total=total)
            bars.update(started[step], completed=done, total=total)

        yield report
