"""The published files of a placement: what they hold, and reading them back for the verifier."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from chanjiao.engines.allocation.columns import finite_numbers, read_chunks, references, whole_numbers
from chanjiao.engines.allocation.fits import fits_of
from chanjiao.engines.allocation.lottery import commitment_of
from chanjiao.engines.allocation.name_index import NameIndex
from chanjiao.engines.allocation.outcome import ENGINE, VERSION, Dual, Outcome
from chanjiao.engines.allocation.problem import Ints, problem_hash
from chanjiao.engines.allocation.round_files import LARGEST_RANK, SCORE_DIGITS, Round
from chanjiao.engines.allocation.verify import Verdict, shortfall
from chanjiao.engines.errors import ChanjiaoError

_PRICE_DIGITS = SCORE_DIGITS + 1  # a place by which a minimum is missed costs twice the largest fit
_QUOTE = '"'
_SIGNS = (",", _QUOTE, "\n")


def certificate(round_: Round, outcome: Outcome, verdict: Verdict, seed: int) -> dict[str, object]:
    """The certificate: identity of the problem, the verifier's findings and the figures of the round."""
    problem = round_.problem
    gap = None if outcome.bound is None or outcome.objective is None else max(outcome.bound - outcome.objective, 0.0)
    return {
        "engine": ENGINE,
        "version": VERSION,
        "method": outcome.method,
        "seed": seed,
        "seed_commitment": commitment_of(seed),
        "lottery": "SHA-256 of seed:student, first 8 bytes, smallest first",
        "problem_hash": problem_hash(problem, round_.students, round_.seats),
        "students": problem.students,
        "seats": problem.seats,
        "places": int(problem.capacity.sum()),
        "choices": int(problem.seat.size),
        "unscored_choices": round_.unscored,
        "feasible": verdict.feasible,
        "blocking_pairs": verdict.blocking_pairs,
        "placed": verdict.placed,
        "unplaced": problem.students - verdict.placed,
        "rank_histogram": rank_counts(round_, outcome),
        "closed": [round_.seats[seat] for seat in outcome.closed],
        "shortfall": shortfall(problem, outcome),
        "objective": total_fit(round_, outcome) if outcome.objective is None else outcome.objective,
        "bound": outcome.bound,
        "gap": gap,
    }


def total_fit(round_: Round, outcome: Outcome) -> float:
    """The total fit of the placed students, which a stable placement does not try to raise."""
    placed = np.flatnonzero(outcome.position >= 0)
    return float(fits_of(round_.problem)[round_.problem.start[placed] + outcome.position[placed]].sum())


def rank_counts(round_: Round, outcome: Outcome) -> dict[str, int]:
    """How many students hold a choice of each rank, by the rank as given, in order."""
    placed = np.flatnonzero(outcome.position >= 0)
    ranks = round_.rank[round_.problem.start[placed] + outcome.position[placed]]
    value, count = np.unique(ranks, return_counts=True)
    return {str(rank): int(students) for rank, students in zip(value.tolist(), count.tolist(), strict=True)}


def write_placements(path: Path, round_: Round, outcome: Outcome) -> None:
    """`placements.csv`: student,seat,rank for every student with a place."""
    placed = np.flatnonzero(outcome.position >= 0)
    ranks = round_.rank[round_.problem.start[placed] + outcome.position[placed]]
    students = [round_.students[one] for one in placed.tolist()]
    seats = [round_.seats[seat] for seat in outcome.seat[placed].tolist()]
    write_columns(path, {"student": students, "seat": seats, "rank": list(map(str, ranks.tolist()))})


def write_prices(path: Path, round_: Round, outcome: Outcome) -> None:
    """`prices.csv`: kind,name,price of each seat and limit whose price or reward is not 0."""
    dual = outcome.dual
    assert dual is not None
    names = [limit.name for limit in round_.problem.limits]
    kinds, owned, values = [], [], []
    for kind, owners, prices in (
        ("seat", round_.seats, dual.seat),
        ("seat minimum", round_.seats, dual.below),
        ("limit", names, dual.limit),
        ("limit minimum", names, dual.limit_below),
    ):
        nonzero = np.flatnonzero(prices != 0).tolist() if prices.size else []
        kinds += [kind] * len(nonzero)
        owned += [owners[index] for index in nonzero]
        values += [repr(float(prices[index])) for index in nonzero]
    write_columns(path, {"kind": kinds, "name": owned, "price": values})


def write_columns(path: Path, columns: Mapping[str, Sequence[str]]) -> None:
    """A CSV file of the columns under their names; only cells that need quotes get them."""
    rows = map(",".join, zip(*map(_quoted, columns.values()), strict=True))
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("\n".join([",".join(columns), *rows, ""]))


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    said = "".join(cells)
    if not any(sign in said for sign in _SIGNS):
        return cells
    if _QUOTE in said:
        cells = [cell.replace(_QUOTE, _QUOTE * 2) for cell in cells]
    return [f'"{cell}"' if "," in cell or "\n" in cell or _QUOTE in cell else cell for cell in cells]


def read_certificate(path: Path) -> dict[str, object]:
    """The certificate as published."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ChanjiaoError("file.missing", path=str(path)) from None
    except (OSError, ValueError) as error:
        raise ChanjiaoError("json.malformed", place=path.name, reason=str(error)) from None
    if not isinstance(found, dict):
        raise ChanjiaoError("json.malformed", place=path.name, reason=type(found).__name__)
    return found


def read_prices(path: Path, round_: Round) -> Dual:
    """The prices as published; what is not named costs 0."""
    problem = round_.problem
    dual = Dual(
        np.zeros(problem.seats), np.zeros(problem.seats), np.zeros(len(problem.limits)), np.zeros(len(problem.limits))
    )
    seats = {name: index for index, name in enumerate(round_.seats)}
    limits = {limit.name: index for index, limit in enumerate(problem.limits)}
    targets = {
        "seat": (dual.seat, seats), "seat minimum": (dual.below, seats),
        "limit": (dual.limit, limits), "limit minimum": (dual.limit_below, limits),
    }  # fmt: skip
    for chunk in read_chunks(path, ["kind", "name", "price"]):
        price = finite_numbers(chunk, "price", _PRICE_DIGITS)
        for row, (kind, name) in enumerate(zip(chunk.texts("kind"), chunk.texts("name"), strict=True)):
            array, index = targets.get(kind, (dual.seat, {}))
            if name not in index:
                raise ChanjiaoError(
                    "table.unknown_reference", place=chunk.place(row), what=kind, value=name, where="the round"
                )
            array[index[name]] = price[row]
    return dual


def read_placements(path: Path, round_: Round) -> tuple[Ints, Ints, Ints]:
    """(student, seat, rank) of each row; raises where a name is unknown."""
    students, seats = NameIndex(round_.students), NameIndex(round_.seats)
    parts = []
    for chunk in read_chunks(path, ["student", "seat", "rank"]):
        parts.append(
            (references(chunk, "student", students, "students.csv"), references(chunk, "seat", seats, "seats.csv"),
             whole_numbers(chunk, "rank", 1, LARGEST_RANK))
        )  # fmt: skip
    student, seat, rank = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return student, seat, rank


def read_reasons(path: Path, round_: Round) -> tuple[Ints, list[str]]:
    """(student, reason) of each row; raises where a student is unknown."""
    index, students, reasons = NameIndex(round_.students), [], []
    for chunk in read_chunks(path, ["student", "reason"]):
        students.append(references(chunk, "student", index, "students.csv"))
        reasons += chunk.texts("reason")
    return np.concatenate(students), reasons
