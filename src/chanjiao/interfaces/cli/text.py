"""`chanjiao text`: repair damaged text, extract facts from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chanjiao.interfaces.cli.files import read_bytes, read_from, write_json_line, written_whole

if TYPE_CHECKING:
    from chanjiao.engines.text import Extraction

READ_KINDS = ("job_advertisement", "visit_report", "technical_problem", "course_outline", "policy_notice")


@click.group(name="text")
def command() -> None:
    """Repair damaged text and extract facts from it."""


@command.command()
@click.argument("source", metavar="IN")
@click.option("--output", default="-", show_default=True, help="File for the repaired text.")
def repair(source: str, output: str) -> None:
    """Write the repaired text of IN (- is standard input)."""
    from chanjiao.engines.text.decode import SIZE_LIMIT, decode
    from chanjiao.engines.text.repair import repair as repair_text

    with read_from(source):
        repaired = repair_text(decode(read_bytes(source, SIZE_LIMIT)))
    with written_whole(output) as stream:
        stream.write(repaired.text)
    if repaired.doubtful:
        click.echo(f"{source}: {', '.join(repaired.reasons)}", err=True)


@command.command()
@click.argument("source", metavar="IN")
@click.option("--output", default="-", show_default=True, help="File for the facts, one JSON object.")
@click.option("--model", is_flag=True, help="Ask the model of CHANJIAO_TEXT_MODEL too.")
def extract(source: str, output: str, model: bool) -> None:
    """Write the facts of IN (text, docx, PDF with text, xlsx or HTML; - is standard input) as one JSON object."""
    from chanjiao.engines.text import SIZE_LIMIT
    from chanjiao.engines.text import extract as extract_facts
    from chanjiao.engines.text.documents import text_of

    with read_from(source):
        facts = extract_facts(text_of(read_bytes(source, SIZE_LIMIT)))
    if model:
        facts = _asked(facts)
    with written_whole(output) as stream:
        write_json_line(stream, facts.as_contract())


@command.command()
@click.argument("source", metavar="IN")
@click.option("--output", default="-", show_default=True, help="File for the facts, one JSON object.")
@click.option("--kind", type=click.Choice(READ_KINDS), help="Read IN as this kind; by default its words tell.")
@click.option("--codes/--no-codes", default=True, help="Whether national codes are proposed.")
def read(source: str, output: str, kind: str | None, codes: bool) -> None:
    """Write what IN says (a job advertisement, visit report, technical problem, course outline or policy notice)."""
    from chanjiao.engines.text import SIZE_LIMIT
    from chanjiao.engines.text import repair as repair_text
    from chanjiao.engines.text.documents import text_of
    from chanjiao.engines.text.papers import PaperKind, read_paper

    with read_from(source):
        text = repair_text(text_of(read_bytes(source, SIZE_LIMIT))).text
    paper = read_paper(text, PaperKind(kind) if kind else None)
    if codes:
        from chanjiao.engines.text.papers.codes import with_codes

        paper = with_codes(paper)
    with written_whole(output) as stream:
        write_json_line(stream, paper.as_contract())


@command.command()
@click.argument("sources", metavar="FILES...", nargs=-1, required=True)
@click.option("--least", default=0.5, show_default=True, help="Part of the shorter text that must be in the other.")
@click.option("--output", default="-", show_default=True, help="File for the groups, one JSON object a line.")
def duplicates(sources: tuple[str, ...], least: float, output: str) -> None:
    """Write which of FILES tell the same story, whatever their headers, credits and damage."""
    from chanjiao.engines.text import SIZE_LIMIT
    from chanjiao.engines.text.documents import text_of
    from chanjiao.engines.text.duplicates import groups_of, same_stories

    texts = []
    for source in sources:
        with read_from(source):
            texts.append(text_of(read_bytes(source, SIZE_LIMIT)))
    pairs = same_stories(texts, least=least)
    with written_whole(output) as stream:
        for group in groups_of(pairs):
            evidence = [
                {"first": sources[p.first], "second": sources[p.second], "shared": p.shared, "passage": p.passage}
                for p in pairs
                if p.first in group
            ]
            write_json_line(stream, {"files": [sources[place] for place in group], "evidence": evidence})


def _asked(facts: Extraction) -> Extraction:
    """The facts with those that the site's larger model finds besides."""
    import os

    from chanjiao.core.errors import ChanjiaoError
    from chanjiao.core.text_model import text_model
    from chanjiao.engines.text.asked import with_model

    ask = text_model(os.environ)
    if ask is None:
        raise ChanjiaoError("text.no_model")
    return with_model(facts, ask)
