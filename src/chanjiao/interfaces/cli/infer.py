"""`chanjiao infer`: what the engine concludes where no official table says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.fields import Row, read_identified, string, strings, wrong
from chanjiao.interfaces.cli.files import progress, write_json_line, written_whole
from chanjiao.interfaces.cli.wording import say

if TYPE_CHECKING:
    from chanjiao.engines.matching.items import Evidence
    from chanjiao.engines.matching.programme_model import Programme
    from chanjiao.engines.matching.programmes import Destination

NOTHING_TO_GO_BY = N_("nothing is inferred, since neither name nor courses hold a letter")
LEVELS = ("secondary", "associate", "bachelor")


@click.group()
def command() -> None:
    """Infer what no official table says."""


@command.command()
@click.option("--programmes", required=True, metavar="P.jsonl", help="Lines of id, level, name and courses.")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="Minor groups a programme.")
@click.option("--output", default="-", metavar="R.jsonl", help="Where the answer goes; - is standard output.")
@click.option("--inferred-only", is_flag=True, help="Leave the official links of each programme aside.")
def occupations(programmes: str, top: int, output: str, inferred_only: bool) -> None:
    """Rank the minor groups of occupations that each programme leads to."""
    asked = _read(programmes)
    from chanjiao.engines.matching.programmes import destinations

    with progress() as bars, written_whole(output) as stream:
        for programme in bars.track(asked, description="infer"):
            ranked = destinations(programme, top, inferred_only=inferred_only)
            for found in ranked:
                write_json_line(stream, _as_json(found))
            if not ranked:
                click.echo(f"{programme.id}: {say(NOTHING_TO_GO_BY)}", err=True)


def _read(path: str) -> list[Programme]:
    from chanjiao.engines.matching.programme_model import Programme

    return [
        Programme(identity, _level(place, row), string(place, row, "name"), strings(place, row, "courses"))
        for place, identity, row in read_identified(path)
    ]


def _level(place: str, row: Row) -> str:
    level = row.get("level")
    if not isinstance(level, str) or level not in LEVELS:
        raise wrong(place, "level", level, ", ".join(LEVELS))
    return level


def _as_json(found: Destination) -> dict[str, object]:
    return {
        "programme": found.programme,
        "code": found.code,
        "name": found.name,
        "rank": found.rank,
        "score": round(found.score, 6),
        "source": found.source,
        "reasons": [_reason(line) for line in found.reasons],
    }


def _reason(line: Evidence) -> dict[str, object]:
    return {
        "factor": line.how,
        "value": round(line.strength, 4),
        "evidence": [part for part in (line.offer, line.need) if part],
    }
