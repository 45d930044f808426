"""Every error code with its kind and its English words; Chinese stands in the message catalogue.

The words are `str.format` templates over the error's parameters.
"""

from __future__ import annotations

from enum import StrEnum

from chanjiao.engines.words import N_


class Kind(StrEnum):
    """What an error means to whoever called; each interface maps it once (HTTP status, exit code)."""

    INVALID = "invalid"
    DENIED = "denied"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    LIMIT = "limit"


ERROR_WORDS: dict[str, tuple[Kind, str]] = {
    # files and tables (command line, uploads)
    "file.missing": (Kind.INVALID, N_("The file {path} does not exist")),
    "file.unreadable": (Kind.INVALID, N_("The file {path} cannot be read: {reason}")),
    "file.unwritable": (Kind.INVALID, N_("{path} cannot be written: {reason}")),
    "file.empty": (Kind.INVALID, N_("The file {path} is empty")),
    "file.too_large": (Kind.LIMIT, N_("The file is {size} bytes; at most {limit} bytes are read")),
    "file.kind_unknown": (Kind.INVALID, N_("Files like {name} are not taken; taken are: {known}")),
    "file.forged": (Kind.INVALID, N_("{name} is not what its ending says, is damaged, or holds macros")),
    "file.not_text": (Kind.INVALID, N_("This is not text: {reason}")),
    "table.missing_column": (Kind.INVALID, N_("The column {column} is missing; columns found: {found}")),
    "table.bad_value": (Kind.INVALID, N_("{column} is {value!r}; expected {expected}")),
    "table.duplicate": (Kind.INVALID, N_("{value} stands here a second time; first at {first}")),
    "table.unknown_reference": (Kind.INVALID, N_("{what} {value} is not in {where}")),
    "json.malformed": (Kind.INVALID, N_("This line is not a JSON object: {reason}")),
    "input.missing": (Kind.INVALID, N_("{name} is required")),
    "option.unknown": (Kind.INVALID, N_("{name} is {value!r}; expected one of {expected}")),
    "port.taken": (Kind.LIMIT, N_("{host}:{port} is in use; choose another with --port")),
    "destination.unknown_code": (Kind.INVALID, N_("{value} is no occupation and no minor group of the table")),
    "destination.exists": (Kind.CONFLICT, N_("This link was entered already")),
    # import and export
    "sheet.broken": (Kind.INVALID, N_("The table cannot be read: {reason}")),
    "import.unknown_kind": (Kind.INVALID, N_("{kind!r} cannot be imported; possible are {expected}")),
    "import.unknown_layout": (Kind.INVALID, N_("{layout!r} is no form of this kind; possible are {expected}")),
    "import.no_sheet": (Kind.INVALID, N_("The file has no sheet {sheet}; it has {sheets}")),
    "import.no_heading": (Kind.INVALID, N_("No row with known headings was found; expected such as {expected}")),
    "import.missing_columns": (Kind.INVALID, N_("Columns are missing: {columns}; found: {found}")),
    "import.no_rows": (Kind.INVALID, N_("There is no row below the heading")),
    "import.known_file": (Kind.CONFLICT, N_("This file was imported on {day} already (import {number})")),
    "import.required": (Kind.INVALID, N_("This is required")),
    "import.bad_day": (Kind.INVALID, N_("{value} is no day; write 2026-03-05 or 2026年3月5日")),
    "import.bad_number": (Kind.INVALID, N_("{value} is no whole number")),
    "import.classes_not_people": (Kind.INVALID, N_("{value} counts classes; give people")),
    "import.bad_share": (Kind.INVALID, N_("{value} is no share; write 0.35 or 35%")),
    "import.unknown_point": (Kind.NOT_FOUND, N_("The college does not teach {value}; add the programme first")),
    "import.bad_choice": (Kind.INVALID, N_("{value} is not possible here; possible are {expected}")),
    "import.unknown_name": (Kind.INVALID, N_("No code bears the name {value}; write the code")),
    "import.ambiguous_name": (Kind.INVALID, N_("Several codes bear the name {value}: {codes}; write one of them")),
    "import.unknown_organisation": (Kind.INVALID, N_("No organisation {value} is registered")),
    "import.unknown_consortium": (Kind.INVALID, N_("The organisation is no member of {value}")),
    "import.not_yours": (Kind.DENIED, N_("You may not enter anything for {value}")),
    "import.unknown_number": (Kind.NOT_FOUND, N_("You keep nothing with the number {value}")),
    "import.twice_in_file": (Kind.CONFLICT, N_("A row above says the same")),
    "organisation.in_use": (Kind.CONFLICT, N_("{name} is in use and cannot be removed")),
    # rights and records
    "record.not_found": (Kind.NOT_FOUND, N_("There is no such record, or it is not open to you")),
    "action.denied": (Kind.DENIED, N_("Your roles do not allow this action")),
    "login.required": (Kind.DENIED, N_("Log in to go on")),
    "record.stale": (Kind.CONFLICT, N_("Somebody changed this record after you opened it; compare and send again")),
    "state.refused": (Kind.CONFLICT, N_("This is not possible while the state is {state}")),
    "request.malformed": (Kind.INVALID, N_("The request cannot be read")),
    "form.expired": (Kind.DENIED, N_("This form is too old or was sent from another page; load it again")),
    "server.failed": (Kind.INVALID, N_("Something broke here; it has been recorded, and nothing was stored")),
    "field.invalid": (Kind.INVALID, N_("This value is not accepted: {reason}")),
    "token.invalid": (Kind.DENIED, N_("This token is unknown or has expired")),
    # text
    "text.no_model": (Kind.INVALID, N_("No text model is set: CHANJIAO_TEXT_MODEL names an address or a folder")),
    "text.empty": (Kind.INVALID, N_("There is no text in it")),
    "text.too_large": (Kind.LIMIT, N_("The text is {size} bytes; at most {limit} bytes are read")),
    "text.not_text": (Kind.INVALID, N_("This is not text in an encoding that is known: {reason}")),
    # reference
    "reference.unknown_system": (Kind.INVALID, N_("There is no code system {system}; there are: {known}")),
    "reference.no_rows": (Kind.INVALID, N_("The file holds no rows; nothing was changed")),
    "reference.too_much_abolished": (
        Kind.INVALID,
        N_("{abolished} of {in_force} codes in force are not in the file; if it is only a part, say --partial"),
    ),
    "list.empty": (Kind.CONFLICT, N_("Nothing is open that belongs in this list")),
    # matching
    "matching.duplicate_id": (Kind.INVALID, N_("The id {id} stands twice among the items to be matched")),
    "matching.encoder_unusable": (Kind.INVALID, N_("{path} holds no usable encoder: {reason}")),
    "matching.model_damaged": (Kind.INVALID, N_("The matching model is damaged: {reason}")),
    "weights.in_force": (Kind.CONFLICT, N_("These weights are in force already")),
    "rate.limited": (Kind.LIMIT, N_("Too many attempts; wait {seconds} seconds")),
    # placement
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
    "placement.unlikely_birth_date": (Kind.INVALID, N_("This cannot be the date of birth of a student")),
    "placement.seat_unknown": (Kind.INVALID, N_("There is no seat {value} in this round")),
    "placement.seat_twice": (Kind.INVALID, N_("A seat stands twice on the list")),
    "placement.list_too_long": (Kind.INVALID, N_("At most {limit} wishes fit on the list")),
    "placement.not_eligible": (Kind.INVALID, N_("“{title}” is not open to you; its page says why")),
    "placement.not_an_applicant": (Kind.INVALID, N_("Points are for students who listed the seat")),
    "placement.nobody_wished": (
        Kind.CONFLICT,
        N_("There is nothing to allocate: no student with consent has listed a seat that is open to them"),
    ),
    "placement.answered_already": (Kind.CONFLICT, N_("This offer has been answered already")),
    "placement.appeal_empty": (Kind.INVALID, N_("Say what is wrong")),
    "placement.appealed_already": (Kind.CONFLICT, N_("Your appeal is being looked at; wait for the decision")),
    "placement.took_no_part": (Kind.CONFLICT, N_("You handed in no wishes in this round")),
    "placement.decision_empty": (Kind.INVALID, N_("Give the reason of the decision in words")),
    "placement.would_displace": (
        Kind.CONFLICT,
        N_("{count} students who accepted a place would lose it; settle with them first"),
    ),
    "placement.nothing_left": (Kind.CONFLICT, N_("Every place is taken; there is nothing for a second round")),
    # needs and offers
    "listing.required": (Kind.INVALID, N_("Fill this in")),
    "listing.too_long": (Kind.INVALID, N_("At most {limit} characters fit here")),
    "listing.too_many_skills": (Kind.INVALID, N_("At most {limit} skills fit here")),
    "listing.bad_phone": (Kind.INVALID, N_("This is not a telephone number")),
    "listing.bad_choice": (Kind.INVALID, N_("{value} is not one of the choices")),
    "listing.not_a_number": (Kind.INVALID, N_("{value} is not a number")),
    "listing.not_whole": (Kind.INVALID, N_("Only whole numbers fit here")),
    "listing.cents": (Kind.INVALID, N_("At most two decimals fit here")),
    "listing.out_of_bounds": (Kind.INVALID, N_("Give a number from {low} to {high}")),
    "listing.range_reversed": (Kind.INVALID, N_("The upper figure lies below the lower one")),
    "listing.ends_before_start": (Kind.INVALID, N_("The end lies before the start")),
    "listing.past": (Kind.INVALID, N_("This day is over")),
    "listing.open_too_long": (Kind.INVALID, N_("At most {days} days from today")),
    "listing.unknown_field": (Kind.INVALID, N_("There is no field {name} for this kind")),
    "listing.unknown_code": (
        Kind.INVALID,
        N_("{value} is not a code of the national table; choose one of the suggestions"),
    ),
    "listing.below_taken": (Kind.INVALID, N_("{taken} are taken by accepted matches already")),
    "listing.not_a_member": (Kind.INVALID, N_("This organisation is not a member of the consortium")),
    "listing.full": (Kind.CONFLICT, N_("This is no longer open, or too little of it is left")),
    "review.reason_required": (Kind.INVALID, N_("Say why, so that the writer knows what to change")),
    # matches
    "match.answered": (Kind.CONFLICT, N_("Your side has answered already")),
    "match.failed_verification": (
        Kind.INVALID,
        N_("The matching engine failed its check ({fault}); nothing was stored"),
    ),
    # agreements
    "agreement.unknown_kind": (Kind.INVALID, N_("There is no kind of agreement {value}")),
    "agreement.unknown_party": (Kind.INVALID, N_("One of the parties is not registered")),
    "agreement.party_twice": (Kind.INVALID, N_("A party stands here twice")),
    "agreement.party_missing": (Kind.INVALID, N_("This kind of agreement needs a party of the role {roles}")),
    "agreement.party_role_unfit": (Kind.INVALID, N_("A person takes part as a student, an organisation as another")),
    "agreement.not_a_student": (Kind.INVALID, N_("This person is no student of a college that takes part")),
    "agreement.too_many_parties": (Kind.INVALID, N_("At most {limit} parties fit here")),
    "agreement.too_many_clauses": (Kind.INVALID, N_("At most {limit} clauses fit here")),
    "agreement.clause_missing": (Kind.INVALID, N_("The clause {heading} cannot be left out")),
    "agreement.drafter_left_out": (Kind.INVALID, N_("Whoever writes an agreement is among its parties")),
    "agreement.term_too_long": (Kind.INVALID, N_("A term is at most {years} years")),
    "agreement.not_a_day": (Kind.INVALID, N_("{value} is not a day, as in 2026-03-05")),
    "agreement.breaks_rule": (Kind.INVALID, N_("This rule is not kept: {rule} ({source})")),
    "agreement.overlaps": (
        Kind.CONFLICT,
        N_("The term overlaps that of {numbers} between the same parties; change it, or say that this is meant"),
    ),
    "agreement.match_not_accepted": (Kind.CONFLICT, N_("An agreement follows a match that both sides have accepted")),
    "agreement.signing_begun": (Kind.CONFLICT, N_("Somebody of this party has signed already")),
    "agreement.renewal_begun": (Kind.CONFLICT, N_("A renewal of this agreement waits already")),
    "signatory.number": (Kind.INVALID, N_("Name one person, or at most {limit}")),
    "signatory.not_of_party": (Kind.INVALID, N_("Only people of the party itself can sign for it")),
    "signatory.not_confirmed": (Kind.DENIED, N_("This is not your password (or your full name, where you have none)")),
    # projects and proofs
    "project.needs_agreement": (Kind.CONFLICT, N_("A project carries out an agreement in force")),
    "project.has_work": (Kind.CONFLICT, N_("Something was planned, handed in or booked in this project already")),
    "project.outside_term": (Kind.INVALID, N_("Choose a day of the project's term, from {first} to {last}")),
    "project.not_a_party": (Kind.INVALID, N_("This organisation is not a party of the agreement")),
    "project.not_of_party": (Kind.INVALID, N_("This person does not work for the responsible organisation")),
    "project.too_many_milestones": (Kind.LIMIT, N_("A project has at most {limit} milestones")),
    "project.too_many_proofs": (Kind.LIMIT, N_("A project has at most {limit} proofs")),
    "project.money_ahead": (Kind.INVALID, N_("This day lies ahead; book money once it has moved")),
    "project.cancelled": (Kind.CONFLICT, N_("This entry has been cancelled already")),
    "project.same_file": (Kind.INVALID, N_("This is the same file as before")),
    "project.judged": (Kind.CONFLICT, N_("This proof has been verified or sent back already")),
    "project.milestones_open": (Kind.CONFLICT, N_("Milestones that are not done or dropped yet: {count}")),
    "project.not_evaluated": (Kind.CONFLICT, N_("Not evaluated yet by: {names}")),
    "match.too_many_messages": (Kind.LIMIT, N_("{limit} messages stand here already; call each other")),
    # programmes
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
    # planning
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
    # members
    "field.required": (Kind.INVALID, N_("Fill this in")),
    "field.too_long": (Kind.INVALID, N_("At most {limit} characters fit here")),
    "credit_code.malformed": (
        Kind.INVALID,
        N_("{value} is not a unified social credit code: 18 digits and capital letters, without I, O, S, V and Z"),
    ),
    "credit_code.wrong_check": (Kind.INVALID, N_("{value} has a wrong check character; compare it with the licence")),
    "organisation.duplicate": (Kind.CONFLICT, N_("{name} is registered already")),
    "organisation.unknown": (Kind.INVALID, N_("No organisation named {name} is registered")),
    "organisation.other_code": (Kind.CONFLICT, N_("{name} is registered with another credit code ({known_code})")),
    "organisation.unknown_code": (
        Kind.INVALID,
        N_("{value} is not a code of the national table; choose one of the suggestions"),
    ),
    "consortium.unknown": (Kind.INVALID, N_("There is no consortium named {name}")),
    "membership.not_for_type": (Kind.INVALID, N_("A consortium or a zone does not join a consortium")),
    "membership.role_given": (Kind.DENIED, N_("This role is given by the secretariat; apply as a member")),
    "membership.exists": (Kind.CONFLICT, N_("This organisation is a member already, or its application is waiting")),
    "membership.lead_stays": (
        Kind.CONFLICT,
        N_("The last lead unit cannot leave; give the lead to another organisation first"),
    ),
    "term.reversed": (Kind.INVALID, N_("The term ends before it starts")),
    "term.not_later": (Kind.INVALID, N_("Choose a day after today and after the present end of the term")),
    "term.too_long": (Kind.INVALID, N_("Choose a whole number of years from 1 to {limit}")),
    "staff.unknown_person": (Kind.INVALID, N_("There is no account with this log-in name")),
    "staff.exists": (Kind.CONFLICT, N_("This person has a post here already")),
    "staff.role_unfit": (Kind.INVALID, N_("This organisation has no such work; choose another role")),
    "staff.last_officer": (Kind.CONFLICT, N_("Nobody would be left who can act here; add another officer first")),
    "staff.ended": (Kind.CONFLICT, N_("This post has ended already")),
    "founding.no_consortium": (
        Kind.INVALID,
        N_("This text tells of no consortium or group that is founded; nothing was stored"),
    ),
    "paper.nothing": (
        Kind.INVALID,
        N_("No post, problem or notice was found in this text; nothing was stored. Name its kind, or fill in the form"),
    ),
    "paper.story": (Kind.INVALID, N_("This is a founding story: the secretariat reads it under Founding")),
    "paper.too_long": (Kind.LIMIT, N_("The text is too long: at most {limit} characters are read")),
    "paper.too_many_parts": (Kind.LIMIT, N_("More than {limit} posts: import them as a table")),
    "paper.part_settled": (Kind.CONFLICT, N_("This part is entered already")),
    "paper.entered": (Kind.CONFLICT, N_("Parts of this document are entered already; it is not read anew")),
    "founding.no_document": (Kind.INVALID, N_("Paste a text or choose a file")),
    "founding.two_documents": (Kind.INVALID, N_("Paste a text or choose a file, not both")),
    "founding.too_long": (Kind.LIMIT, N_("The text is too long: at most {limit} characters are read")),
    "founding.other_kind": (Kind.INVALID, N_("Only two different facts of one kind can be merged")),
    "founding.too_many_facts": (Kind.LIMIT, N_("A draft holds at most {limit} facts")),
    "founding.fact_unknown": (Kind.NOT_FOUND, N_("This fact is no longer in the draft")),
    # notices
    "link.forged": (Kind.NOT_FOUND, N_("This link is not one of ours; copy it whole from the letter")),
    "link.used": (Kind.CONFLICT, N_("This link was used on {day}; it holds for one answer")),
    "link.expired": (Kind.CONFLICT, N_("This link ended on {day}; log in to answer, or ask for a new letter")),
    "link.withdrawn": (Kind.CONFLICT, N_("This link is no longer yours: you do not act for the organisation any more")),
    "link.choose": (Kind.INVALID, N_("Choose a reason")),
    "link.note": (Kind.INVALID, N_("Write what you want to know or propose")),
    "bot.address": (Kind.INVALID, N_("This is not the address of a group bot; it starts with one of {origins}")),
    "bot.too_many": (Kind.LIMIT, N_("At most {limit} group bots at a time; end one first")),
    # documents and exports
    "document.missing_letters": (
        Kind.INVALID,
        N_("The font of our PDF lacks {letters}; take the Word document, which uses the fonts of your machine"),
    ),
    # technology transfer
    "challenge.needs_problem": (Kind.INVALID, N_("A challenge is made of an open technical problem of yours")),
    "challenge.alive": (Kind.CONFLICT, N_("A challenge of this technical problem runs already")),
    "challenge.too_far": (Kind.INVALID, N_("Answers are taken for a year at most")),
    "challenge.over": (Kind.CONFLICT, N_("Answers were taken until {day}")),
    "challenge.answered": (Kind.CONFLICT, N_("Your organisation has answered already; take the answer back first")),
    "challenge.reason_missing": (Kind.INVALID, N_("Give a reason to {organisation}")),
    "challenge.needs_contract": (Kind.CONFLICT, N_("This needs a technology contract in force")),
    "contract.type_unknown": (Kind.INVALID, N_("There is no type of technology contract {value}")),
    "contract.outside": (Kind.INVALID, N_("Choose a day from {first}, when the contract was signed, to {last}")),
    "contract.registered": (Kind.CONFLICT, N_("This contract is registered already; a contract is registered once")),
    "contract.number_taken": (Kind.CONFLICT, N_("Another contract is registered under this number")),
    "contract.used": (Kind.CONFLICT, N_("The first use of this contract is told already")),
    # exports
    "export.too_long": (Kind.LIMIT, N_("A worksheet holds {limit} rows; narrow the filters or take CSV")),
    # people and tokens
    "person.username_malformed": (
        Kind.INVALID,
        N_("A log-in name has 3 to 30 lower-case letters, digits, dots, hyphens or underscores"),
    ),
    "person.username_taken": (Kind.CONFLICT, N_("Somebody has this log-in name already")),
    "person.email_taken": (Kind.CONFLICT, N_("Somebody has this e-mail address already")),
    "person.password_wrong": (Kind.INVALID, N_("This is not your present password")),
    "person.password_weak": (Kind.INVALID, N_("The password is not accepted: {reason}")),
    "person.password_differs": (Kind.INVALID, N_("The two entries of the new password differ")),
    "person.is_demo": (Kind.DENIED, N_("A demo person cannot be changed")),
    "person.closed": (Kind.DENIED, N_("This account is closed; ask the secretariat of your consortium")),
    "person.oneself": (Kind.DENIED, N_("You cannot close your own account")),
    "token.days": (Kind.INVALID, N_("The days are one of {expected}")),
    "token.too_many": (Kind.LIMIT, N_("At most {limit} tokens at a time; revoke one first")),
    # allocation
    "table.wrong_width": (Kind.INVALID, N_("This row has {cells} cells; the header has {expected}")),
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
