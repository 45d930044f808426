"""`chanjiao rank`: candidates ranked for queries, each place with its reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chanjiao.interfaces.cli.fields import read_identified, string, strings
from chanjiao.interfaces.cli.files import progress, write_json_line, written_whole

if TYPE_CHECKING:
    from chanjiao.engines.matching.items import Factor
    from chanjiao.engines.matching.rank import Ranked, Text


@click.command()
@click.option("--queries", required=True, metavar="Q.jsonl", help="Lines of id and text; kind, codes, skills if known.")
@click.option("--candidates", required=True, metavar="C.jsonl", help="Lines of the same form.")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="Candidates for each query.")
@click.option("--output", default="-", metavar="R.jsonl", help="Where the answer goes; - is standard output.")
@click.option(
    "--encoder", type=click.Path(path_type=Path), metavar="FOLDER", help="A local sentence encoder to join in."
)
@click.option(
    "--encoder-share", type=click.FloatRange(0, 1), metavar="SHARE", help="What it counts of a text, from 0 to 1."
)
def command(
    *, queries: str, candidates: str, top: int, output: str, encoder: Path | None, encoder_share: float | None
) -> None:
    """Rank candidates for queries, with reasons whose values add up to the score."""
    asked, given = _read(queries), _read(candidates)
    from chanjiao.engines.matching.encoders import load_encoder
    from chanjiao.engines.matching.rank import Ranking

    ranking = Ranking(given, encoder=load_encoder(encoder) if encoder else None, encoder_share=encoder_share)
    with progress() as bars, written_whole(output) as stream:
        for query in bars.track(asked, description="rank"):
            for found in ranking.rank(query, top):
                write_json_line(stream, _as_json(found))


def _read(path: str) -> list[Text]:
    from chanjiao.engines.matching.rank import Text

    return [
        Text(
            identity,
            string(place, row, "text"),
            "" if row.get("kind") is None else string(place, row, "kind"),
            strings(place, row, "codes"),
            strings(place, row, "skills"),
        )
        for place, identity, row in read_identified(path)
    ]


def _as_json(found: Ranked) -> dict[str, object]:
    """The line of one answer; the score is the sum of the values as they are printed."""
    reasons = [_reason(factor) for factor in found.factors]
    score = round(sum(round(factor.value, 6) for factor in found.factors), 6)
    return {
        "query": found.query,
        "candidate": found.candidate,
        "rank": found.rank,
        "score": score,
        "reasons": reasons,
    }


def _reason(factor: Factor) -> dict[str, object]:
    evidence = [line.need if line.need == line.offer else f"{line.need} → {line.offer}" for line in factor.evidence]
    return {"factor": factor.code, "value": round(factor.value, 6), "evidence": evidence}
