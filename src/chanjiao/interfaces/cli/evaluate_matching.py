"""`chanjiao evaluate matching`: quality of the matching engine beside plain baselines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chanjiao.core.errors import ChanjiaoError

if TYPE_CHECKING:
    from chanjiao.engines.matching.evaluation import JudgedSet, Judgement

SHOWN = ("MAP", "nDCG@10", "MRR", "R@5", "R@10", "R@50")


@click.command()
@click.option(
    "--public",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Public sets: FOLDER/job-titles/<lang>/{queries,corpus_documents,annotations}.tsv and FOLDER/cip-soc/*.tsv.",
)
@click.option("--baselines/--no-baselines", default=True, help="Also score char TF-IDF and BM25 over words.")
@click.option(
    "--encoder", type=click.Path(path_type=Path), metavar="FOLDER", help="Also score with a local sentence encoder."
)
def command(public: Path | None, baselines: bool, encoder: Path | None) -> None:
    """Print MAP, nDCG@10, MRR and recall with 95 % bootstrap intervals, on the own set and the public ones.

    The public sets are not part of the program. Without --public only the own set is scored: 360 judged pairs over the
    six kinds, the rule of judgement at the head of judged/own.tsv.
    """
    from chanjiao.engines.matching.encoders import load_encoder
    from chanjiao.engines.matching.evaluation import evaluated, evaluated_own, glossed, overlap, own_set
    from chanjiao.engines.matching.stages import stage_scores

    plug_in = load_encoder(encoder) if encoder else None
    click.echo(f"{'set':<24} {'method':<12} {'queries':>7} {'of':>6}  " + "  ".join(f"{name:<17}" for name in SHOWN))
    for judgement in evaluated_own():
        _show(judgement)
    own = own_set()
    found = stage_scores(own.needs, own.offers, own.grades)
    click.echo(
        f"  own, stages on their own: conditions keep {found.kept:.3f} of the relevant and leave out "
        f"{found.refused:.3f} of the rest; retrieval R@{found.cut} {found.recalled:.3f}, "
        f"MAP {found.retrieval_map:.3f}; ranking of all that is permitted MAP {found.ranking_map:.3f}"
    )
    for one in _public(public):
        for judgement in evaluated(one, baselines=baselines, encoder=plug_in):
            _show(judgement)
        known = overlap(one)
        verdict = (
            f"{len(known)} were in the training texts: {', '.join(known[:5])}"
            if known
            else "none was in the training texts"
        )
        click.echo(f"  {one.name}: of {len(one.queries)} queries {verdict}; {glossed(one)} are terms of the glossary")
    if public is None:
        click.echo("Public sets left out: give their folder with --public.")


def _public(folder: Path | None) -> list[JudgedSet]:
    from chanjiao.engines.matching.evaluation import read_crosswalk, read_titles

    if folder is None:
        return []
    if not folder.is_dir():
        raise ChanjiaoError("file.missing", path=str(folder))
    titles = [read_titles(path) for path in sorted(folder.glob("job-titles/*")) if path.is_dir()]
    crosswalk = list(read_crosswalk(folder / "cip-soc")) if (folder / "cip-soc").is_dir() else []
    if not titles and not crosswalk:
        raise ChanjiaoError("file.missing", path=str(folder / "job-titles"))
    return [*titles, *crosswalk]


def _show(judgement: Judgement) -> None:
    cells = [f"{one.mean:.3f} [{one.low:.3f},{one.high:.3f}]" for one in (judgement.reached[name] for name in SHOWN)]
    click.echo(
        f"{judgement.set:<24} {judgement.method:<12} {judgement.queries:>7} {judgement.candidates:>6}  "
        + "  ".join(cells)
    )
