"""Errors of organisations, consortia and their people; of documents read; of letters and links."""

from __future__ import annotations

from chanjiao.core.error_words.kinds import Kind
from chanjiao.engines.words import N_

WORDS: dict[str, tuple[Kind, str]] = {
    "credit_code.malformed": (
        Kind.INVALID,
        N_("{value} is not a unified social credit code: 18 digits and capital letters, without I, O, S, V and Z"),
    ),
    "credit_code.wrong_check": (Kind.INVALID, N_("{value} has a wrong check character; compare it with the licence")),
    "organisation.in_use": (Kind.CONFLICT, N_("{name} is in use and cannot be removed")),
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
    "staff.unknown_person": (Kind.INVALID, N_("There is no account with this log-in name")),
    "staff.exists": (Kind.CONFLICT, N_("This person has a post here already")),
    "staff.role_unfit": (Kind.INVALID, N_("This organisation has no such work; choose another role")),
    "staff.last_officer": (Kind.CONFLICT, N_("Nobody would be left who can act here; add another officer first")),
    "staff.ended": (Kind.CONFLICT, N_("This post has ended already")),
    "founding.no_consortium": (
        Kind.INVALID,
        N_("This text tells of no consortium or group that is founded; nothing was stored"),
    ),
    "founding.no_document": (Kind.INVALID, N_("Paste a text or choose a file")),
    "founding.two_documents": (Kind.INVALID, N_("Paste a text or choose a file, not both")),
    "founding.too_long": (Kind.LIMIT, N_("The text is too long: at most {limit} characters are read")),
    "founding.other_kind": (Kind.INVALID, N_("Only two different facts of one kind can be merged")),
    "founding.too_many_facts": (Kind.LIMIT, N_("A draft holds at most {limit} facts")),
    "founding.fact_unknown": (Kind.NOT_FOUND, N_("This fact is no longer in the draft")),
    "paper.nothing": (
        Kind.INVALID,
        N_("No post, problem or notice was found in this text; nothing was stored. Name its kind, or fill in the form"),
    ),
    "paper.story": (Kind.INVALID, N_("This is a founding story: the secretariat reads it under Founding")),
    "paper.too_long": (Kind.LIMIT, N_("The text is too long: at most {limit} characters are read")),
    "paper.too_many_parts": (Kind.LIMIT, N_("More than {limit} posts: import them as a table")),
    "paper.part_settled": (Kind.CONFLICT, N_("This part is entered already")),
    "paper.entered": (Kind.CONFLICT, N_("Parts of this document are entered already; it is not read anew")),
    "text.no_model": (Kind.INVALID, N_("No text model is set: CHANJIAO_TEXT_MODEL names an address or a folder")),
    "text.empty": (Kind.INVALID, N_("There is no text in it")),
    "text.too_large": (Kind.LIMIT, N_("The text is {size:bytes}; at most {limit:bytes} are read")),
    "text.not_text": (Kind.INVALID, N_("This is not text in an encoding that is known: {reason}")),
    "reference.unknown_system": (Kind.INVALID, N_("There is no code system {system}; there are: {known}")),
    "reference.no_rows": (Kind.INVALID, N_("The file holds no rows; nothing was changed")),
    "reference.too_much_abolished": (
        Kind.INVALID,
        N_("{abolished} of {in_force} codes in force are not in the file; if it is only a part, say --partial"),
    ),
    "link.forged": (Kind.NOT_FOUND, N_("This link is not one of ours; copy it whole from the letter")),
    "link.used": (Kind.CONFLICT, N_("This link was used on {day}; it holds for one answer")),
    "link.expired": (Kind.CONFLICT, N_("This link ended on {day}; log in to answer, or ask for a new letter")),
    "link.withdrawn": (Kind.CONFLICT, N_("This link is no longer yours: you do not act for the organisation any more")),
    "link.choose": (Kind.INVALID, N_("Choose a reason")),
    "link.day": (Kind.INVALID, N_("Choose a day")),
    "link.note": (Kind.INVALID, N_("Write what you want to know or propose")),
    "bot.address": (Kind.INVALID, N_("This is not the address of a group bot; it starts with one of {origins}")),
    "bot.too_many": (Kind.LIMIT, N_("At most {limit} group bots at a time; end one first")),
}
