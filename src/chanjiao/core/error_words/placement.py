"""Errors of placement rounds and of the engine that allocates."""

from __future__ import annotations

from chanjiao.core.error_words.kinds import Kind
from chanjiao.engines.words import N_

WORDS: dict[str, tuple[Kind, str]] = {
    "placement.days_reversed": (Kind.INVALID, N_("The last day lies before the first")),
    "placement.deadline_past": (Kind.INVALID, N_("This deadline lies in the past; move it first")),
    "placement.deadline_too_early": (Kind.INVALID, N_("This deadline lies before the stage that it ends")),
    "placement.out_of_bounds": (Kind.INVALID, N_("Give a number from {low} to {high}")),
    "placement.minimum_above_capacity": (Kind.INVALID, N_("At most the {capacity} places that there are")),
    "placement.source_unfit": (
        Kind.INVALID,
        N_("A seat comes from a need of the enterprise, or from an agreement in force that it is a party to"),
    ),
    "placement.bad_programme": (Kind.INVALID, N_("{value} is no programme code and no beginning of one")),
    "placement.reserve_twice": (Kind.INVALID, N_("Each group once, with at least one place")),
    "placement.reserve_above_capacity": (
        Kind.INVALID,
        N_("More places are reserved than the {capacity} that there are"),
    ),
    "placement.too_many_rules": (Kind.INVALID, N_("At most {limit} rules of points")),
    "placement.rule_without_source": (Kind.INVALID, N_("Say where this rule stands")),
    "placement.no_seats": (Kind.CONFLICT, N_("The round has no seats yet")),
    "placement.seats_blocked": (Kind.CONFLICT, N_("{count} seat groups break a rule that blocks; see the check")),
    "placement.too_early": (Kind.CONFLICT, N_("The deadline is still to come: {until}")),
    "placement.too_late": (Kind.CONFLICT, N_("The deadline has passed")),
    "placement.still_open": (Kind.CONFLICT, N_("Offers or appeals are still open")),
    "placement.student_twice": (Kind.INVALID, N_("The college has a student with the number {value} already")),
    "placement.student_unknown": (Kind.INVALID, N_("The college has no student with the number {value}")),
    "placement.other_name": (Kind.INVALID, N_("The student with the number {number} bears another name than {value}")),
    "placement.unlikely_birth_date": (Kind.INVALID, N_("This cannot be the date of birth of a student")),
    "placement.seat_unknown": (Kind.INVALID, N_("There is no seat {value} in this round")),
    "placement.seat_twice": (Kind.INVALID, N_("A seat stands twice on the list")),
    "placement.list_too_long": (Kind.INVALID, N_("At most {limit} wishes fit on the list")),
    "placement.not_eligible": (Kind.INVALID, N_("“{title}” is not open to you; its page says why")),
    "placement.student_not_eligible": (
        Kind.INVALID,
        N_("“{title}” does not take this student; level, programme, age or the way there does not fit"),
    ),
    "placement.not_an_applicant": (Kind.INVALID, N_("Points are for students who listed the seat")),
    "placement.nobody_wished": (
        Kind.CONFLICT,
        N_("There is nothing to allocate: no student with consent has listed a seat that is open to them"),
    ),
    "placement.answered_already": (Kind.CONFLICT, N_("This offer has been answered already")),
    "placement.told_how_missing": (Kind.INVALID, N_("Say how the student told you: by telephone, on a signed form")),
    "placement.no_teams": (Kind.CONFLICT, N_("This round places everybody alone; teams need the method “together”")),
    "placement.team_unknown": (Kind.INVALID, N_("No team of this round has the code {value}")),
    "placement.team_full": (Kind.CONFLICT, N_("A team has at most {most} members")),
    "placement.together_closes": (Kind.INVALID, N_("Where teams stay together, seats below their minimum are closed")),
    "placement.reserves_not_together": (
        Kind.CONFLICT,
        N_("Reserved places and teams do not go together; take the reserved places away or choose another method"),
    ),
    "placement.appeal_empty": (Kind.INVALID, N_("Say what is wrong")),
    "placement.appealed_already": (Kind.CONFLICT, N_("Your appeal is being looked at; wait for the decision")),
    "placement.took_no_part": (Kind.CONFLICT, N_("You handed in no wishes in this round")),
    "placement.decision_empty": (Kind.INVALID, N_("Give the reason of the decision in words")),
    "placement.would_displace": (
        Kind.CONFLICT,
        N_("{count} students who accepted a place would lose it; settle with them first"),
    ),
    "placement.nothing_left": (Kind.CONFLICT, N_("Every place is taken; there is nothing for a second round")),
    "allocation.broken_lists": (Kind.INVALID, N_("The lists do not add up to {choices} choices")),
    "allocation.broken_scores": (
        Kind.INVALID,
        N_("There are {scores} scores for {choices} choices, or they are not numbers"),
    ),
    "allocation.bad_capacity": (Kind.INVALID, N_("Seat {seat} has a capacity of {value}; expected 0 to 2147483647")),
    "allocation.bad_minimum": (
        Kind.INVALID,
        N_("Seat {seat} has a minimum of {value}; expected 0 to its capacity {capacity}"),
    ),
    "allocation.lottery_not_a_permutation": (
        Kind.INVALID,
        N_("The lottery does not give each of {students} students a number of its own"),
    ),
    "allocation.unknown_seat": (Kind.INVALID, N_("Choice {choice} names seat {value}, which does not exist")),
    "allocation.repeated_seat": (Kind.INVALID, N_("Student {student} lists seat {value} twice (choice {choice})")),
    "allocation.bad_score": (Kind.INVALID, N_("The score of choice {choice} is {value}; expected a finite number")),
    "allocation.reserve_too_large": (Kind.INVALID, N_("Seat {seat} reserves {value} places, more than it has")),
    "allocation.reserve_overlap": (
        Kind.INVALID,
        N_("Two reserves of seat {seat} share a student; a student counts for one reserve at a seat"),
    ),
    "allocation.limits_need_best_fit": (
        Kind.INVALID,
        N_("limits.csv sets limits that the method stable cannot keep; use best-fit or remove the file"),
    ),
    "allocation.reserves_need_stable": (
        Kind.INVALID,
        N_("reserves.csv is kept by the method stable only; use stable or write the reserves as minima in limits.csv"),
    ),
    "allocation.groups_need_together": (
        Kind.INVALID,
        N_("Some students want the same place or none; only the method together keeps that"),
    ),
    "allocation.together_twice": (
        Kind.INVALID,
        N_("Student {student} is in two groups that want to stay together, or does not exist"),
    ),
    "allocation.lists_differ": (
        Kind.INVALID,
        N_("Students {student} and {other} want to stay together but their lists differ"),
    ),
    "allocation.needs_stable": (
        Kind.INVALID,
        N_("This question can be answered for a stable placement only; this one is by {method}"),
    ),
    "allocation.no_reserves_here": (
        Kind.INVALID,
        N_("With reserved places this question is answered by another run with the longer list"),
    ),
    "allocation.cannot_add": (Kind.INVALID, N_("Seat {seat} does not exist or stands on the list already")),
    "allocation.unknown_student": (Kind.INVALID, N_("Student {value} does not exist in this round")),
    "allocation.place_not_listed": (
        Kind.INVALID,
        N_("Student {student} holds a place at seat {seat}, which is no longer on the student's list"),
    ),
    "allocation.places_gone": (
        Kind.CONFLICT,
        N_("Seat {seat} has {value} places left for the {placed} students placed there"),
    ),
    "allocation.other_round": (
        Kind.INVALID,
        N_("The two runs are not over the same {students} students and {seats} seats"),
    ),
    "allocation.bad_distance": (Kind.INVALID, N_("The longest distance is {value}; expected 0 or more")),
    "allocation.bad_factor": (
        Kind.INVALID,
        N_("The factor {name} needs a weight of 0 or more and two different bounds; one weight must be above 0"),
    ),
    "allocation.solver_failed": (Kind.CONFLICT, N_("The solver stopped without an answer: {status}")),
    "allocation.not_verified": (
        Kind.CONFLICT,
        N_("The result failed its verification ({faults}); nothing was stored"),
    ),
}
