"""How a plan of intake is put in words, on the command line and on pages alike."""

from __future__ import annotations

from collections.abc import Sequence

from chanjiao.engines.words import N_

PRICED = 1e-6

CHANGE_WORDS = {
    "opened": N_("{college} opens {programme}: {planned} seats."),
    "closed": N_("{college} closes {programme}: {before} seats today, {planned} planned."),
    "more": N_("{college}, {programme}: more seats, {before} today, {planned} planned."),
    "fewer": N_("{college}, {programme}: fewer seats, {before} today, {planned} planned."),
    "shifted": N_("{college}, {programme}: seats move between years, {before} today, {planned} planned."),
}
SHORT = N_(
    "{occupation}: {demand} openings a year. With today's intake {supply} graduates come, so that {today} openings "
    "stay unfilled; under the plan {left}."
)
OVER = N_(
    "{occupation}: {demand} openings a year. With today's intake {supply} graduates come, so that {today} of them "
    "find no opening; under the plan {left}."
)
KEEP_COSTS = N_("Keeping today's intake here alone would cost {saving} more.")
KEEP_BREAKS = N_("Keeping today's intake here would exceed {limits}.")
BINDS = N_("Used up: {limits}.")
LIMIT_NAME = N_("{resource} at {college} in {year}")
WORTH = N_("One more {resource} at {college} in {year} closes {openings} openings.")
SPARE = N_("{resource} at {college} in {year}: {spare} are not used.")
NOT_WORTH = N_("{resource} at {college} in {year}: used up, but one more closes no opening.")


def cause_words(occupation: str, demand: float, gap_today: float, gap_planned: float) -> tuple[str, dict[str, str]]:
    """The message that tells why an occupation stands behind a change, and the figures to put into it."""
    left = max(0.0, gap_planned if gap_today > 0 else -gap_planned)
    return SHORT if gap_today > 0 else OVER, {
        "occupation": occupation, "demand": short(demand), "supply": short(demand - gap_today),
        "today": short(abs(gap_today)), "left": short(left),
    }  # fmt: skip


def spans(years: Sequence[int], intake: Sequence[float]) -> list[str]:
    """Seats by stretches of equal years.

    >>> spans((2026, 2027, 2028), (80.0, 80.0, 40.0))
    ['80 (2026–2027)', '40 (2028)']
    """
    parts: list[tuple[float, int, int]] = []
    for year, seats in zip(years, intake, strict=True):
        if parts and abs(parts[-1][0] - seats) <= PRICED:
            parts[-1] = (seats, parts[-1][1], year)
        else:
            parts.append((seats, year, year))
    return [f"{short(n)} ({a}–{b})" if a != b else f"{short(n)} ({a})" for n, a, b in parts]


def short(value: float) -> str:
    """A figure for reading: whole from 10 up, one decimal below, two significant digits under 1."""
    value = abs(float(value)) if abs(value) < PRICED else float(value)
    if abs(value - round(value)) < PRICED:
        return f"{round(value)}"
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.2g}"
