"""The relaxation of a region stated in the words of a modelling package; linopy is no requirement of the project."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from chanjiao.engines.planning import Problem
from chanjiao.engines.planning.arrays import supply_before


def by_linopy(problem: Problem) -> Any:
    """The relaxation in linopy, handed to HiGHS but not solved."""
    linopy, xarray = importlib.import_module("linopy"), importlib.import_module("xarray")

    def table(values: np.ndarray, first: str) -> Any:
        return xarray.DataArray(values, dims=(first, "year"), coords=[range(values.shape[0]), range(values.shape[1])])

    points, years = len(problem.points), len(problem.years)
    model = linopy.Model()
    most = table(np.repeat(problem.seats_max[:, None], years, 1), "point")
    intake = model.add_variables(lower=0, upper=most, name="intake")
    rise = model.add_variables(lower=0, coords=most.coords, name="rise")
    fall = model.add_variables(lower=0, coords=most.coords, name="fall")
    wanted = table(problem.short_against - supply_before(problem), "occupation")
    short = model.add_variables(lower=0, coords=wanted.coords, name="shortage")
    over = model.add_variables(lower=0, coords=wanted.coords, name="surplus")
    today = np.zeros((points, years))
    today[:, 0] = problem.seats_now
    model.add_constraints(intake - intake.shift(year=1) - rise + fall == table(today, "point"), name="change")
    supply = _grouped(xarray, intake, problem.supply.tocoo(), "occupation", problem.duration)
    model.add_constraints(supply + short - over == wanted, name="balance")
    _limits(xarray, model, intake, problem)
    weights = problem.settings
    model.add_objective(
        weights.shortage * short.sum() + weights.surplus * over.sum() + weights.change * (rise.sum() + fall.sum())
    )
    return model.to_highspy()


def _grouped(xarray: Any, intake: Any, entries: Any, name: str, lag: np.ndarray) -> Any:
    """Σ value · intake of `entries` (rows by points) by row, each `lag` years later."""
    total = None
    for years in np.unique(lag):
        kept = lag[entries.col] == years
        value = xarray.DataArray(entries.data[kept], dims="entry")
        picked = (1 * intake).isel(point=xarray.DataArray(entries.col[kept], dims="entry")).shift(year=int(years))
        part = (value * picked).groupby(xarray.DataArray(entries.row[kept], dims="entry", name=name)).sum()
        total = part if total is None else total + part
    return total


def _limits(xarray: Any, model: Any, intake: Any, problem: Problem) -> None:
    for t in range(len(problem.years)):
        rows = np.flatnonzero(problem.limit_year == t)
        entries = problem.use[rows].tocoo()
        nothing = np.zeros(len(problem.points), np.int64)
        used = _grouped(xarray, intake.isel(year=[t]), entries, "limit", nothing)
        model.add_constraints(used <= xarray.DataArray(problem.limit_amount[rows], dims="limit"), name=f"limit{t}")
