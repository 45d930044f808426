"""Placement in words: obstacles, reasons, rules, steps, as a student or a personnel officer reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chanjiao.apps.exchange.models import EducationLevel
from chanjiao.apps.placement.models import SeatGroup, SeatResult
from chanjiao.apps.placement.rules.eligibility import Obstacle
from chanjiao.apps.placement.rules.internship import RULE_WORDS, Breach, RuleCode
from chanjiao.apps.placement.rules.points import PointFor, RankingMode
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import Actor
from chanjiao.core.words import filled
from chanjiao.interfaces.web.wording import in_a_row

OBSTACLE_WORDS = {
    "level": gettext_noop("It is for students at the level {asked}; yours is {own}."),
    "programme": gettext_noop("It is for programmes {asked}; yours is {own}."),
    "age_unknown": gettext_noop(
        "Your date of birth is not known here, and one must be {least} for it; ask your college."
    ),
    "too_young": gettext_noop("On the first day you will be {own}; one must be {least}."),
    "too_far": gettext_noop(
        "From where you live it takes {minutes:# minute|# minutes}; at most {most} are allowed where no lodging is "
        "provided."
    ),
}
PLACE_WORDS = {
    "first_choice": gettext_noop("You have a place at {seat}: your first wish."),
    "placed": gettext_noop("You have a place at {seat}: your wish number {rank}."),
    "unplaced": gettext_noop("{choices:Your one wish had no place for you|None of your # wishes had a place for you}."),
    "empty_list": gettext_noop("There was no wish on your list that could be taken into account."),
    "longer_list": gettext_noop(
        "Places stayed free at {seats}. Had one of them stood at the end of your list, it would have been yours."
    ),
}
"""What concerns the whole list."""
WISH_WORDS = {
    "below_score": gettext_noop(
        "All its places went to students with {needed:# point|# points} or more there; you have {own:# point|# points}."
    ),
    "lottery": gettext_noop(
        "Its last place was between students with the same {needed:# point|# points}. The lottery decided: number "
        "{last} was drawn before your number {number}."
    ),
    "lottery_only": gettext_noop(
        "Here the lottery alone decides. Its last place went to number {last}; yours is {number}."
    ),
    "unscored": gettext_noop("The firm gave you no points, and students with points come first."),
    "reserved": gettext_noop("The places left are reserved for groups that you do not belong to."),
    "closed": gettext_noop("It was not opened: it needs {minimum:# student|# students}, and fewer would have come."),
    "no_places": gettext_noop("It has no places in this round."),
    "below_fit": gettext_noop(
        "In this round the points of all students together decide. To be placed here you would have needed {needed} "
        "{needed:point|points}; you have {own}."
    ),
    "fit_even": gettext_noop("With you here, the points of all students together would not have been higher."),
    "group_too_large": gettext_noop("It has {places:# place|# places} in all; your team needs {size}."),
    "group_no_room": gettext_noop("{places:# place was|# places were} left here, and your team needs {size}."),
    "behind_group": gettext_noop(
        "{places:# place was|# places were} left here, kept for the team before you, which needs more; nobody is put "
        "past a team that stands higher."
    ),
    "as_lowest": gettext_noop("A team counts with the points of its member who has fewest."),
    "next_in_line": gettext_noop("You were first in line: one more place here would have been yours."),
}
"""What concerns one wish."""
SEAT_WORDS = {
    "seat_full": gettext_noop("{capacity:The one place is|All # places are} taken."),
    "seat_full_score": gettext_noop(
        "{capacity:The one place is|All # places are} taken; the last went to a student with {needed:# point|# points}."
    ),
    "seat_wanted": gettext_noop("{students} more would rather have come here."),
    "seat_unlisted": gettext_noop("No student listed it."),
    "seat_free": gettext_noop(
        "{free} of its places stayed free: {listed:# student|# students} listed it, {placed:# has|# have} a place "
        "here, and {elsewhere} {elsewhere:has|have} a place elsewhere that they like better."
    ),
    "seat_free_by_total": gettext_noop(
        "{free} of its places stayed free: {listed:# student|# students} listed it, {placed:# has|# have} a place "
        "here; for the others the total is higher elsewhere."
    ),
    "seat_kept_free": gettext_noop(
        "{free} of its places stayed free, {placed:# is|# are} taken; first of the {students:# student|# students} who "
        "would rather have come is a team that did not fit."
    ),
    "seat_closed": gettext_noop(
        "Not opened: it needs {minimum:# student|# students}, and fewer would have come; {listed} listed it."
    ),
    "seat_without_places": gettext_noop("It has no places in this round; {listed:# student|# students} listed it."),
}
ONE_MORE = gettext_noop("One more place here would give {students:# student|# students} a place, or a better one.")
ALL_BY_LOTTERY = gettext_noop("{capacity:The one place is|All # places are} taken; the lottery decided.")
POINT_SENTENCES = {
    PointFor.MARK: gettext_noop("Average mark: up to {points:# point|# points}, in proportion to a mark out of 100"),
    PointFor.PROGRAMME: gettext_noop("Programme {value}: {points:# point|# points}"),
    PointFor.GROUP: gettext_noop("Member of the group {value}: {points:# point|# points}"),
    PointFor.HOME: gettext_noop("Living in {value}: {points:# point|# points}"),
    PointFor.NEAR: gettext_noop(
        "A short way: up to {points:# point|# points}, fewer the longer it takes, none from {value:# minute|# minutes} "
        "on"
    ),
}
"""What a seat gives points for, as an applicant reads it; `POINT_WORDS` name the kinds for who makes the rules."""
BREACH_WORDS = {
    RuleCode.STAFF_SHARE: gettext_noop(
        "All interns of the enterprise in this round are {value} % of its staff; at most {bound} %."
    ),
    RuleCode.POST_SHARE: gettext_noop("Interns are {value} % of the people in the post; at most {bound} %."),
    RuleCode.PAY_SHARE: gettext_noop("Pay is {value} % of the wage of the post; at least {bound} %."),
    RuleCode.INSURANCE: gettext_noop("No insurance is paid for the students."),
}
UNKNOWN_WORDS = {
    RuleCode.STAFF_SHARE: gettext_noop("The number of staff of the enterprise is not known."),
    RuleCode.POST_SHARE: gettext_noop("How many people work in the same post is not stated."),
    RuleCode.PAY_SHARE: gettext_noop("Pay, or the wage of the post, is not stated."),
    RuleCode.INSURANCE: gettext_noop("No insurance is paid for the students."),
}


@dataclass(frozen=True, slots=True)
class WishOutcome:
    """One wish in a student's result: the seat, how it ended, and the sentences that say why."""

    rank: int
    seat: SeatGroup | None
    tone: str
    sentences: tuple[str, ...]
    line: int | None = None


def obstacle_words(actor: Actor, obstacle: Obstacle) -> str:
    """Why a student may not have a seat, with the names of levels and programmes."""
    return filled(_(OBSTACLE_WORDS[obstacle.code]), _named(actor, obstacle.code, obstacle.params))


def seat_sentences(result: SeatResult) -> list[str]:
    """What a run says of a seat."""
    told = []
    for code, params in map(_parts, result.reasons):
        words = SEAT_WORDS[code]
        if code == "seat_full_score" and result.seat.ranking == RankingMode.LOTTERY:
            words = ALL_BY_LOTTERY
        told.append(filled(_(words), params))
    if result.helps:
        told.append(filled(_(ONE_MORE), {"students": result.helps}))
    return told


def point_sentences(actor: Actor, rules: list[dict[str, object]]) -> list[str]:
    """What a seat gives points for, programmes by their names."""
    codes = {str(rule["value"]) for rule in rules if rule["what"] == PointFor.PROGRAMME}
    names = names_of(actor, [("programme", code) for code in codes])
    told = []
    for rule in rules:
        what, value = PointFor(str(rule["what"])), str(rule.get("value", ""))
        value = names.get(("programme", value), f"{value}…") if what == PointFor.PROGRAMME else value
        told.append(filled(_(POINT_SENTENCES[what]), {"points": rule["points"], "value": value}))
    return told


def breach_words(breach: Breach) -> str:
    """What a seat breaks, in figures."""
    words = UNKNOWN_WORDS if breach.value is None else BREACH_WORDS
    return _(words[RuleCode(breach.code)]).format(value=breach.value, bound=f"{breach.bound.normalize():f}")


def rule_words(code: str) -> str:
    """What a rule of internships asks."""
    return _(RULE_WORDS[RuleCode(code)])


def place_sentences(reasons: list[dict[str, object]], seats: Mapping[str, SeatGroup]) -> list[str]:
    """What a run says of a student's list as a whole."""
    return [
        filled(_(PLACE_WORDS[code]), _with_titles(params, seats))
        for code, params in map(_parts, reasons)
        if code in PLACE_WORDS
    ]


def wish_sentences(
    actor: Actor, reasons: list[dict[str, object]], seats: Mapping[str, SeatGroup]
) -> dict[int, tuple[SeatGroup | None, list[str]]]:
    """What a run says of each wish that did not come true, by its rank."""
    told: dict[int, tuple[SeatGroup | None, list[str]]] = {}
    for code, params in map(_parts, reasons):
        if code not in WISH_WORDS and code != "not_eligible":
            continue
        seat = seats.get(str(params["seat"]))
        rank = int(str(params["rank"]))
        told.setdefault(rank, (seat, []))[1].append(_wish_words(actor, code, params, seat))
    return told


def _wish_words(actor: Actor, code: str, params: dict[str, object], seat: SeatGroup | None) -> str:
    if code == "not_eligible":
        return _not_eligible(actor, params)
    words = WISH_WORDS[code]
    if code == "lottery" and seat is not None and seat.ranking == RankingMode.LOTTERY:
        words = WISH_WORDS["lottery_only"]  # nobody has points there, so none are spoken of
    return filled(_(words), params)


def _not_eligible(actor: Actor, params: dict[str, object]) -> str:
    plain = {name: value for name, value in params.items() if isinstance(value, str | int)}
    why = obstacle_words(actor, Obstacle(str(params["obstacle"]), plain))
    return in_a_row((_("It was not open to you and was left out."), why))


def _parts(reason: dict[str, object]) -> tuple[str, dict[str, object]]:
    params = reason["params"]
    return str(reason["code"]), params if isinstance(params, dict) else {}


def _with_titles(params: dict[str, object], seats: Mapping[str, SeatGroup]) -> dict[str, object]:
    shown = dict(params)
    if "seat" in params:
        shown["seat"] = _title(seats, str(params["seat"]))
    if "seats" in params:
        shown["seats"] = _("; ").join(_title(seats, name) for name in str(params["seats"]).split(", "))
    return shown


def _title(seats: Mapping[str, SeatGroup], name: str) -> str:
    seat = seats.get(name)
    return f"{seat.organisation.short_name or seat.organisation.name} · {seat.title}" if seat else name


def _named(actor: Actor, code: str, params: dict[str, str | int]) -> dict[str, str | int]:
    if code == "level":
        levels = dict(EducationLevel.choices)
        return {
            name: _(", ").join(str(levels.get(one, one)) for one in str(value).split(", "))
            for name, value in params.items()
        }
    if code == "programme":
        codes = {one for value in params.values() for one in str(value).split(", ")}
        names = names_of(actor, [("programme", one) for one in codes])
        return {
            name: _(", ").join(names.get(("programme", one)) or f"{one}…" for one in str(value).split(", "))
            for name, value in params.items()
            if name in ("own", "asked")
        }
    return params
