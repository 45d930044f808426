"""`chanjiao evaluate`: an engine scored on sets with known answers."""

from __future__ import annotations

from importlib import import_module

import click

# subcommand → (module under this package, one line of help). A module defines `command`.
COMMANDS = {
    "matching": ("evaluate_matching", "Score matching on public sets and on the set that ships"),
    "text": ("evaluate_text", "Score repair and extraction"),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        loaded = import_module(f"chanjiao.interfaces.cli.{COMMANDS[cmd_name][0]}").command
        assert isinstance(loaded, click.Command)
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=_Lazy)
def command() -> None:
    """Score an engine on the sets that ship with it, and on public ones."""
