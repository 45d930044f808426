"""`chanjiao plan`: the intake of every programme point and year, with its bound and its reasons."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.cli.files import folder_written_whole, progress, read_csv, read_utf8

if TYPE_CHECKING:
    from chanjiao.engines.planning import Demand, Limit, Link, Note, Plan, Point, Problem, Settings, Use, Verdict

Row = TypeVar("Row")
NOT_EMPTY = {"programmes": "planning.nothing_to_plan", "demand": "planning.no_demand"}
"""Table → the error where it has no rows."""


@click.command(name="plan")
@click.argument("folder", metavar="DIR")
@click.option("--output", required=True, metavar="OUT", help="Folder for plan.csv, gaps.csv and report.json.")
@click.option("--relax", is_flag=True, help="Drop whole steps and openings: a linear programme.")
@click.option("--robust", is_flag=True, help="Count shortage against high and surplus against low demand.")
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds.")
@click.option("--gap", type=click.FloatRange(min=0.0), default=1e-6, show_default=True, help="Stop at this gap.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
def command(*, folder: str, output: str, relax: bool, robust: bool, time_limit: float, gap: float, seed: int) -> None:
    """Plan the intake of the programmes in DIR."""
    from chanjiao.engines.planning import Effort, problem_of_tables, verified

    tables = _Tables(folder, relax=relax, robust=robust)
    problem = problem_of_tables(tables)
    plan = _solved(problem, Effort(seconds=time_limit, gap=gap, seed=seed))
    verdict = verified(tables, problem, plan)
    _write(output, tables=tables, problem=problem, plan=plan, verdict=verdict, seed=seed)
    click.echo(f"{plan.objective:.6g} ≥ {plan.bound:.6g} ({100 * plan.gap:.3g} %)", err=True)


class _Tables:
    """The tables of a folder as rows."""

    def __init__(self, folder: str, *, relax: bool, robust: bool) -> None:
        from chanjiao.engines.planning import tables

        if not Path(folder).is_dir():
            raise ChanjiaoError("file.missing", path=folder)
        self._folder = Path(folder)
        self.points: list[Point] = self._rows("programmes", tables.points_of)
        self.links: list[Link] = self._rows("links", tables.links_of)
        self.demands: list[Demand] = self._rows("demand", tables.demands_of)
        self.limits: list[Limit] = self._rows("limits", tables.limits_of)
        self.uses: list[Use] = self._rows("uses", tables.uses_of)
        self.settings: Settings
        self.notes: list[Note]
        self.settings, self.notes = tables.settings_of("settings.json", self._settings(), robust=robust, relax=relax)

    def _rows(self, name: str, parse: Callable[..., list[Row]]) -> list[Row]:
        from chanjiao.engines.planning.tables import COLUMNS

        path = self._folder / f"{name}.csv"
        rows = parse((Path(place).name, row) for place, row in read_csv(str(path), COLUMNS[name]))
        if not rows and name in NOT_EMPTY:
            raise ChanjiaoError(NOT_EMPTY[name], place=path.name)
        return rows

    def _settings(self) -> object:
        path = self._folder / "settings.json"
        if not path.exists():
            return {}
        try:
            return json.loads(read_utf8(str(path)), object_pairs_hook=_once)
        except ValueError as error:
            raise ChanjiaoError("json.malformed", place="settings.json", reason=str(error)) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The pairs of a JSON object; a name that stands twice is refused, for one of its values would be lost."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ChanjiaoError("table.duplicate", place="settings.json", value=name, first="settings.json")
        found[name] = value
    return found


def _solved(problem: Problem, effort: object) -> Plan:
    from chanjiao.engines.planning import Effort, solve

    assert isinstance(effort, Effort)
    with progress() as bars:
        task = bars.add_task("", total=100)
        first: list[float] = []

        def shown(objective: float, bound: float) -> None:
            gap = max(0.0, objective - bound) / max(abs(objective), 1e-9)
            first.append(gap)
            done = 100 * (1 - gap / max(first[0], 1e-12)) if gap > effort.gap else 100
            bars.update(task, completed=min(100, int(done)), description=f"{objective:.6g} ({100 * gap:.3g} %)")

        return solve(problem, effort, shown)


def _write(output: str, *, tables: _Tables, problem: Problem, plan: Plan, verdict: Verdict, seed: int) -> None:
    from chanjiao.core.words import terminal_language
    from chanjiao.interfaces.cli.plan_report import report_of

    report = report_of(problem, plan, seed=seed, notes=tables.notes, language=terminal_language(os.environ))
    with folder_written_whole(output) as folder:
        _write_plan(folder / "plan.csv", problem, plan)
        _write_gaps(folder / "gaps.csv", tables, verdict)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(text + "\n", encoding="utf-8")


def _write_plan(path: Path, problem: Problem, plan: Plan) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(["college", "programme", "year", "intake", "open"])
        for number, point in enumerate(problem.points):
            for t, year in enumerate(problem.years):
                is_open = int(plan.is_open[number, t])
                rows.writerow([point.college, point.programme, year, _figure(plan.intake[number, t]), is_open])


def _write_gaps(path: Path, tables: _Tables, verdict: Verdict) -> None:
    """Gap is demand minus supply; shortage and surplus are what the objective counts."""
    robust = tables.settings.robust
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(["occupation", "year", "demand", "supply", "gap", "shortage", "surplus"])
        for row in tables.demands:
            supply = verdict.supply.get((row.occupation, row.year), 0.0)
            short = max(0.0, (row.high if robust else row.expected) - supply)
            over = max(0.0, supply - (row.low if robust else row.expected))
            figures = map(_figure, (row.expected, supply, row.expected - supply, short, over))
            rows.writerow([row.occupation, row.year, *figures])


def _figure(value: float) -> str:
    return f"{round(float(value), 9) + 0.0:.12g}"
