"""A gathered problem solved and verified, and the answer as plain values that can be stored."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chanjiao.apps.plans.capacity import Key
    from chanjiao.apps.plans.snapshot import Gathered
    from chanjiao.engines.planning import Change, Plan, Problem

Solver = Callable[["Problem", Callable[[], bool]], "Plan"]
"""Solves a problem, and ends with its best so far once what it is given says so."""
PRICED = 1e-6


@dataclass(frozen=True, slots=True)
class Figures:
    """People summed over the years of a plan, beside those of everybody keeping today's intake."""

    shortage: int
    surplus: int
    shortage_today: int
    surplus_today: int
    seats: int
    seats_today: int
    points: int
    changed: int
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Made:
    """A verified answer."""

    plan: Plan
    problem: Problem
    problem_hash: str
    checked: float
    figures: Figures
    prices: list[dict[str, object]]
    changes: list[tuple[Key, Change]]
    files: bytes

    def limit(self, row: int) -> dict[str, object]:
        """A limit by its kind, college, class and year."""
        return _told(self.problem, row)


def made(gathered: Gathered, problem: Problem, plan: Plan) -> Made:
    """The answer with its figures; `planning.failed_verification` where the verifier finds a fault."""
    from chanjiao.engines.planning import changes_of, prices_of, verified

    checked = verified(gathered, problem, plan).objective
    changes = changes_of(problem, plan)
    keys = [(problem.points[one.point].college, problem.points[one.point].programme) for one in changes]
    prices = [
        {
            **_told(problem, price.limit), "limit": problem.limits[price.limit].amount,
            "used": round(price.used, 6), "openings": round(price.openings, 3),
        }
        for price in prices_of(problem, plan)
        if price.price > PRICED
    ]  # fmt: skip
    figures = _figures(problem, plan, [str(one.direction) for one in changes])
    found = list(zip(keys, changes, strict=True))
    return Made(plan, problem, problem.hash(), checked, figures, prices, found, _files(gathered))


def _told(problem: Problem, row: int) -> dict[str, object]:
    from chanjiao.apps.plans.capacity import parts_of

    limit = problem.limits[row]
    kind, group = parts_of(limit.resource)
    return {"kind": kind, "college": int(limit.college), "class": group, "year": limit.year}


def _figures(problem: Problem, plan: Plan, directions: list[str]) -> Figures:
    import numpy as np

    from chanjiao.engines.planning.arrays import supply_of

    def unmet(supply: np.ndarray) -> tuple[int, int]:
        short, over = np.maximum(0, problem.short_against - supply), np.maximum(0, supply - problem.surplus_against)
        return round(float(short.sum())), round(float(over.sum()))

    years = len(problem.years)
    today = np.repeat(problem.seats_now[:, None], years, axis=1)
    shortage, surplus = unmet(plan.supply)
    shortage_today, surplus_today = unmet(supply_of(problem, today))
    return Figures(
        shortage, surplus, shortage_today, surplus_today,
        seats=round(float(plan.intake.sum())), seats_today=round(float(today.sum())), points=len(problem.points),
        changed=len(directions), opened=directions.count("opened"), closed=directions.count("closed"),
    )  # fmt: skip


def _files(gathered: Gathered) -> bytes:
    """The tables that `chanjiao plan` reads, in a zip without times, so that equal problems give equal bytes."""
    from chanjiao.engines.planning.tables import COLUMNS

    tables: dict[str, Iterable[object]] = {
        "programmes": gathered.points, "links": gathered.links, "demand": gathered.demands,
        "limits": gathered.limits, "uses": gathered.uses,
    }  # fmt: skip
    settings = {name: value for name, value in asdict(gathered.settings).items() if name not in ("robust", "relax")}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), _table(COLUMNS[name], rows))
        archive.writestr(zipfile.ZipInfo("settings.json"), json.dumps(settings))
    return stream.getvalue()


def _table(columns: tuple[str, ...], rows: Iterable[object]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        values = asdict(row)  # type: ignore[call-overload]
        values["limit"] = values.get("amount")
        writer.writerow([values[column] for column in columns])
    return stream.getvalue()
