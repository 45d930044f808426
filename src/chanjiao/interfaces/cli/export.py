"""`chanjiao export KIND FILE`: records as a file, in our own columns or a form of the national data standard."""

from __future__ import annotations

import os

import click

from chanjiao.core.words import terminal_language
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.files import require_table, table_written_whole
from chanjiao.interfaces.cli.start import ready_site
from chanjiao.interfaces.cli.wording import say


@click.command("export")
@click.argument("kind")
@click.argument("file")
@click.option("--layout", default="own", show_default=True, help="own, or a form of the national data standard.")
def command(kind: str, file: str, layout: str) -> None:
    """Export everything of KIND to FILE (.xlsx or .csv; - is CSV).

    Kinds: organisations, needs, offers, programmes, agreements, projects, milestones, proofs, challenges, answers,
    registrations, and those that the page of imports lists.
    """
    require_table(file)
    ready_site()
    from chanjiao.apps.imports.selectors import exported_rows
    from chanjiao.core.permissions import SYSTEM

    heading, rows = exported_rows(SYSTEM, kind, layout, terminal_language(os.environ))
    count = table_written_whole(file, heading, rows)
    click.echo(say(N_("{count} rows written to {path}"), count=count, path=file), err=file == "-")
