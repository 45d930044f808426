"""Figures as words: a value with its interval, or that there is too little data."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.programmes.rules.supply import Part, rate_interval
from chanjiao.engines.alignment import Estimate
from chanjiao.interfaces.web import wording
from chanjiao.interfaces.web.wording import percent

DEFINITIONS = {
    "openings": gettext_lazy(
        "People whom the occupations ask for in a year. An occupation that several programmes lead to is divided among "
        "them by what each brings, so every opening is counted once. In brackets: the least and the most that the "
        "sources say."
    ),
    "completions": gettext_lazy("Those who complete a year, averaged over the years known among the last three."),
    "gap": gettext_lazy("Openings less completions a year. Above 0 is too little supply, below 0 too much."),
    "similarity": gettext_lazy(
        "H = Σxy / (√Σx² √Σy²) of openings and completions by occupation. 1: the same structure; 0: nothing in common."
    ),
    "deviation": gettext_lazy(
        "Share of demand / share of supply − 1 by occupation, mean size. 0: every occupation gets its share."
    ),
    "coordination": gettext_lazy(
        "Coupling co-ordination D = √(C·T) of four scores against fixed marks: similarity (0–1), placement (60–100 %), "
        "work in the field (30–90 %), work in the city (20–80 %). From .8 on the two sides are well coordinated."
    ),
    "key_share": gettext_lazy(
        "Seats that lead to key chains, each times the weight of its shortage grade (A 3, B 2, C 1, D, E 0), over all "
        "seats, at most 100 %."
    ),
    "grade": gettext_lazy(
        "Openings over completions: A from 2 on, B from 1.5, C from 1, D from 0.7, E below. In brackets those at the "
        "least and the most openings."
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a page shows it: the value, and beside it the interval; `value` is empty where data are too few."""

    value: str
    interval: str = ""

    def __str__(self) -> str:
        return f"{self.value} ({self.interval})" if self.interval else self.value or str(_("too little data"))


NOTHING = Shown("")


def index(found: Estimate | None) -> Shown:
    """An index to two decimals."""
    if found is None:
        return NOTHING
    return Shown(f"{found.value:.2f}", f"{found.low:.2f}–{found.high:.2f}")


def rate(found: Estimate | None) -> Shown:
    """A share in per cent."""
    if found is None:
        return NOTHING
    value, low, high = percent(found.value), percent(found.low), percent(found.high)
    return Shown(value, "" if low == value == high else f"{low}–{high}")


def part(found: Part | None) -> Shown:
    """A rate of people counted, with its interval."""
    if found is None or found.rate is None:
        return NOTHING
    low, high = rate_interval(found)
    return Shown(percent(found.rate), f"{percent(low)}–{percent(high)}")


def people(found: Estimate | None, *, signed: bool = False) -> Shown:
    """Whole people; `signed` puts a plus before what is above 0."""
    if found is None:
        return NOTHING
    value, low, high = (wording.signed(one) for one in (found.value, found.low, found.high))
    if not signed:
        value, low, high = (one.removeprefix("+") for one in (value, low, high))
    return Shown(value, f"{low} – {high}")


def grade(found: tuple[str, str, str] | None) -> Shown:
    """A shortage grade, with those at the least and the most openings where they differ."""
    if found is None:
        return NOTHING
    value, low, high = found
    return Shown(value, "" if low == high == value else f"{low}–{high}")
