"""`chanjiao demo`: from the founding notice to precise matches, in one command."""

from __future__ import annotations

import os
import time

import click

from chanjiao.core.words import terminal_language, translate
from chanjiao.interfaces.cli.files import progress
from chanjiao.interfaces.cli.start import ready_site

LABELS = {
    "code tables": "Loading the code tables",
    "founding": "Founding from the notice",
    "members": "Registering the members",
    "needs and offers": "Posting needs and offers",
    "matches": "Matching",
}


@click.command("demo")
@click.option("--serve", "serves", is_flag=True, help="Serve the site when it is loaded.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(serves: bool, host: str, port: int) -> None:
    """Load the demo consortium and its year, match, and say what was done. A loaded demo is left alone."""
    os.environ.setdefault("CHANJIAO_DEMO", "1")
    if serves:
        from chanjiao.interfaces.cli.serve import require_free

        require_free(host, port)
    ready_site()
    from chanjiao.interfaces import demo
    from chanjiao.interfaces.cli.demo_summary import summary

    language = terminal_language(os.environ)
    if not demo.is_loaded():
        begun = time.perf_counter()
        _load(language)
        click.echo(summary(language, seconds=time.perf_counter() - begun))
    if serves:
        from chanjiao.interfaces.cli.serve import serve

        click.echo(translate("Log in with one of the demo people on the log-in page. Stop with Ctrl+C.", language))
        serve(host=host, port=port)


def _load(language: str) -> None:
    from chanjiao.core import clock
    from chanjiao.interfaces.demo import load_demo

    with progress() as bars:
        tasks: dict[str, object] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(translate(LABELS[step], language), total=total)
            bars.update(tasks[step], completed=done, total=total)  # type: ignore[arg-type]

        load_demo(now=clock.now(), report=report)
