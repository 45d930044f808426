"""`chanjiao manage …`: Django's own management commands, for whoever keeps a site."""

from __future__ import annotations

import click

from chanjiao.interfaces.cli.start import start_django


@click.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run a Django management command."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["chanjiao manage", *arguments])
