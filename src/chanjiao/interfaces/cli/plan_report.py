"""The report of a plan: figures, what each limit is worth, and a statement of each change in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from chanjiao.core.words import between_sentences, translate
from chanjiao.engines.words import N_
from chanjiao.interfaces.plan_words import (
    BINDS,
    CHANGE_WORDS,
    KEEP_BREAKS,
    KEEP_COSTS,
    LIMIT_NAME,
    NOT_WORTH,
    PRICED,
    SPARE,
    WORTH,
    cause_words,
    short,
    spans,
)

if TYPE_CHECKING:
    from chanjiao.engines.planning import Note, Plan, Problem
    from chanjiao.engines.planning.explain import Cause, Change, Price

NOTE_WORDS = {
    "programme_not_taught": N_("No college teaches programme {programme}; the row plays no part"),
    "occupation_without_demand": N_("Occupation {occupation} has no demand; the row plays no part"),
    "programme_without_link": N_("Programme {programme} leads to no occupation; nothing speaks for its seats"),
    "shares_above_one": N_("The shares of programme {programme} add up to {total}, taken as rounding"),
    "never_open": N_("Programme {programme} cannot be open here: its least class is {least}, above the most seats"),
    "less_than_a_step": N_("{seats} seats today are less than one step of {step}: are they classes, not people?"),
    "more_than_most": N_("{seats} seats today are above the most, {most}"),
    "no_whole_steps": N_("{seats} seats today are no whole number of steps of {step}; a plan has whole steps"),
    "leaves_at_once": N_("Programme {programme} takes {years} years: whoever enters counts as a graduate of that year"),
    "leaves_after_end": N_(
        "Programme {programme} takes {years} years: whoever is admitted leaves after the last year of demand"
    ),
    "shares_below_one": N_("The shares of programme {programme} add up to {total}; the rest serves no occupation here"),
    "occupation_unreached": N_("Nothing that is taught leads to occupation {occupation}; its demand stays unmet"),
    "limit_without_year": N_("{resource} at {college} has no limit in {years}; nothing holds it then"),
    "resource_without_limit": N_("No college limits {resource}; the row plays no part"),
    "large_change": N_("max_change is a share: {share} lets intake change by {percent} % a year"),
    "limit_outside_years": N_("The year {year} is not planned; the row plays no part"),
    "resource_without_use": N_("No programme uses {resource}; the row plays no part"),
    "setting_unknown": N_("There is no setting {name}; it plays no part"),
}


def report_of(problem: Problem, plan: Plan, *, seed: int, notes: list[Note], language: str) -> dict[str, object]:
    """The report as plain values for JSON."""
    from chanjiao.engines.planning import ENGINE_ID, ENGINE_VERSION
    from chanjiao.engines.planning.explain import changes_of, prices_of

    shortage, surplus = _unmet(problem, plan.supply)
    return {
        "engine": ENGINE_ID,
        "version": ENGINE_VERSION,
        "method": plan.method,
        "seed": seed,
        "problem": problem.hash(),
        "relax": problem.settings.relax,
        "robust": problem.settings.robust,
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "shortage": shortage,
        "surplus": surplus,
        "today": _today(problem),
        "limits": [_limit(problem, price, language) for price in prices_of(problem, plan)],
        "changes": [_change(problem, change, language) for change in changes_of(problem, plan)],
        "notes": [note_sentence(note, language) for note in (*notes, *problem.notes)],
    }


def note_sentence(note: Note, language: str) -> str:
    """A note in words, with its place."""
    return f"{note.place}: {translate(NOTE_WORDS[note.code], language).format(**dict(note.params))}"


def _unmet(problem: Problem, supply: np.ndarray) -> tuple[float, float]:
    missing, over = np.maximum(0, problem.short_against - supply), np.maximum(0, supply - problem.surplus_against)
    return float(missing.sum()), float(over.sum())


def _today(problem: Problem) -> dict[str, float]:
    """Shortage and surplus if every point kept today's intake, limits aside."""
    from chanjiao.engines.planning.arrays import supply_of

    today = np.repeat(problem.seats_now[:, None], len(problem.years), axis=1)
    shortage, surplus = _unmet(problem, supply_of(problem, today))
    return {"shortage": shortage, "surplus": surplus}


def _limit(problem: Problem, price: Price, language: str) -> dict[str, object]:
    limit = problem.limits[price.limit]
    spare = limit.amount - price.used
    words = NOT_WORTH if spare <= PRICED * max(1.0, limit.amount) else SPARE
    words = WORTH if price.price > PRICED else words
    sentence = translate(words, language).format(
        resource=limit.resource,
        college=limit.college,
        year=limit.year,
        openings=short(price.openings),
        spare=short(spare),
    )
    return {
        "college": limit.college,
        "year": limit.year,
        "resource": limit.resource,
        "limit": limit.amount,
        "used": round(price.used, 9),
        "shadow_price": price.price,
        "openings": price.openings,
        "sentence": sentence,
    }


def _change(problem: Problem, change: Change, language: str) -> dict[str, object]:
    point = problem.points[change.point]
    names = {"college": point.college, "programme": point.programme, "before": short(change.before)}
    planned = _several(spans(problem.years, change.intake), language)
    said = [translate(CHANGE_WORDS[change.direction], language).format(planned=planned, **names)]
    said += [_cause(cause, language) for cause in change.causes]
    if change.forbidden:
        said.append(translate(KEEP_BREAKS, language).format(limits=_limits(problem, change.forbidden, language)))
    elif change.saving > 0:
        said.append(translate(KEEP_COSTS, language).format(saving=short(change.saving)))
    if change.binding:
        said.append(translate(BINDS, language).format(limits=_limits(problem, change.binding, language)))
    return {
        "college": point.college,
        "programme": point.programme,
        "direction": str(change.direction),
        "before": change.before,
        "intake": dict(zip(map(str, problem.years), change.intake, strict=True)),
        "occupations": [
            {
                "occupation": one.occupation,
                "demand": one.demand,
                "gap_today": one.gap_today,
                "gap_planned": one.gap_planned,
            }
            for one in change.causes
        ],
        "saving": change.saving,
        "limits_if_kept": [_limit_name(problem, row, language) for row in change.forbidden],
        "limits_used_up": [_limit_name(problem, row, language) for row in change.binding],
        "statement": between_sentences(language).join(said),
    }


def _cause(cause: Cause, language: str) -> str:
    message, told = cause_words(cause.occupation, cause.demand, cause.gap_today, cause.gap_planned)
    return translate(message, language).format(**told)


def _limits(problem: Problem, rows: tuple[int, ...], language: str) -> str:
    return _several((_limit_name(problem, row, language) for row in rows), language)


def _several(words: Iterable[str], language: str) -> str:
    return translate(", ", language).join(words)


def _limit_name(problem: Problem, row: int, language: str) -> str:
    limit = problem.limits[row]
    words = translate(LIMIT_NAME, language)
    return words.format(resource=limit.resource, college=limit.college, year=limit.year)
