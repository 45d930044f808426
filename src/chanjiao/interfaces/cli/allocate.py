"""`chanjiao allocate`: students to seats, with a certificate and the reasons for each."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import click

from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.words import between_sentences, filled, terminal_language, translate, value_words
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.files import folder_written_whole, progress

if TYPE_CHECKING:
    from chanjiao.engines.allocation.outcome import Outcome
    from chanjiao.engines.allocation.reasons import Reason, ReasonColumn
    from chanjiao.engines.allocation.round_files import Round
    from chanjiao.engines.allocation.verify import Verdict


REASON_WORDS = {
    # a student's own place
    "first_choice": N_("Placed at {seat}, the first choice."),
    "placed": N_("Placed at {seat}, choice {rank}."),
    "empty_list": N_("No place: the list of choices is empty."),
    "unplaced": N_("No place: {choices:the one choice had none|none of the # choices had one}."),
    # why not a better choice
    "below_score": N_("{seat} (choice {rank}): the last place went to a score of {needed}; yours is {own}."),
    "lottery": N_(
        "{seat} (choice {rank}): the last place went to a score of {needed}, the same as yours; the lottery decided, "
        "number {last} came before your number {number}."
    ),
    "lottery_only": N_(
        "{seat} (choice {rank}): the lottery decided; the last place went to number {last}, yours is {number}."
    ),
    "unscored": N_("{seat} (choice {rank}): you have no score there, and students with a score come first."),
    "reserved": N_("{seat} (choice {rank}): the places left are reserved for groups that you do not belong to."),
    "closed": N_(
        "{seat} (choice {rank}): closed, because fewer than the {minimum:# student|# students} it needs would have "
        "come."
    ),
    "no_places": N_("{seat} (choice {rank}): it has no places in this round."),
    "below_fit": N_(
        "{seat} (choice {rank}): places are given so that all students together fit best; for that your fit there "
        "would have had to be {needed}, it is {own}."
    ),
    "fit_even": N_(
        "{seat} (choice {rank}): with you there, all students together would not have fitted better than they do now."
    ),
    "group_too_large": N_("{seat} (choice {rank}): places it has in all: {places}; your group needs {size}."),
    "group_no_room": N_("{seat} (choice {rank}): places left there: {places}; your group needs {size}."),
    "behind_group": N_(
        "{seat} (choice {rank}): places left there: {places}; the group before you did not fit, and nobody behind it "
        "is taken."
    ),
    "as_lowest": N_("A group stands in line where its member who stands lowest does."),
    # what would have changed it
    "next_in_line": N_("You are first in line for {seat}: one more place would have brought you there or higher."),
    "longer_list": N_("Places stayed free at {seats}: as a last choice, one of these would have been yours."),
    # seats
    "seat_full": N_("{capacity:The one place is|All # places are} taken."),
    "seat_full_score": N_("{capacity:The one place is|All # places are} taken; the last went to a score of {needed}."),
    "seat_wanted": N_("{students} more would rather have come here."),
    "seat_unlisted": N_("Empty: nobody listed it."),
    "seat_free": N_(
        "{free:# place|# places} stayed free: of {listed:# student|# students} who listed it, {placed:# is|# are} here "
        "and {elsewhere:# holds|# hold} a place that they prefer."
    ),
    "seat_free_by_total": N_(
        "{free:# place|# places} stayed free: {listed:# student|# students} listed it, {placed:# is|# are} here; for "
        "the others the total is higher elsewhere."
    ),
    "seat_kept_free": N_(
        "Places that stayed free: {free}. {placed:# student is|# students are} here; the next in line of {students} "
        "who would rather have come is a group that did not fit."
    ),
    "seat_closed": N_(
        "Closed: fewer than the {minimum:# student|# students} it needs would have come; {listed} listed it."
    ),
    "seat_without_places": N_("It has no places in this round; {listed:# student|# students} listed it."),
}


@click.command(name="allocate")
@click.argument("folder", metavar="DIR")
@click.option("--output", required=True, metavar="OUT", help="Folder for placements, certificate and reasons.")
@click.option("--method", type=click.Choice(["stable", "together", "best-fit"]), default="stable", show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the lottery that breaks ties.")
@click.option(
    "--short",
    type=click.Choice(["close", "keep"]),
    default="close",
    show_default=True,
    help="Stable: what happens to a seat below its minimum.",
)
@click.option("--language", type=click.Choice(["zh-hans", "en"]), help="Language of the reasons.")
def command(folder: str, *, output: str, method: str, seed: int, short: str, language: str | None) -> None:
    """Place the students of DIR at its seats; write placements, certificate and reasons to OUT.

    DIR holds seats.csv, students.csv and choices.csv, and where wanted scores.csv, reserves.csv, limits.csv and
    together.csv (students who want the same seat or none; method together).
    Nothing is written unless independent code has verified the result.
    """
    from chanjiao.engines.allocation.result_files import certificate
    from chanjiao.engines.allocation.round_files import read_round

    gc.disable()  # millions of small strings, no cycles: collecting would only walk them again and again
    with progress() as bars:
        task = bars.add_task("", total=8)

        def step(name: str) -> None:
            bars.update(task, description=name, advance=1)

        round_ = read_round(Path(folder), seed, step)
        step(method)
        outcome = _solved(round_, method, short)
        step("verify")
        verdict = _verified(round_, outcome, short)
        step("reasons.csv")
        made = {**certificate(round_, outcome, verdict, seed), "short": short}
        _write(output, round_, outcome, made, language or terminal_language(os.environ))
        bars.update(task, completed=8)


def _solved(round_: Round, method: str, short: str) -> Outcome:
    from chanjiao.engines.allocation.solve import solve
    from chanjiao.engines.allocation.stable import deferred_acceptance

    if method == "stable" and short == "keep":
        return deferred_acceptance(round_.problem, short="keep")
    return solve(round_.problem, method)


def _verified(round_: Round, outcome: Outcome, short: str) -> Verdict:
    """The verdict; `allocation.not_verified` when the outcome is not what its method promises."""
    from chanjiao.engines.allocation.verify import verify

    verdict = verify(round_.problem, outcome)
    faults = {"unacceptable": verdict.unacceptable, "over capacity": verdict.over_capacity}
    faults["over limit"] = verdict.over_limit
    faults["groups split"] = verdict.split
    if outcome.method != "best-fit":
        faults["blocking pairs"] = verdict.blocking_pairs
        faults["below minimum"] = verdict.short_open if short == "close" else 0
    elif outcome.bound is not None and outcome.objective is not None:
        slack = 1e-6 * max(abs(outcome.bound), 1.0)
        faults["above its bound"] = int(outcome.objective > outcome.bound + slack)
    if any(faults.values()):
        said = ", ".join(f"{name} {count}" for name, count in faults.items() if count)
        raise ChanjiaoError("allocation.not_verified", faults=said)
    return verdict


def _write(output: str, round_: Round, outcome: Outcome, made: dict[str, object], language: str) -> None:
    from chanjiao.engines.allocation.result_files import write_placements, write_prices

    with folder_written_whole(output) as folder:
        write_placements(folder / "placements.csv", round_, outcome)
        with (folder / "certificate.json").open("w", encoding="utf-8") as stream:
            stream.write(json.dumps(made, ensure_ascii=False, indent=1) + "\n")
        _write_reasons(folder, round_, outcome, language)
        if outcome.dual is not None:
            write_prices(folder / "prices.csv", round_, outcome)
    if outcome.dual is None:
        (Path(output) / "prices.csv").unlink(missing_ok=True)  # of an earlier run by another method


def _write_reasons(folder: Path, round_: Round, outcome: Outcome, language: str) -> None:
    from chanjiao.engines.allocation.explain import cutoffs
    from chanjiao.engines.allocation.reasons import seat_reasons, student_reasons
    from chanjiao.engines.allocation.result_files import write_columns

    words = {code: translate(text, language) for code, text in REASON_WORDS.items()}
    between = between_sentences(language)
    cut = cutoffs(round_.problem, outcome)
    told = _student_texts(student_reasons(round_, outcome, cut), len(round_.students), words, between)
    write_columns(folder / "reasons.csv", {"student": round_.students, "reason": told})
    said = [_sentences(reasons, words, between) for reasons in seat_reasons(round_, outcome, cut)]
    write_columns(folder / "seat_reasons.csv", {"seat": round_.seats, "reason": said})


def _student_texts(columns: list[ReasonColumn], students: int, words: dict[str, str], between: str) -> list[str]:
    """All sentences of each student, joined; formatted by code because there are millions in a city's round."""
    import numpy as np

    if not columns:
        return [""] * students
    texts = np.array([text for column in columns for text in _texts(column, words[column.code])], object)
    told = texts[np.argsort(np.concatenate([column.place for column in columns]))].tolist()
    counts = np.bincount(np.concatenate([column.student for column in columns]), minlength=students)
    ends = np.cumsum(counts).tolist()
    return [between.join(told[end - count : end]) for end, count in zip(ends, counts.tolist(), strict=True)]


def _texts(column: ReasonColumn, words: str) -> Iterable[str]:
    pieces: list[Iterable[str]] = []  # joined in half the time that a template takes
    for said, name, how, _ in Formatter().parse(words):
        pieces.append(repeat(said, column.student.size))
        pieces += [_told(column.params[name], how or "")] if name else []
    return map("".join, zip(*pieces, strict=True))


def _told(values: list[str] | list[int], how: str) -> Iterable[str]:
    return [value_words(value, how) for value in values] if how else map(str, values)


def _sentences(reasons: Iterable[Reason], words: dict[str, str], between: str) -> str:
    return between.join(filled(words[reason.code], reason.params) for reason in reasons)
