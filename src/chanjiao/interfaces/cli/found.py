"""`chanjiao found`: a founding notice read into a draft, shown, and accepted with `--yes`."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from chanjiao.apps.members.drafting import read_text
from chanjiao.apps.members.facts import FactSheet
from chanjiao.apps.members.plan import Plan, plan
from chanjiao.apps.members.rules import DEFAULT_TERM_YEARS
from chanjiao.core.words import terminal_language
from chanjiao.engines.text import Extraction, decode
from chanjiao.interfaces.cli.draft_shown import draft_lines, outcome_lines, say
from chanjiao.interfaces.cli.files import read_bytes, read_from

if TYPE_CHECKING:
    from chanjiao.apps.members.models import Founding

LIMIT = 10 * 1024 * 1024
YEARS = click.IntRange(1, 20)


@click.command("found")
@click.argument("notice", metavar="IN")
@click.option("--yes", "accepts", is_flag=True, help="Accept the draft: found what it names.")
@click.option("--keep", is_flag=True, help="Keep the draft, to be reviewed on the site's pages.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option(
    "--term",
    default=DEFAULT_TERM_YEARS,
    show_default=True,
    type=click.IntRange(1, 20),
    help="Years that members join for.",
)
def command(notice: str, accepts: bool, keep: bool, as_json: bool, term: int) -> None:
    """Read a founding notice or news story (IN; - is standard input) and show what it founds.

    Nothing is stored without --yes or --keep. The same document twice founds nothing twice.
    """
    content = read_bytes(notice, LIMIT)
    extraction, sheet = _read(content, notice)
    planned = plan(sheet)
    founding, is_new = _stored(content, notice, accepts=accepts, years=term) if accepts or keep else (None, False)
    language = terminal_language(os.environ)
    if as_json:
        click.echo(json.dumps(_as_json(extraction, planned, founding), ensure_ascii=False, indent=1))
        return
    for line in draft_lines(sheet, planned, language):
        click.echo(line)
    click.echo()
    for line in _state_lines(founding, is_new, language):
        click.echo(line)


def _read(content: bytes, notice: str) -> tuple[Extraction, FactSheet]:
    with read_from(notice):
        return read_text(decode(content, limit=LIMIT).replace("\x00", ""))


def _stored(content: bytes, notice: str, *, accepts: bool, years: int) -> tuple[Founding, bool]:
    """The founding, and whether this call changed its state."""
    from chanjiao.interfaces.cli.start import ready_site

    ready_site()
    from chanjiao.apps.members.actions.accept_founding import accept_founding
    from chanjiao.apps.members.actions.read_founding import read_founding
    from chanjiao.apps.members.models import FoundingState
    from chanjiao.core import clock
    from chanjiao.core.permissions import SYSTEM

    name = "" if notice == "-" else os.path.basename(notice)
    founding = read_founding(actor=SYSTEM, content=content, name=name, limit=LIMIT, now=clock.now())
    if not accepts or founding.state != FoundingState.DRAFT:
        return founding, False
    accepted = accept_founding(
        actor=SYSTEM, founding_id=founding.pk, version=founding.version, term_years=years, now=clock.now()
    )
    return accepted, True


def _as_json(extraction: Extraction, planned: Plan, founding: Founding | None) -> dict[str, object]:
    told = extraction.as_contract()
    told["memberships"] = [
        {"consortium": one.consortium, "organisation": one.organisation, "role": one.role, "office": one.office}
        for one in planned.memberships
    ]
    told["goals"] = [
        {"consortium": one.consortium, "kind": one.kind, "text": one.text, "measure": one.measure, "owner": one.owner}
        for one in planned.goals
    ]
    told["founding"] = {"id": founding.pk, "state": founding.state, "outcome": founding.outcome} if founding else None
    return told


def _state_lines(founding: Founding | None, is_new: bool, language: str) -> list[str]:
    if founding is None:
        return [say("Nothing is stored yet: --yes accepts this draft, --keep leaves it for review.", language)]
    if founding.state == "draft":
        words = say("The draft is kept for review at /founding/{number}/", language)
        return [words.format(number=founding.pk)]
    if not is_new:
        return [say("This document was accepted before; nothing was made twice.", language)]
    return outcome_lines(founding.outcome, language)
