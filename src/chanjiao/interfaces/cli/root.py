"""The root of the command: which module holds which command, and how an error reaches the reader."""

from __future__ import annotations

import os
import sys

import click

from chanjiao import __version__
from chanjiao.core.errors import ChanjiaoError, Kind, Rejected, kind_of, words_of
from chanjiao.core.words import terminal_language
from chanjiao.interfaces.cli.lazy import LazyGroup

# command → (module under this package, one line of help). A module defines `command`.
COMMANDS = {
    "text": ("text", "Repair damaged text and extract facts from it"),
    "found": ("found", "Read a founding notice and found its group and consortia"),
    "rank": ("rank", "Rank candidates for queries, with reasons"),
    "infer": ("infer", "Infer the occupations that a programme leads to"),
    "allocate": ("allocate", "Allocate students to seats, with a certificate"),
    "allocate-verify": ("allocate_verify", "Verify an allocation by independent code"),
    "plan": ("plan", "Plan the intake of programmes by solver"),
    "evaluate": ("evaluate", "Score an engine on the sets that ship with it"),
    "reference": ("reference", "Look up and update the national code tables"),
    "import": ("import_", "Import records from xlsx or csv"),
    "export": ("export", "Export records to xlsx or csv"),
    "demo": ("demo", "Load the demo consortium and its year"),
    "match": ("match", "Match open needs with open offers"),
    "serve": ("serve", "Serve the site and work off its jobs"),
    "work": ("work", "Work off background jobs"),
    "manage": ("manage", "Run a Django management command"),
}


class _Commands(LazyGroup):
    modules = COMMANDS


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chanjiao")
def root() -> None:
    """Chanjiao (产教) runs an industry–education consortium."""


def main() -> None:
    """Run the command and exit: 0 done, 1 the answer is no, 2 bad arguments or unreadable input."""
    language = terminal_language(os.environ)
    try:
        status = root.main(standalone_mode=False)
    except ChanjiaoError as error:
        for one in error.errors if isinstance(error, Rejected) else [error]:
            click.echo(words_of(one, language), err=True)
        sys.exit(1 if kind_of(error) is Kind.CONFLICT else 2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    sys.exit(status if isinstance(status, int) else 0)
