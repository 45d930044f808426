"""`chanjiao import KIND FILE`: rows of a file become records; rejected ones come back beside their reasons."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from chanjiao.core.sheets import LIMIT
from chanjiao.core.words import terminal_language, translate
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.files import progress, read_bytes, read_from, require_table, table_written_whole
from chanjiao.interfaces.cli.start import ready_site
from chanjiao.interfaces.cli.wording import say

if TYPE_CHECKING:
    from chanjiao.apps.imports.models import ImportBatch

ROW, ERROR = N_("Row"), N_("Error")
SHOWN_NOTES = 20


@click.command("import")
@click.argument("kind")
@click.argument("file", required=False)
@click.option("--layout", default="", help="The form of the file; the one that fits best unless named.")
@click.option("--sheet", default="", help="The sheet of a workbook; the one that fits best unless named.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Check every row and store nothing.")
@click.option("--again", is_flag=True, help="Import a file that was imported before.")
@click.option("--output", "rejected_path", default="", help="Where rejected rows go; beside the file unless named.")
@click.option("--undo", "undone", type=int, help="Take the import of this number back (FILE is left out).")
def command(
    *,
    kind: str,
    file: str | None,
    layout: str,
    sheet: str,
    is_dry: bool,
    again: bool,
    rejected_path: str,
    undone: int | None,
) -> int:
    """Import FILE (xlsx or csv; - is standard input) as KIND.

    Kinds: organisations, needs, offers, programmes, agreements, projects, milestones, proofs, challenges, answers,
    registrations, and those that the page of imports lists.

    Columns are ours or those of the national data standard. Exit code 1 where rows were rejected.
    """
    ready_site()
    if undone is not None:
        return _undo(undone)
    if file is None:
        raise click.UsageError("FILE is missing")
    require_table(rejected_path or "-")
    from chanjiao.apps.imports.actions.confirm_import import confirm_import
    from chanjiao.apps.imports.actions.discard_import import discard_import
    from chanjiao.apps.imports.actions.start_import import start_import
    from chanjiao.core import clock
    from chanjiao.core.permissions import SYSTEM

    content = read_bytes(file, LIMIT)
    with read_from(file):
        batch = start_import(
            actor=SYSTEM,
            kind=kind,
            content=content,
            name=os.path.basename(file),
            layout=layout,
            sheet=sheet,
            again=again,
            now=clock.now(),
        )
    if not is_dry:
        batch = confirm_import(actor=SYSTEM, batch_id=batch.pk, now=clock.now(), unchecked=True)
    batch = _advanced(batch.pk)
    rejected = _rejected_written(batch, rejected_path or _beside(file))
    click.echo(_summary(batch, is_dry))
    _tell_notes(batch)
    if rejected:
        click.echo(say(N_("{count} rows were rejected; they stand with their reasons in {path}"), **rejected))
    if is_dry:
        discard_import(actor=SYSTEM, batch_id=batch.pk, now=clock.now())
    return 1 if rejected else 0


def _advanced(batch_id: int) -> ImportBatch:
    from chanjiao.apps.imports.actions.advance_import import advance_import
    from chanjiao.core import clock

    with progress() as bars:
        task = bars.add_task(translate(N_("Reading rows"), terminal_language(os.environ)), total=None)
        return advance_import(batch_id=batch_id, now=clock.now(), advanced=lambda rows: bars.advance(task, rows))


def _summary(batch: ImportBatch, is_dry: bool) -> str:
    counts = {name: getattr(batch, name) for name in ("created", "updated", "unchanged")}
    if is_dry:
        return say(N_("Checked: {created} new, {updated} changed, {unchanged} known already; nothing stored"), **counts)
    counts["number"] = batch.pk
    return say(N_("Import {number}: {created} new, {updated} changed, {unchanged} known already"), **counts)


def _beside(file: str) -> str:
    stem, _dot, ending = file.rpartition(".")
    stem, ending = (stem, ending.lower()) if stem and file != "-" else ("import", "csv")
    return f"{stem}-rejected.{'csv' if ending == 'csv' else 'xlsx'}"


def _tell_notes(batch: ImportBatch) -> None:
    """Rows that were read otherwise than they were written, one line each."""
    from chanjiao.apps.imports.selectors import noted_rows
    from chanjiao.core.permissions import SYSTEM

    for row in noted_rows(SYSTEM, batch, terminal_language(os.environ), limit=SHOWN_NOTES):
        click.echo(say(N_("Row {number}: {note}"), number=row.number, note="；".join(row.reasons)))


def _rejected_written(batch: ImportBatch, path: str) -> dict[str, object]:
    """How many rows were rejected and where they stand; empty where none was."""
    from chanjiao.apps.imports.selectors import rejected_rows
    from chanjiao.core.permissions import SYSTEM

    if not batch.rejected:
        return {}
    language = terminal_language(os.environ)
    heading = [translate(ROW, language), translate(ERROR, language), *batch.heading]
    rows = ([str(row.number), "；".join(row.reasons), *row.cells] for row in rejected_rows(SYSTEM, batch, language))
    return {"count": table_written_whole(path, heading, rows), "path": path}


def _undo(number: int) -> int:
    from chanjiao.apps.imports.actions.undo_import import ask_for_undo, undo_import
    from chanjiao.core import clock
    from chanjiao.core.permissions import SYSTEM

    ask_for_undo(actor=SYSTEM, batch_id=number, now=clock.now())
    batch = undo_import(batch_id=number, now=clock.now())
    taken = batch.created + batch.updated - batch.kept
    click.echo(
        say(
            N_("{taken} records taken back, {kept} kept because they were changed or are relied on"),
            taken=taken,
            kept=batch.kept,
        )
    )
    return 1 if batch.kept else 0
