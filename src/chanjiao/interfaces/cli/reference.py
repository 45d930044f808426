"""`chanjiao reference`: look up and update the national code tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.table_faults import bad_value
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.files import read_utf8
from chanjiao.interfaces.cli.start import ready_site
from chanjiao.interfaces.cli.wording import say
from chanjiao.interfaces.web.reference.words import REASONS

if TYPE_CHECKING:
    from chanjiao.apps.reference.actions.update_reference import Update
    from chanjiao.apps.reference.rules import Edition, Row

SYSTEM_NAMES = ("industry", "occupation", "programme", "major", "region", "institution", "zone")


NO_LONGER = N_("no longer in force")


@click.group("reference")
def command() -> None:
    """Look up and update the national code tables."""


@command.command("find")
@click.argument("query")
@click.option("--system", type=click.Choice(SYSTEM_NAMES), help="Search one code system only.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 200))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def find(query: str, system: str | None, limit: int, as_json: bool) -> int:
    """Find a code by code, name, title, pinyin or a slip of the hand; exit 1 where nothing is found."""
    ready_site()
    from chanjiao.apps.reference.selectors import suggest
    from chanjiao.core.permissions import SYSTEM

    found = suggest(SYSTEM, query, system, limit=limit)
    for one in found:
        if as_json:
            plain: dict[str, object] = {"system": one.system, "code": one.code, "name": one.name, "above": one.above}
            plain |= {"in_force": one.in_force, "reason": one.reason.value, "matched": one.matched}
            click.echo(json.dumps(plain, ensure_ascii=False))
            continue
        mark = "" if one.in_force else f" [{say(NO_LONGER)}]"
        why = say(REASONS[one.reason.value]) + ("" if one.matched in {one.name, one.code} else f" {one.matched}")
        click.echo(f"{one.code}\t{one.name}{mark}\t{one.above}\t{why}")
    if not found and not as_json:
        click.echo(say(N_("Nothing found")), err=True)
    return 0 if found else 1


@command.command("tree")
@click.argument("code")
@click.option("--system", type=click.Choice(SYSTEM_NAMES), help="The code system, where the code is in several.")
@click.option("--depth", default=2, show_default=True, type=click.IntRange(0, 9), help="Levels below the code.")
def tree(code: str, system: str | None, depth: int) -> None:
    """Show what stands above and below a code."""
    ready_site()
    from chanjiao.apps.reference import selectors
    from chanjiao.core.permissions import SYSTEM

    found = False
    for name in [system] if system else SYSTEM_NAMES:
        try:
            term = selectors.term(SYSTEM, name, code)
        except ChanjiaoError:
            continue
        found = True
        above = [*selectors.path(SYSTEM, term), term]
        click.echo(f"{term.system.title} ({term.system.edition})" if term.system.edition else term.system.title)
        for level, one in enumerate(above):
            click.echo(f"{'  ' * level}{one.code}  {one.name}")
        _show_below(name, term.code, depth, len(above))
    if not found:
        raise ChanjiaoError("record.not_found")


def _show_below(system: str, code: str, depth: int, level: int) -> None:
    from chanjiao.apps.reference import selectors
    from chanjiao.core.permissions import SYSTEM

    if depth == 0:
        return
    for one in selectors.children(SYSTEM, system, code):
        click.echo(f"{'  ' * level}{one.code}  {one.name}")
        _show_below(system, one.code, depth - 1, level + 1)


@command.command("update")
@click.argument("system", type=click.Choice(SYSTEM_NAMES))
@click.argument("file")
@click.option("--edition", default="", help="Name of the edition; else the file's `# edition:` line, else its name.")
@click.option("--partial", is_flag=True, help="The file is a part: what it lacks stays in force.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def update(*, system: str, file: str, edition: str, partial: bool, dry_run: bool, as_json: bool) -> None:
    """Take a later edition (CSV or TSV: code, name, and where it has them level, parent, aliases, former)."""
    ready_site()
    from chanjiao.apps.reference.actions.update_reference import update_reference
    from chanjiao.core import clock
    from chanjiao.core.permissions import SYSTEM

    told = update_reference(
        actor=SYSTEM, edition=read_edition(system, file, edition), whole=not partial, now=clock.now(), dry_run=dry_run
    )
    if as_json:
        click.echo(json.dumps(_plain(told, dry_run), ensure_ascii=False))
    else:
        _show(told, dry_run)


def read_edition(system: str, path: str, name: str) -> Edition:
    """The edition in a CSV or TSV file; errors carry file and line."""
    from chanjiao.apps.reference.rules import Edition

    head, table, first = _parted(read_utf8(path))
    rows: list[Row] = []
    seen: dict[str, str] = {}
    for number, row in _records(path, head, table, first):
        place = f"{path}:{number}"
        for column, longest in (("code", 16), ("name", 80)):
            if not 0 < len(row[column]) <= longest:
                raise bad_value(place, column, row[column], N_("1 to {longest} characters"), longest=longest)
        if row["code"] in seen:
            raise ChanjiaoError("table.duplicate", place=place, value=row["code"], first=seen[row["code"]])
        seen[row["code"]] = place
        rows.append(_row(row))
    return Edition(
        system=system,
        title=head.get("title", "").partition("：")[0],
        edition=name or head.get("edition", "") or Path(path).stem,
        source=head.get("source", ""),
        licence=head.get("licence", ""),
        note=head.get("note", ""),
        rows=tuple(rows),
    )


def _parted(text: str) -> tuple[dict[str, str], str, int]:
    """(`# key: value` lines at the top, the rest, the number of its first line)."""
    lines = text.split("\n")
    head: dict[str, str] = {}
    first = 0
    while first < len(lines) and lines[first].startswith("# "):
        key, _, value = lines[first][2:].partition(":")
        head[key.strip()] = value.strip()
        first += 1
    return head, "\n".join(lines[first:]), first + 1


def _records(path: str, head: dict[str, str], table: str, first: int) -> Iterator[tuple[int, dict[str, str]]]:
    tabbed = "\t" in table.partition("\n")[0]
    columns = head["columns"].split() if "columns" in head else None
    reader = csv.DictReader(
        io.StringIO(table, newline=""),
        fieldnames=columns,
        delimiter="\t" if tabbed else ",",
        quoting=csv.QUOTE_NONE if tabbed else csv.QUOTE_MINIMAL,
    )
    found = [name.strip() for name in reader.fieldnames or []]
    for column in ("code", "name"):
        if column not in found:
            raise ChanjiaoError("table.missing_column", place=path, column=column, found=", ".join(found) or "-")
    reader.fieldnames = found
    for row in reader:
        yield reader.line_num + first - 1, {name: (row[name] or "").strip() for name in found}


def _row(row: dict[str, str]) -> Row:
    from chanjiao.apps.reference.rules import Row

    return Row(
        code=row["code"],
        name=row["name"],
        level=row.get("level") or None,
        parent=row.get("parent") or None,
        aliases=tuple(filter(None, row["aliases"].split("|"))) if "aliases" in row else None,
        former=tuple(filter(None, row.get("former", "").split("|"))),
    )


def _plain(told: Update, dry_run: bool) -> dict[str, object]:
    changes = told.changes
    return {
        "dry_run": dry_run,
        "added": [{"code": one.code, "name": one.name} for one in changes.added],
        "renamed": [{"code": one.code, "before": one.before, "after": one.after} for one in changes.renamed],
        "moved": [{"before": one.before, "after": one.after, "name": one.name} for one in changes.moved],
        "placed": [{"code": one.code, "before": one.before, "after": one.after} for one in changes.placed],
        "abolished": [{"code": one.code, "name": one.name} for one in changes.abolished],
        "restored": [{"code": one.code, "name": one.name} for one in changes.restored],
        "touched": [
            {"model": one.model, "field": one.field, "code": one.code, "count": one.count} for one in told.touched
        ],
    }


def _show(told: Update, dry_run: bool) -> None:
    changes = told.changes
    parts: tuple[tuple[str, list[str]], ...] = (
        (N_("Added"), [f"{one.code}  {one.name}" for one in changes.added]),
        (N_("Renamed"), [f"{one.code}  {one.before} → {one.after}" for one in changes.renamed]),
        (N_("Moved to another code"), [f"{one.before} → {one.after}  {one.name}" for one in changes.moved]),
        (N_("Placed elsewhere"), [f"{one.code}  {one.name}  {one.before} → {one.after}" for one in changes.placed]),
        (N_("Abolished"), [f"{one.code}  {one.name}" for one in changes.abolished]),
        (N_("In force again"), [f"{one.code}  {one.name}" for one in changes.restored]),
        (N_("Records touched"), [f"{one.code}  {one.model}.{one.field}  {one.count}" for one in told.touched]),
    )
    for title, lines in parts:
        click.echo(f"{say(title)}: {len(lines)}")
        for line in lines:
            click.echo(f"  {line}")
    if dry_run:
        click.echo(say(N_("Nothing was changed (dry run)")))
