"""A plan in words: why each programme point changes, what a limit is worth, what was noticed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.apps.members.selectors import directory
from chanjiao.apps.plans.models import IntakePlan, PlannedChange
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_
from chanjiao.interfaces.plan_words import (
    BINDS,
    CHANGE_WORDS,
    KEEP_BREAKS,
    cause_words,
    short,
    spans,
)
from chanjiao.interfaces.web.wording import listed

Limit = Mapping[str, Any]

DIRECTIONS = {
    "opened": N_("Opens"),
    "closed": N_("Closes"),
    "more": N_("More seats"),
    "fewer": N_("Fewer seats"),
    "shifted": N_("Moves between years"),
}
DEMANDS = {
    "expected": N_("Expected demand"),
    "low": N_("Low demand"),
    "high": N_("High demand"),
    "robust": N_("Robust: no shortage at high, no surplus at low demand"),
}
METHODS = {
    "branch and bound": N_("Branch and bound"),
    "prices and search": N_("Prices and search"),
}
ENDINGS = {
    "proven": N_("Proven: no plan is better by 0.01 %"),
    "stopped": N_("Stopped by hand: the best that was found by then"),
    "time": N_("Its time was over: the best that was found by then"),
}
KEEP_WEIGHS = N_("Keeping today's intake here alone would weigh as much as {openings} more openings unfilled.")
RESOURCES = {
    "teachers": N_("teachers of {programmes}"),
    "rooms": N_("training rooms of {programmes}"),
    "money": N_("running money"),
}
ONE_MORE = {
    "teachers": N_("One more teacher of {programmes}"),
    "rooms": N_("One more training room of {programmes}"),
    "money": N_("Another 100,000 yuan of running money"),
}
STEPS = N_(
    "At most {most} seats may move in a year, {share} % of today's intake, so that the change takes {years} years."
)
QUESTIONS = {
    "opened": N_("Why does it open?"),
    "closed": N_("Why does it close?"),
    "more": N_("Why {seats} more?"),
    "fewer": N_("Why {seats} fewer?"),
    "shifted": N_("Why do seats move between years?"),
}
WORTH = N_("{more} at {college} closes {openings} openings ({years}).")
MONEY_UNITS = 10
"""Of 10,000 yuan: about what a teacher costs a year, so that what limits are worth can be compared."""
LIMITS_OF = N_("{resource} at {college} ({years})")
COMPLETION_UNKNOWN = N_(
    "No cohort of {programme} at {college} is known from intake to completion; 95 % were taken to complete."
)
FEWER = {
    "fewer_teachers": N_(
        "{college} has {have} teachers of {programmes}, fewer than the {need} that today's intake needs by the ratio "
        "set; as many as today's intake needs were taken."
    ),
    "fewer_rooms": N_(
        "{college} has {have} training rooms of {programmes}, fewer than the {need} that today's intake needs by the "
        "ratio set; as many as today's intake needs were taken."
    ),
    "fewer_money": N_(
        "{college} spends {have} ten thousand yuan a year, less than the {need} that today's intake costs at the mean "
        "of its classes; as much as that was taken."
    ),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of colleges (by id), of programmes and their classes, and of occupations (by code)."""

    colleges: Mapping[int, str]
    codes: Mapping[tuple[str, str], str]

    def college(self, pk: int) -> str:
        return self.colleges.get(pk, str(pk))

    def programme(self, code: str) -> str:
        return self.codes.get(("programme", code), code)

    def occupation(self, code: str) -> str:
        return self.codes.get(("occupation", code), code)


@dataclass(frozen=True, slots=True)
class Worth:
    """A limit in words, and how many openings one more of it closes."""

    openings: float
    sentence: str


def names_in(actor: Actor, plan: IntakePlan, changes: Iterable[PlannedChange]) -> Names:
    """Every name that a plan and these changes of it speak of, looked up at once."""
    changes = list(changes)
    limits = [*plan.prices, *(one for change in changes for one in (*change.broken, *change.used_up))]
    told = [*limits, *(one for one in plan.notes if "class" in one)]
    codes = {("programme", str(one["class"])) for one in told} | {("programme", one.code) for one in changes}
    codes |= {("occupation", cause["occupation"]) for change in changes for cause in change.causes}
    wanted = {int(one["college"]) for one in told} | {one.college_id for one in changes}
    colleges = dict(directory(actor).filter(pk__in=wanted).values_list("pk", "name"))
    return Names(colleges, names_of(actor, codes))


def direction_words(direction: str) -> str:
    """What happens to a point, in a word or two."""
    return _(DIRECTIONS[direction])


def question(change: PlannedChange) -> str:
    """What one asks about the change, with the most by which it leaves today's intake in any year."""
    seats = max(abs(one - change.before) for one in change.intake)
    return _(QUESTIONS[change.direction]).format(seats=short(seats))


def reasons(change: PlannedChange, years: Sequence[int], names: Names) -> list[str]:
    """Why the point changes: what happens, the occupations behind it, what keeping today's intake costs or breaks."""
    college, programme = names.college(change.college_id), names.programme(change.code)
    head = _(CHANGE_WORDS[change.direction]).format(
        college=college, programme=programme, before=short(change.before), planned=listed(spans(years, change.intake))
    )
    said = [head, *(_cause(cause, names) for cause in told_causes(change)), *_steps(change)]
    if change.broken:
        said.append(_(KEEP_BREAKS).format(limits=_limits(change.broken, names)))
    if change.saving > 0:
        openings = change.saving / (change.plan.told.shortage or 1.0)
        said.append(_(KEEP_WEIGHS).format(openings=short(openings)))
    if change.used_up:
        said.append(_(BINDS).format(limits=_limits(change.used_up, names)))
    return said


def told_causes(change: PlannedChange) -> list[Mapping[str, Any]]:
    """The occupations behind the change; a plan made before their demand was kept tells none."""
    return [cause for cause in change.causes if "demand" in cause]


def _cause(cause: Mapping[str, Any], names: Names) -> str:
    name = names.occupation(cause["occupation"])
    message, told = cause_words(name, cause["demand"], cause["gap_today"], cause["gap_planned"])
    return _(message).format(**told)


def _steps(change: PlannedChange) -> Iterator[str]:
    """Why the change takes years, where the most that may move in one holds back all but its last step."""
    told, path = change.plan.told, [change.before, *change.intake]
    until = path.index(path[-1])
    most = told.max_change / 100 * max(change.before, told.class_size)
    steps = [abs(after - seats) for seats, after in pairwise(path[:until])]
    if steps and change.direction in ("more", "fewer") and min(steps) > most - told.class_size:
        yield _(STEPS).format(most=short(most), share=told.max_change, years=until)


def _limits(limits: Iterable[Limit], names: Names) -> str:
    """Limits of the same teachers, rooms or money in one, with their years."""
    years: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for limit in limits:
        years[_kind(limit), int(limit["college"]), str(limit["class"])].append(int(limit["year"]))
    return listed(
        _(LIMITS_OF).format(
            resource=_(RESOURCES[kind]).format(programmes=names.programme(group)), college=names.college(college),
            years=_span(found),
        )
        for (kind, college, group), found in years.items()
    )  # fmt: skip


def _kind(limit: Limit) -> str:
    """Of what a limit is; plans made before rooms counted were held by teachers alone."""
    return str(limit.get("kind", "teachers"))


def worths(plan: IntakePlan, names: Names) -> list[Worth]:
    """What one more teacher, training room or 100,000 yuan of a college is worth over the years, the most first."""
    by_limit: dict[tuple[str, int, str], list[Limit]] = defaultdict(list)
    for one in plan.prices:
        by_limit[_kind(one), int(one["college"]), str(one["class"])].append(one)
    found = [_worth(key, priced, names) for key, priced in by_limit.items()]
    return sorted((one for one in found if one.openings >= 0.05), key=lambda one: -one.openings)


def _worth(key: tuple[str, int, str], priced: Sequence[Limit], names: Names) -> Worth:
    """One more from the first to the last year with a price; in years between without one, it closes nothing more."""
    kind, college, group = key
    openings = sum(float(one["openings"]) for one in priced) * (MONEY_UNITS if kind == "money" else 1)
    more = _(ONE_MORE[kind]).format(programmes=names.programme(group))
    said = _(WORTH).format(
        more=more,
        college=names.college(college),
        openings=short(openings),
        years=_span([int(one["year"]) for one in priced]),
    )
    return Worth(openings, said)


def _span(years: Sequence[int]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


def notes(plan: IntakePlan, names: Names, points: Mapping[int, tuple[str, str]]) -> list[str]:
    """What was noticed while the problem was gathered; `points` are (college, programme) by id."""
    said = []
    for one in plan.notes:
        if one["code"] == "completion_unknown" and one["point"] in points:
            college, programme = points[one["point"]]
            said.append(_(COMPLETION_UNKNOWN).format(college=college, programme=programme))
        elif one["code"] in FEWER:
            said.append(
                _(FEWER[one["code"]]).format(
                    college=names.college(int(one["college"])), programmes=names.programme(one["class"]),
                    have=short(float(one["have"])), need=short(float(one["need"])),
                )
            )  # fmt: skip
    return said
