"""A group of commands that are imported when they are called; its help needs none of them."""

from __future__ import annotations

from importlib import import_module

import click


class LazyGroup(click.Group):
    """`modules` maps a command to its module under this package, which defines `command`, and one line of help."""

    modules: dict[str, tuple[str, str]]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return None
        loaded = import_module(f"chanjiao.interfaces.cli.{self.modules[cmd_name][0]}").command
        assert isinstance(loaded, click.Command)
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.modules.items()])
