"""`chanjiao match`: match everything open on this site, and tell the best with their reasons."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from chanjiao.core.words import terminal_language, translate
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.start import ready_site
from chanjiao.interfaces.cli.wording import say

if TYPE_CHECKING:
    from chanjiao.apps.matching.models import MatchRun
    from chanjiao.apps.matching.shown import MatchRow
    from chanjiao.interfaces.web.matching.words import Reason

BRIEF = 4
"""Factors told of each match."""


@click.command("match")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many matches to tell.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: the run and its best matches.")
def command(top: int, as_json: bool) -> None:
    """Match open needs with open offers and tell the best match of each need, the best first."""
    ready_site()
    from chanjiao.apps.matching.actions.run_matching import run_matching
    from chanjiao.core import clock
    from chanjiao.core.permissions import SYSTEM

    run = run_matching(actor=SYSTEM, now=clock.now())
    if as_json:
        click.echo(json.dumps(_as_object(run, best_with_reasons(top)), ensure_ascii=False, indent=1))
        return
    for line in told(run, top):
        click.echo(line)


def best_with_reasons(top: int) -> list[tuple[MatchRow, list[Reason]]]:
    """The best match of each need, the best `top` of them, with their reasons."""
    from chanjiao.apps.matching.selectors import best_matches
    from chanjiao.core.permissions import SYSTEM

    return [(row, reasons_of(row)) for row in best_matches(SYSTEM, top)]


def reasons_of(row: MatchRow) -> list[Reason]:
    """The reasons of a match in the language of the terminal."""
    from chanjiao.apps.reference.selectors import names_of
    from chanjiao.core.permissions import SYSTEM
    from chanjiao.interfaces.web.matching.words import Teller, places_in

    names = names_of(SYSTEM, [("region", code) for code in places_in(row.factors)])
    places = {code: name for (_system, code), name in names.items()}
    language = terminal_language(os.environ)
    return Teller(lambda words: translate(words, language), row.kind, places).reasons(row.factors, row.score)


def told(run: MatchRun, top: int) -> list[str]:
    """A run and its best matches in lines, in the language of the terminal."""
    figures = {
        "needs": run.needs_count,
        "offers": run.offers_count,
        "pairs": run.pairs_count,
        "time": f"{run.seconds:.1f}",
    }
    lines = [say(N_("{needs} needs and {offers} offers matched: {pairs} pairs in {time} s"), **figures)]
    for place, (row, reasons) in enumerate(best_with_reasons(top), start=1):
        lines += [
            "",
            f"{place:>3}. {round(100 * row.score)}  {row.need_title} ⇄ {row.offer_title}",
            f"     {row.need_organisation} ⇄ {row.offer_organisation}",
        ]
        for reason in reasons[:BRIEF]:
            told_by = reason.sentences[0] if reason.sentences else ""
            lines.append(f"     {reason.points:>3}  {reason.label}  {told_by}".rstrip())
    return lines


def _as_object(run: MatchRun, found: list[tuple[MatchRow, list[Reason]]]) -> dict[str, object]:
    return {
        "engine": run.engine,
        "version": run.engine_version,
        "problem_hash": run.problem_hash,
        "needs": run.needs_count,
        "offers": run.offers_count,
        "pairs": run.pairs_count,
        "refused": run.refused,
        "seconds": round(run.seconds, 3),
        "matches": [
            {
                "id": row.id,
                "score": row.score,
                "state": row.state,
                "need": {"number": row.need_number, "title": row.need_title, "organisation": row.need_organisation},
                "offer": {"number": row.offer_number, "title": row.offer_title, "organisation": row.offer_organisation},
                "reasons": [
                    {"factor": one.code, "label": one.label, "points": one.points, "sentences": list(one.sentences)}
                    for one in reasons
                ],
            }
            for row, reasons in found
        ],
    }
