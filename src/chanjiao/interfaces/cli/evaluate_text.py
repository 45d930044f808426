"""`chanjiao evaluate text`: precision, recall and F1 per field, and character errors per damage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from chanjiao.engines.text.evaluation.score import Score

STORY_SPLITS = (
    "dev",
    "test",
    "tuning",
    "held",
    "fresh",
    "closing",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "generated",
)
SPLITS = (*STORY_SPLITS, "late", "last", "test2", "closing2", "closing3")


@click.command(name="text")
@click.option("--split", type=click.Choice(SPLITS), multiple=True, help="Which stories; all of them by default.")
@click.option("--seeds", default=200, show_default=True, help="How many generated stories.")
@click.option("--damaged", is_flag=True, help="Damage each story before it is read.")
@click.option("--papers", is_flag=True, help="Score job advertisements, visit reports and the like instead of stories.")
def command(split: tuple[str, ...], seeds: int, damaged: bool, papers: bool) -> None:
    """Score repair and extraction on stories written by hand and on generated ones."""
    if papers:
        _score_papers(split)
        return
    from chanjiao.engines.text import extract
    from chanjiao.engines.text.damage import damage
    from chanjiao.engines.text.evaluation import FIELDS, score_stories, written_stories
    from chanjiao.engines.text.evaluation.generate import generated_story
    from chanjiao.engines.text.evaluation.repairs import character_errors

    first_seed = 10_000  # the seeds below were looked at while the rules were written
    made = [generated_story(first_seed + seed) for seed in range(seeds)]
    sets = {name: [story for story in (*written_stories(), *made) if story.split == name] for name in STORY_SPLITS}
    for name in split or STORY_SPLITS:
        click.echo(f"{name}: {len(sets[name])} stories")
        read = (lambda text: extract(damage(text, style="annotated"))) if damaged else extract
        scores = score_stories(sets[name], read)
        _print_scores({field: scores[field] for field in FIELDS})
    click.echo("repair: character errors")
    for style, (wrong, size) in character_errors([story.text for story in sets["test"] + made[:100]]).items():
        click.echo(f"  {style:32}{wrong / max(size, 1):10.6f}{wrong:10d} of {size}")


def _score_papers(split: tuple[str, ...]) -> None:
    from chanjiao.engines.text.papers import read_paper
    from chanjiao.engines.text.papers.evaluation import PAPER_SPLITS, score_documents, written_documents

    for name in PAPER_SPLITS:
        documents = [one for one in written_documents() if one.split == name]
        if split and name not in split:
            continue
        click.echo(f"{name}: {len(documents)} papers")
        _print_scores(score_documents(documents, read_paper))


def _print_scores(scores: Mapping[str, Score]) -> None:
    click.echo(f"  {'field':32}{'precision':>10}{'recall':>10}{'F1':>10}{'wanted':>10}")
    for field, one in scores.items():
        click.echo(f"  {field:32}{one.precision:10.3f}{one.recall:10.3f}{one.f1:10.3f}{one.wanted:10d}")
