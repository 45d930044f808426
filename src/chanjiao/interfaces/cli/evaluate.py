"""`chanjiao evaluate`: an engine scored on sets with known answers."""

from __future__ import annotations

import click

from chanjiao.interfaces.cli.lazy import LazyGroup

# subcommand → (module under this package, one line of help). A module defines `command`.
COMMANDS = {
    "matching": ("evaluate_matching", "Score matching on public sets and on the set that ships"),
    "text": ("evaluate_text", "Score repair and extraction"),
}


class _Commands(LazyGroup):
    modules = COMMANDS


@click.command(cls=_Commands)
def command() -> None:
    """Score an engine on the sets that ship with it, and on public ones."""
