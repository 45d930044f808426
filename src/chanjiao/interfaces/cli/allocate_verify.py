"""`chanjiao allocate-verify`: the verdict over a published placement, by code that shares nothing with the solvers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chanjiao.core.errors import ChanjiaoError, words_of
from chanjiao.core.words import LANGUAGES, filled, terminal_language, translate
from chanjiao.engines.table_faults import bad_value
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.allocate import REASON_WORDS
from chanjiao.interfaces.cli.files import progress

if TYPE_CHECKING:
    from chanjiao.engines.allocation.audit import Fault
    from chanjiao.engines.allocation.problem import Ints
    from chanjiao.engines.allocation.round_files import Round

FAULT_WORDS = {
    "placed_twice": N_("Student {student} is placed more than once"),
    "not_listed": N_("Student {student} is placed at {seat}, which is not in the student's list"),
    "wrong_rank": N_("Student {student} does not have the placed seat at rank {rank}"),
    "over_capacity": N_("{count:# student is|# students are} placed beyond the capacity of the seat"),
    "over_limit": N_("{count:# student is|# students are} placed beyond the limits"),
    "closed_without_minimum": N_("Seat {seat} is said to be closed but has no minimum to miss"),
    "blocking": N_("{count:# pair blocks|# pairs block}, the first is student {student} with seat {seat}"),
    "short_open": N_("{count} open {count:seat holds|seats hold} fewer students than the minimum"),
    "claim_differs": N_("The certificate says {name} {claimed}; found {found}"),
    "split": N_("{count:# group that wants to stay together is|# groups that want to stay together are} split"),
    "commitment_differs": N_("The seed is not the one whose fingerprint the certificate names"),
    "lottery_differs": N_("The lottery does not follow from the seed"),
    "reason_rows": N_("reasons.csv has {rows:# row|# rows} for student {student}; there must be one"),
    "reason_differs": N_("The reason of student {student} does not tell the placement; it should begin: {told}"),
    "bound_broken": N_("The prices prove a bound of {bound}, below the total {objective}: something is miscounted"),
}
HOLDS = N_(
    "The placement holds: {placed} of {students:# student|# students} placed, {blocking} blocking "
    "{blocking:pair|pairs}."
)
FAILS = N_("The placement does not hold: {faults:# fault|# faults}.")


@click.command(name="allocate-verify")
@click.argument("folder", metavar="DIR")
@click.argument("output", metavar="OUT")
def command(folder: str, output: str) -> int:
    """Verify the placement in OUT against the round in DIR; exit 0 when it holds, 1 when not."""
    from chanjiao.engines.allocation.audit import audit
    from chanjiao.engines.allocation.result_files import read_certificate, read_placements, read_prices
    from chanjiao.engines.allocation.round_files import read_round

    language = terminal_language(os.environ)
    with progress() as bars:
        task = bars.add_task("", total=6)

        def step(name: str) -> None:
            bars.update(task, description=name, advance=1)

        certificate = read_certificate(Path(output) / "certificate.json")
        round_ = read_round(Path(folder), _seed(certificate), step)
        step("verify")
        try:
            rows = read_placements(Path(output) / "placements.csv", round_)
            untold = list(_reason_faults(Path(output) / "reasons.csv", round_, rows))
        except ChanjiaoError as error:
            if error.code != "table.unknown_reference":
                raise
            click.echo(words_of(error, language))
            click.echo(filled(translate(FAILS, language), {"faults": 1}))
            return 1
        prices = Path(output) / "prices.csv"
        dual = read_prices(prices, round_) if certificate.get("method") == "best-fit" else None
        verdict, faults = audit(round_, rows, certificate, dual)
        faults += untold
        bars.update(task, completed=6)
    for fault in faults:
        click.echo(filled(translate(FAULT_WORDS[fault.code], language), fault.params))
    if faults:
        click.echo(filled(translate(FAILS, language), {"faults": len(faults)}))
        return 1
    counts = {"students": len(round_.students), "placed": verdict.placed, "blocking": verdict.blocking_pairs}
    click.echo(filled(translate(HOLDS, language), counts))
    return 0


def _reason_faults(path: Path, round_: Round, rows: tuple[Ints, Ints, Ints]) -> Iterator[Fault]:
    """Where there are reasons: the first student without exactly one, or whose reason tells another placement."""
    import numpy as np

    from chanjiao.engines.allocation.audit import Fault
    from chanjiao.engines.allocation.result_files import read_reasons

    if not path.exists():
        return
    students, reasons = read_reasons(path, round_)
    times = np.bincount(students, minlength=len(round_.students))
    for one in np.flatnonzero(times != 1)[:1].tolist():
        yield Fault("reason_rows", {"student": round_.students[one], "rows": int(times[one])})
    openings = [_openings(round_, rows, language) for language in LANGUAGES]
    for one, reason in zip(students.tolist(), reasons, strict=True):
        if not reason.startswith(tuple(told[one] for told in openings)):
            yield Fault("reason_differs", {"student": round_.students[one], "told": openings[-1][one]})
            return


def _openings(round_: Round, rows: tuple[Ints, Ints, Ints], language: str) -> list[str]:
    """How the reason of each student must begin."""
    import numpy as np

    words = {code: translate(text, language) for code, text in REASON_WORDS.items()}
    start = round_.problem.start
    lengths = np.diff(start).tolist()
    told = [filled(words["unplaced" if length else "empty_list"], {"choices": length}) for length in lengths]
    for student, seat, rank in zip(*(column.tolist() for column in rows), strict=True):
        is_first = lengths[student] and rank == round_.rank[start[student]]
        place = {"seat": round_.seats[seat], "rank": rank}
        told[student] = filled(words["first_choice" if is_first else "placed"], place)
    return told


def _seed(certificate: dict[str, object]) -> int:
    seed = certificate.get("seed")
    if not isinstance(seed, int):
        raise bad_value("certificate.json", "seed", str(seed), N_("a whole number"))
    return seed
