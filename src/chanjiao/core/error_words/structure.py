"""Errors of programmes, plans, curricula and dossiers."""

from __future__ import annotations

from chanjiao.core.error_words.kinds import Kind
from chanjiao.engines.words import N_

WORDS: dict[str, tuple[Kind, str]] = {
    "programme.unknown_code": (Kind.INVALID, N_("{value} is not a code of this level's catalogue")),
    "programme.exists": (Kind.CONFLICT, N_("This college teaches this programme at this level already")),
    "programme.out_of_bounds": (Kind.INVALID, N_("Give a number from {low} to {high}")),
    "programme.dual_above_teachers": (Kind.INVALID, N_("More dual-qualified teachers than teachers")),
    "programme.not_a_college": (Kind.INVALID, N_("Only colleges and universities teach programmes")),
    "programme.more_placed_than_completed": (
        Kind.INVALID,
        N_("{placed} have a destination, more than have completed"),
    ),
    "programme.more_than_work": (Kind.INVALID, N_("More than the {working} who work")),
    "programme.closed_then": (Kind.INVALID, N_("The last intake was in {last}; nobody begins after it")),
    "programme.in_use": (Kind.CONFLICT, N_("Yearly figures or cards stand on this programme; it cannot be removed")),
    "destination.unknown_code": (Kind.INVALID, N_("{value} is no occupation and no minor group of the table")),
    "destination.exists": (Kind.CONFLICT, N_("This link was entered already")),
    "figures.exist": (Kind.CONFLICT, N_("The figures of {year} are told already")),
    "demand.range": (Kind.INVALID, N_("The expected figure must lie between the least and the most")),
    "demand.weight": (Kind.INVALID, N_("A weight is a number from 0 to 1")),
    "demand.no_document": (Kind.INVALID, N_("Name the document that tells the figure")),
    "demand.exists": (Kind.CONFLICT, N_("This document tells this figure already")),
    "share.bounds": (Kind.INVALID, N_("The share of {occupation} must be above 0 and at most 1")),
    "share.total": (Kind.INVALID, N_("The shares of a programme add up to {total}, more than 1")),
    "share.minor_group": (Kind.INVALID, N_("{value} is not a minor group (x-xx-xx) of the table of occupations")),
    "chain.exists": (Kind.CONFLICT, N_("Another chain bears this name")),
    "warning.bad_rules": (Kind.INVALID, N_("The rule set cannot be read: {where}")),
    "warning.no_reason": (Kind.INVALID, N_("Give the reason; it is kept with the card")),
    "plan.out_of_bounds": (Kind.INVALID, N_("Enter a number from {low} to {high}")),
    "plan.title_taken": (Kind.CONFLICT, N_("The consortium has a scenario of this title")),
    "planning.nothing_to_plan": (Kind.INVALID, N_("There is no programme to plan")),
    "planning.no_demand": (Kind.INVALID, N_("There is no demand to plan for")),
    "planning.year_missing": (
        Kind.INVALID,
        N_("The column year lacks {year}, though demand runs from {first} to {last}"),
    ),
    "planning.demand_missing": (Kind.INVALID, N_("Occupation {occupation} has no row for the year {year}")),
    "planning.shares_exceed": (
        Kind.INVALID,
        N_("The column share of programme {programme} adds up to {total}, above 1"),
    ),
    "planning.conflict": (
        Kind.CONFLICT,
        N_(
            "The limits cannot be met together: {college} has {there} {resource} in {year}, but {programmes} take "
            "{needed} at least, because intake changes by at most {share} of today's a year"
        ),
    ),
    "planning.conflict_of_seats": (
        Kind.CONFLICT,
        N_(
            "The limits cannot be met together: {programme} at {college} may have {there} seats in {year}, but keeps "
            "{needed} at least, because intake changes by at most {share} of today's a year"
        ),
    ),
    "planning.no_relaxed_plan": (Kind.LIMIT, N_("No relaxed plan was found in {seconds} seconds; allow more time")),
    "planning.failed_verification": (
        Kind.INVALID,
        N_("The plan failed its check ({count} faults, first: {fault}); nothing was written"),
    ),
    "curriculum.too_many": (Kind.LIMIT, N_("A list has at most {limit} courses")),
    "curriculum.no_name": (Kind.INVALID, N_("Line {line} has no name of a course")),
    "curriculum.too_long": (Kind.INVALID, N_("Line {line} is longer than {limit} characters")),
    "curriculum.twice": (Kind.INVALID, N_("Line {line}: {name} stands in the list already")),
    "dossier.unknown_change": (Kind.INVALID, N_("{value} is no kind of change")),
    "dossier.pending": (Kind.CONFLICT, N_("A dossier on this programme is not decided yet")),
    "dossier.too_much_evidence": (Kind.LIMIT, N_("A dossier cites at most {limit} rows")),
    "dossier.lacking": (Kind.INVALID, N_("{what}: {count} more needed")),
    "dossier.opinions_missing": (Kind.CONFLICT, N_("{side}: {count} more opinions needed")),
    "dossier.seats_not_up": (Kind.INVALID, N_("The planned intake must be above the present {seats}")),
    "dossier.seats_not_down": (Kind.INVALID, N_("The planned intake must be below the present {seats} and above 0")),
    "dossier.seats_not_none": (Kind.INVALID, N_("This change ends the intake: the planned one is 0")),
    "dossier.ahead": (Kind.INVALID, N_("This day has not come yet")),
    "dossier.too_early": (Kind.CONFLICT, N_("The effect can be measured from {day} on")),
}
