"""Places that were given back go on to the next in line, by the engine's own rule over the published files."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np

from chanjiao.apps.placement.models import PlacementRun
from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.allocation import Outcome, next_in_line, verify
from chanjiao.engines.allocation.round_files import Round, read_round


def continued(
    run: PlacementRun, held: Mapping[str, str], *, present: Collection[str], confirmed: Collection[str]
) -> dict[str, tuple[str, int]]:
    """Alias → (seat, rank) once free places have gone to the next in line; names are those of the run's files.

    `held` says who holds which seat now. Nobody who holds a place gets a worse one, those `confirmed` keep theirs, and
    those of the files who are not `present` any more get none. Refused with `allocation.not_verified` where the
    verifier finds a fault.
    """
    round_ = _round_of(run)
    index = {alias: at for at, alias in enumerate(round_.students)}
    outcome = _outcome(round_, run, held, index)
    made = next_in_line(
        round_.problem, outcome, method=run.method,
        withdrawn=[at for alias, at in index.items() if alias not in present],
        confirmed=[index[alias] for alias in confirmed],
    )  # fmt: skip
    verdict = verify(made.problem, made.solved)
    if not (verdict.stable if run.method == "stable" else verdict.feasible):
        raise ChanjiaoError("allocation.not_verified", faults="blocking")
    after, start = made.outcome, round_.problem.start
    placed = np.flatnonzero(after.seat >= 0).tolist()
    return {
        round_.students[one]: (
            round_.seats[after.seat[one]], int(round_.rank[start[one] + after.position[one]])
        )
        for one in placed
    }  # fmt: skip


def _round_of(run: PlacementRun) -> Round:
    with tempfile.TemporaryDirectory() as made, zipfile.ZipFile(io.BytesIO(bytes(run.files))) as archive:
        archive.extractall(made)
        return read_round(Path(made) / "round", int(run.seed))


def _outcome(round_: Round, run: PlacementRun, held: Mapping[str, str], index: Mapping[str, int]) -> Outcome:
    """The placement as it stands now, seats closed as in the run."""
    places = {name: at for at, name in enumerate(round_.seats)}
    problem = round_.problem
    seat = np.full(problem.students, -1, np.int32)
    position = np.full(problem.students, -1, np.int32)
    for alias, name in held.items():
        one = index[alias]
        own = problem.seat[problem.start[one] : problem.start[one + 1]]
        seat[one] = places[name]
        position[one] = int(np.flatnonzero(own == places[name])[0])
    closed = tuple(places[name] for name in run.certificate.get("closed", []))
    return Outcome(run.method, seat, position, closed)
